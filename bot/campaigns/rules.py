"""What is sent by itself, as a list: relative to what, on which days, to whom, which notice.

A new reminder is a new line in `RULES`; nothing else in Rollcall knows an offset.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.evaluation.stages import REACTION_TRAINEE, REACTION_TRAINER, Stage
from bot.models.delivery import Urgency


class Anchor(StrEnum):
    """The date that the days are counted from."""

    OCCASION = "the date the assignment is about"


class Audience(StrEnum):
    """Who is told."""

    NOT_ANSWERED = "those who have not answered"


@dataclass(frozen=True, slots=True)
class Rule:
    """`days` names the policy with the days after the anchor; `wall` is the reader's own time."""

    name: str
    stage: Stage
    relative_to: Anchor
    days: str
    wall: dt.time
    audience: Audience
    notice: NoticeKind


REACTION_NUDGE = outbox.declare(NoticeKind("reaction_nudge", Urgency.ORDINARY, merge="tasks"))
MORNING = dt.time(9)

RULES: tuple[Rule, ...] = tuple(
    Rule(
        name=f"remind of {stage.name}",
        stage=stage,
        relative_to=Anchor.OCCASION,
        days="nudge_days",
        wall=MORNING,
        audience=Audience.NOT_ANSWERED,
        notice=REACTION_NUDGE,
    )
    for stage in (REACTION_TRAINEE, REACTION_TRAINER)
)
