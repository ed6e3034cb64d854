"""What about qualifications somebody has just done, so that a finished form leads on from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot import audit
from bot.context import Ctx


class About(StrEnum):
    """What the last act was about."""

    CURRICULUM = "curriculum"
    POST = "post"
    PERSON = "person"
    OWN_CERTIFICATE = "own certificate"
    CERTIFICATE = "certificate"
    OWN_TIME = "own time"
    TIME = "time"


ACTS = {
    "curriculum.created": About.CURRICULUM,
    "curriculum.corrected": About.CURRICULUM,
    "requirement.set": About.POST,
    "assignment.made": About.PERSON,
    "assignment.ended": About.PERSON,
    "evidence.sent": About.OWN_CERTIFICATE,
    "evidence.confirmed": About.CERTIFICATE,
    "evidence.refused": About.CERTIFICATE,
    "qualification.time_asked": About.OWN_TIME,
    "qualification.extended": About.TIME,
    "qualification.not_extended": About.TIME,
}


@dataclass(frozen=True, slots=True)
class Done:
    """An act a moment ago, and the id of what it was done to."""

    about: About
    object_id: int | None


def just_done(ctx: Ctx) -> Done | None:
    """The actor's last act, if it was one about qualifications and a moment ago."""
    last = audit.just_done(ctx)
    if last is None or last.action not in ACTS:
        return None
    return Done(ACTS[last.action], last.object_id)
