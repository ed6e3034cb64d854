"""Checks of what was set, by itself."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from babel.messages.pofile import read_po

from bot import i18n
from bot.errors import Refusal
from bot.i18n import LANGUAGES, SOURCE_LANGUAGE, render
from bot.operations.checks.registry import FINE, Finding, check, warning, wrong
from bot.operations.patient import Patient

PORTS = frozenset({443, 80, 88, 8443})
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
SHORTEST_SECRET = 16
MOST_A_SECOND = 30


@check("token set")
def token_set(patient: Patient) -> Finding:
    if patient.settings.token.get_secret_value():
        return FINE
    return wrong("ROLLCALL_TOKEN is not set. Put the token from BotFather into .env.")


@check("send rate")
def send_rate(patient: Patient) -> Finding:
    if patient.settings.send_rate <= MOST_A_SECOND:
        return FINE
    return warning(
        f"ROLLCALL_SEND_RATE is {patient.settings.send_rate:g}. Telegram takes about 30 messages "
        "a second and makes a bot that sends more wait. Set it to 25."
    )


@check("webhook address")
def webhook_address(patient: Patient) -> Finding:
    """Telegram's own rules; a sandbox on this machine may do without."""
    url = patient.settings.webhook_url
    if not url:
        return FINE
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        return wrong(f"ROLLCALL_WEBHOOK_URL is no address: {url}.")
    if parts.hostname in HERE:
        return FINE
    if parts.scheme != "https" or not parts.hostname:
        return wrong("ROLLCALL_WEBHOOK_URL must begin with https://. Telegram calls no other.")
    if port not in PORTS:
        return wrong(
            f"ROLLCALL_WEBHOOK_URL has port {port}. Telegram calls 443, 80, 88 and 8443 only; "
            "let the proxy listen at one of these."
        )
    return FINE


@check("webhook secret")
def webhook_secret(patient: Patient) -> Finding:
    secret = patient.settings.webhook_secret.get_secret_value()
    if not patient.settings.webhook_url:
        return FINE
    if not secret:
        return wrong(
            "ROLLCALL_WEBHOOK_SECRET is not set, so anybody could pose as Telegram. Set it to 40 "
            "random letters and digits."
        )
    if not SECRET.fullmatch(secret):
        return wrong(
            "ROLLCALL_WEBHOOK_SECRET has characters that Telegram refuses. Use A-Z, a-z, 0-9, _ "
            "and - only, 256 at most."
        )
    if len(secret) < SHORTEST_SECRET:
        return warning("ROLLCALL_WEBHOOK_SECRET is short. Use 40 random letters and digits.")
    return FINE


@check("serve on PostgreSQL")
def serve_on_postgresql(patient: Patient) -> Finding:
    if not (patient.settings.webhook_url and patient.settings.is_sqlite):
        return FINE
    return warning(
        "ROLLCALL_WEBHOOK_URL is set, for `rollcall serve`, and the database is SQLite. Several "
        "processes need PostgreSQL: set ROLLCALL_DATABASE_URL, or use `rollcall run`."
    )


@check("backup key")
def backup_key(patient: Patient) -> Finding:
    text = patient.settings.backup_recipient
    if not text:
        return warning(
            "ROLLCALL_BACKUP_RECIPIENT is not set, so no backups are made at night. Make a key "
            "with age-keygen on another machine and set the public one."
        )
    from bot.operations.backups import sealing

    try:
        sealing.recipient(text)
    except Refusal as refusal:
        return wrong(render(refusal.sentence, SOURCE_LANGUAGE))
    return FINE


@check("alert chat set")
def alert_chat_set(patient: Patient) -> Finding:
    if patient.settings.alert_chat is not None:
        return FINE
    return warning(
        "ROLLCALL_ALERT_CHAT is not set, so nobody is told when something fails. Set it to the "
        "number of the operator's chat."
    )


@check("languages")
def languages(_patient: Patient) -> Finding:
    """Every sentence has its translation in every language people can choose."""
    lacking = [
        f"{language} ({missing})"
        for language in LANGUAGES
        if language != SOURCE_LANGUAGE and (missing := _untranslated(language))
    ]
    if not lacking:
        return FINE
    return warning(
        f"Not everything is translated, and appears in English: {', '.join(lacking)} sentences. "
        "Update Rollcall, or put the folder locales back as it came."
    )


def _untranslated(language: str) -> str:
    path = i18n.LOCALES / language / "LC_MESSAGES" / "rollcall.po"
    if not path.is_file():
        return "all"
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language)
    count = sum(not message.string or message.fuzzy for message in catalogue if message.id)
    return str(count) if count else ""
