"""Settings of this installation, read once from the environment and `.env`."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.i18n import LANGUAGES

TELEGRAM = "https://api.telegram.org"
LAST_PORT = 65_535


class Settings(BaseSettings):
    """Frozen; each field is the environment variable `ROLLCALL_<FIELD>`."""

    model_config = SettingsConfigDict(
        env_prefix="ROLLCALL_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    token: SecretStr = SecretStr("")
    database_url: Annotated[str, Field(repr=False)] = "sqlite:///data/rollcall.db"
    api_url: str = TELEGRAM
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    listen: str = "127.0.0.1:8080"
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "KH"
    timezone: str = "Asia/Phnom_Penh"
    language: str = "en"
    backup_recipient: str = ""
    send_rate: Annotated[float, Field(gt=0, le=1000)] = 25.0
    alert_chat: int | None = None
    log: Literal["", "json", "text"] = ""
    sandbox: bool = False

    @field_validator("listen")
    @classmethod
    def _can_be_listened_at(cls, value: str) -> str:
        host, _colon, port = value.rpartition(":")
        if value != "off" and not (host and port.isdecimal() and int(port) <= LAST_PORT):
            raise ValueError(f"{value} is no address; use host:port, or off")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value} is no time zone; use a name such as Asia/Phnom_Penh")
        return value

    @field_validator("language")
    @classmethod
    def _language_is_known(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise ValueError(f"{value} is not one of {', '.join(LANGUAGES)}")
        return value

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, or None on PostgreSQL."""
        prefix = "sqlite:///"
        return Path(self.database_url.removeprefix(prefix)) if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite:")
