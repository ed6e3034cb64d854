"""Checks that ask the Bot API server; none fetches updates, which would end a running poll."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.operations.bot_server import Refused
from bot.operations.checks.registry import FINE, Finding, check, warning, wrong
from bot.operations.patient import Patient
from bot.operations.unavailable import Unavailable

MOST_SECONDS_OFF = 60
MOST_PENDING = 100
RECENT = dt.timedelta(hours=1)


@check("Bot API")
def bot_api(patient: Patient) -> Finding:
    if not patient.settings.token.get_secret_value():
        raise Unavailable("ROLLCALL_TOKEN is not set.")
    try:
        patient.server.ask("getMe")
    except Refused:
        return FINE
    except Unavailable as silence:
        return wrong(
            f"{silence.sentence} Check that this machine reaches {patient.settings.api_url}: the "
            "line, the name server, the firewall (port 443 outwards)."
        )
    return FINE


@check("token accepted")
def token_accepted(patient: Patient) -> Finding:
    try:
        patient.server.ask("getMe")
    except Refused as refused:
        return wrong(
            f"The server does not accept the token ({refused.code}). Compare it with BotFather's, "
            "or make a new one there (/token), put it into .env and restart."
        )
    return FINE


@check("clock")
def clock(patient: Patient) -> Finding:
    """Within a minute of the server's."""
    _answered(patient, "getMe")
    shown = patient.server.date
    if shown is None or patient.settings.sandbox:
        return FINE
    off = round((patient.now() - shown).total_seconds())
    if abs(off) <= MOST_SECONDS_OFF:
        return FINE
    where = "ahead" if off > 0 else "behind"
    return wrong(
        f"The clock of this machine is {abs(off)} seconds {where}. Reminders go at the wrong "
        "time. Switch time synchronisation on: timedatectl set-ntp true"
    )


@check("webhook")
def webhook(patient: Patient) -> Finding:
    """Telegram delivers where the settings say, or waits to be asked."""
    wanted, there = patient.settings.webhook_url, str(_info(patient)["url"])
    if there == wanted:
        return FINE
    if not wanted:
        return wrong(
            "Telegram has a webhook for this bot, so `rollcall run` gets nothing. If nothing "
            "serves there any more: rollcall run --take-over"
        )
    if not there:
        return warning("No webhook is set at Telegram yet. `rollcall serve` sets it: start it.")
    return wrong(
        "Telegram delivers to another address than ROLLCALL_WEBHOOK_URL. Restart `rollcall "
        "serve`, which sets it, and look for another Rollcall with this token."
    )


@check("webhook delivery")
def webhook_delivery(patient: Patient) -> Finding:
    info = _info(patient)
    if not info["url"] or "last_error_date" not in info:
        return FINE
    failed_at = dt.datetime.fromtimestamp(info["last_error_date"], dt.UTC)
    if patient.now() - failed_at > RECENT:
        return FINE
    said = info.get("last_error_message", "no reason")
    words = (
        f"Telegram could not deliver at {failed_at.astimezone(patient.settings.zone):%H:%M}: "
        f"{said}. Check the proxy, its certificate, and that `rollcall serve` runs."
    )
    return wrong(words) if info["pending_update_count"] else warning(words)


@check("waiting updates")
def waiting_updates(patient: Patient) -> Finding:
    count = _info(patient)["pending_update_count"]
    if count <= MOST_PENDING:
        return FINE
    return warning(
        f"{count} updates wait at Telegram and are kept for a day. Start Rollcall if it is not "
        "running; if it is, look at its log."
    )


@check("alert chat")
def alert_chat(patient: Patient) -> Finding:
    """The bot may write to the chat that is told of faults: it shows there that it is typing."""
    chat = patient.settings.alert_chat
    if chat is None:
        raise Unavailable("ROLLCALL_ALERT_CHAT is not set.")
    _answered(patient, "getMe")
    try:
        patient.server.ask("sendChatAction", chat_id=chat, action="typing")
    except Refused as refused:
        return wrong(
            f"The bot cannot write to chat {chat}: {refused.description}. Open the bot from that "
            "account and press Start, or add the bot to the group."
        )
    return FINE


def _info(patient: Patient) -> dict[str, Any]:
    info: dict[str, Any] = _answered(patient, "getWebhookInfo")
    return info


def _answered(patient: Patient, method: str) -> Any:
    """The result; Unavailable where the server refuses, which another check reports."""
    try:
        return patient.server.ask(method)
    except Refused:
        raise Unavailable("The server does not accept the token.") from None
