"""Reasons for withdrawing that are chosen, not typed: kept in English, shown in every language."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, Words, _

LEAVING: Mapping[str, Text] = {
    "duty": _("I am needed on duty"),
    "ill": _("I am ill"),
    "family": _("A family matter"),
    "travel": _("I cannot travel there"),
}
_BY_ENGLISH = {words.msgid: words for words in LEAVING.values()}


def kept(code: str) -> str:
    """What is kept of a chosen reason; an unknown code is a bug."""
    return LEAVING[code].msgid


def shown(reason: str) -> Words:
    """A kept reason for readers of every language; typed words stay as they are."""
    return _BY_ENGLISH.get(reason, reason)
