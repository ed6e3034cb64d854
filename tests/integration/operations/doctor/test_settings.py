"""Mistakes in what was set."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyrage
import pytest
from pydantic import SecretStr

from bot import i18n
from tests.integration.operations.doctor.clinic import WARNING, WRONG, Clinic

HOOK = "https://rollcall.example/telegram"
GOOD = SecretStr("a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4")


async def test_token__left_out(clinic: Clinic) -> None:
    await clinic.says("token set", WRONG, "ROLLCALL_TOKEN is not set", token=SecretStr(""))


async def test_rate__above_what_telegram_takes(clinic: Clinic) -> None:
    await clinic.says("send rate", WARNING, "Set it to 25", send_rate=31)
    await clinic.is_fine("send rate", send_rate=30)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://rollcall.example/telegram", "https://"),
        ("rollcall.example/telegram", "https://"),
        ("https://rollcall.example:9443/telegram", "443, 80, 88 and 8443"),
        ("https://rollcall.example:port/telegram", "no address"),
    ],
)
async def test_webhook_address__that_telegram_would_refuse(
    clinic: Clinic, url: str, words: str
) -> None:
    await clinic.says("webhook address", WRONG, words, webhook_url=url)


@pytest.mark.parametrize("url", [HOOK, "https://a.example:8443/x", "http://127.0.0.1:9/x"])
async def test_webhook_address__that_can_be_called(clinic: Clinic, url: str) -> None:
    await clinic.is_fine("webhook address", webhook_url=url)


@pytest.mark.parametrize(
    ("secret", "words"),
    [("", "is not set"), ("with space and more", "refuses"), ("x" * 257, "refuses")],
)
async def test_webhook_secret__missing_or_of_bad_characters(
    clinic: Clinic, secret: str, words: str
) -> None:
    secretly = SecretStr(secret)
    await clinic.says("webhook secret", WRONG, words, webhook_url=HOOK, webhook_secret=secretly)


async def test_webhook_secret__short_or_good(clinic: Clinic) -> None:
    short = SecretStr("secret")
    await clinic.says("webhook secret", WARNING, "short", webhook_url=HOOK, webhook_secret=short)
    await clinic.is_fine("webhook secret", webhook_url=HOOK, webhook_secret=GOOD)


async def test_serve__meant_for_sqlite(clinic: Clinic) -> None:
    await clinic.says("serve on PostgreSQL", WARNING, "rollcall run", webhook_url=HOOK)


async def test_backup_key__missing(clinic: Clinic) -> None:
    await clinic.says("backup key", WARNING, "age-keygen", backup_recipient="")


async def test_backup_key__private_or_none(clinic: Clinic) -> None:
    private = str(pyrage.x25519.Identity.generate())
    await clinic.says("backup key", WRONG, "private key", backup_recipient=private)
    await clinic.says("backup key", WRONG, "no public key", backup_recipient="age1nonsense")


async def test_alert_chat__not_set(clinic: Clinic) -> None:
    await clinic.says("alert chat set", WARNING, "nobody is told", alert_chat=None)


async def test_languages__sentence_without_translation__counted(
    clinic: Clinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(i18n.LOCALES, tmp_path / "locales")
    monkeypatch.setattr(i18n, "LOCALES", tmp_path / "locales")
    catalogue = tmp_path / "locales" / "km" / "LC_MESSAGES" / "rollcall.po"
    with catalogue.open("a", encoding="utf-8") as file:
        file.write('\nmsgid "Nobody translated this."\nmsgstr ""\n')
    await clinic.says("languages", WARNING, "km (1) sentences")
    catalogue.unlink()
    await clinic.says("languages", WARNING, "km (all) sentences")
