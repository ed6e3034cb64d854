"""Confirming a certificate to whoever holds the paper: genuine or not, valid or revoked.

Course and date stand on the paper and are repeated; nothing else is told, not even the name.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from bot.context import Ctx
from bot.i18n import Texts
from bot.models.records import Certificate
from bot.models.training import Course, Enrolment, TrainingClass
from bot.people import chats, locks, search
from bot.training.catalogue import title_of
from bot.training.certificates import ALPHABET, CODE_LENGTH

PREFIX = "v-"
CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")


class Finding(StrEnum):
    VALID = "valid"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a code; `until` says when a locked account may try again."""

    finding: Finding
    title: Texts | None = None
    issued_on: dt.date | None = None
    until: dt.datetime | None = None


def spelled(code: str) -> str:
    """A code in groups of four, as it stands on the paper."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def code_in(typed: str) -> str | None:
    """The code somebody typed, however they wrote it; None for what cannot be one."""
    letters = "".join(char for char in search.fold(typed).upper() if char.isalnum())
    return letters if CODE.fullmatch(letters) else None


def code_of_link(payload: str) -> str | None:
    """The code in what a scanned link opens the chat with; None for other links."""
    if not payload.startswith(PREFIX):
        return None
    code = payload.removeprefix(PREFIX)
    return code if CODE.fullmatch(code) else None


def verify(ctx: Ctx, typed: str) -> Verdict:
    """What is known of a code; after five that are nobody's an account waits for an hour."""
    chat = chats.own_row(ctx)
    if locks.is_locked(chat, ctx.now()):
        return Verdict(Finding.LOCKED, until=chat.locked_until)
    found = _find(ctx, code_in(typed))
    if found is None:
        locks.count_try(ctx, chat, "certificate")
        return Verdict(Finding.UNKNOWN)
    certificate, course = found
    finding = Finding.VALID if certificate.revoked_at is None else Finding.REVOKED
    return Verdict(finding, title_of(course), certificate.issued_on)


def _find(ctx: Ctx, code: str | None) -> tuple[Certificate, Course] | None:
    if code is None:
        return None
    return ctx.session.execute(
        select(Certificate, Course)
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .where(Certificate.code == code)
    ).first()
