"""Codes that open a test in the room: shown by the trainer, typed by who sits there."""

from __future__ import annotations

import datetime as dt
import secrets
import unicodedata
from dataclasses import dataclass

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.stages import Stage
from bot.i18n import _
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.tests import RoomCode
from bot.models.training import TrainingClass
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import class_reach

DIGITS = 6
MINUTES = (10, 30, 60)
"""How long a code can be had for."""


@dataclass(frozen=True, slots=True)
class OpenCode:
    """A code that opens a test now, and until when."""

    code: str
    closes_at: dt.datetime

    @property
    def spaced(self) -> str:
        """As it is read aloud: two groups of digits."""
        return f"{self.code[: DIGITS // 2]} {self.code[DIGITS // 2 :]}"


def require_opener(ctx: Ctx, class_id: int) -> TrainingClass:
    """The class, for who may open its tests: its trainers, its coordinator, the training unit."""
    try:
        return class_reach.require_keeper(ctx, class_id)
    except OutOfReach as refusal:
        raise OutOfReach(Action.OPEN_TEST, class_id, "class", refusal.sentence) from None


def show(ctx: Ctx, class_id: int, stage: Stage, minutes: int) -> OpenCode:
    """Make a new code for a test of a class; the one before opens nothing any more.

    Refuses people who do not keep the class, and any time but those offered.
    """
    require_opener(ctx, class_id)
    if minutes not in MINUTES:
        raise Refusal(_("Choose one of the times shown."))
    row = ctx.session.get(RoomCode, (class_id, stage.name))
    row = row or RoomCode(class_id=class_id, stage=stage.name, code="", closes_at=ctx.now())
    row.code = _new_code(ctx)
    row.opened_by = ctx.actor.person_id
    row.closes_at = ctx.now() + dt.timedelta(minutes=minutes)
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "test.opened", "class", class_id, stage=stage.name, minutes=minutes)
    return OpenCode(row.code, row.closes_at)


def close(ctx: Ctx, class_id: int, stage: Stage) -> None:
    """Let the code open nothing from now on; who has begun goes on."""
    require_opener(ctx, class_id)
    row = ctx.session.get(RoomCode, (class_id, stage.name))
    if row is not None and row.closes_at > ctx.now():
        row.closes_at = ctx.now()
        audit.record(ctx, "test.code_closed", "class", class_id, stage=stage.name)


def current(ctx: Ctx, class_id: int, stage: Stage) -> OpenCode | None:
    """The code that opens a test of a class now, if there is one."""
    require_opener(ctx, class_id)
    row = ctx.session.get(RoomCode, (class_id, stage.name))
    if row is None or row.closes_at <= ctx.now():
        return None
    return OpenCode(row.code, row.closes_at)


def opens(ctx: Ctx, assignment: Assignment, typed: str) -> bool:
    """Whether what somebody typed is the code of their test, and still counts."""
    row = ctx.session.get(RoomCode, (assignment.class_id or 0, assignment.stage))
    return row is not None and row.closes_at > ctx.now() and digits_in(typed) == row.code


def meant_by(ctx: Ctx, typed: str) -> int | None:
    """The actor's own open test that these words are the code of; None if there is none."""
    code = digits_in(typed)
    if len(code) != DIGITS:
        return None
    return ctx.session.execute(
        select(Assignment.id)
        .join(
            RoomCode,
            (RoomCode.class_id == Assignment.class_id) & (RoomCode.stage == Assignment.stage),
        )
        .where(
            Assignment.person_id == ctx.actor.person_id,
            Assignment.state == AssignmentState.OPEN,
            Assignment.closes_at > ctx.now(),
            RoomCode.code == code,
            RoomCode.closes_at > ctx.now(),
        )
        .limit(1)
    ).scalar()


def digits_in(typed: str) -> str:
    """The digits of what was typed, in any script; nothing where there is more than a code."""
    found = ""
    for char in typed.strip():
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            found += str(digit)
        elif char not in " -":
            return ""
    return found


def _new_code(ctx: Ctx) -> str:
    """One that no other open test has."""
    taken = set(ctx.session.scalars(select(RoomCode.code).where(RoomCode.closes_at > ctx.now())))
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        if code not in taken:
            return code
