"""The clock goes from due moment to due moment, and every letter about qualifications is read."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import func, select

from bot.models.delivery import ItemState, OutboxItem
from bot.models.qualifications import CurriculumAssignment, Qualification
from bot.scheduler.jobs import qualifications
from bot.training.qualifications import curriculum_cards
from tests.integration.qualifications.conftest import Academy
from tests.integration.training.post import Letter, delivered


class Read(NamedTuple):
    """Who read what on which day, where the administration is."""

    day: str
    who: str
    letter: Letter

    @property
    def title(self) -> str:
        return self.letter.title


def play(academy: Academy, until: str) -> list[Read]:
    """Let time pass until noon of a day; what people read, in order."""
    end = dt.datetime.combine(dt.date.fromisoformat(until), dt.time(5), dt.UTC)
    read: list[Read] = []
    while True:
        read += settle(academy)
        after = next_moment(academy)
        if after is None or after > end:
            academy.clock.set(end)
            return read + settle(academy)
        academy.clock.set(after + dt.timedelta(seconds=1))


def next_moment(academy: Academy) -> dt.datetime | None:
    """When the job has something to do next, or something that is queued falls due."""
    now = academy.ctx.now()
    queued = academy.ctx.session.execute(
        select(func.min(OutboxItem.due_at)).where(
            OutboxItem.state == ItemState.QUEUED, OutboxItem.due_at > now
        )
    ).scalar()
    moments = (qualifications.next_due(academy.ctx, now), queued)
    return min((moment for moment in moments if moment is not None), default=None)


def settle(academy: Academy) -> list[Read]:
    """Run the job as often as it takes, and deliver; what people read."""
    read: list[Read] = []
    qualifications.run(academy.ctx)
    academy.ctx.session.flush()
    academy.ctx.session.expire_all()
    day = str((academy.ctx.now() + dt.timedelta(hours=7)).date())
    for who, letters in delivered(academy).items():
        read += [Read(day, who, letter) for letter in letters]
    return read


def titles(read: list[Read], who: str) -> list[tuple[str, str]]:
    """Day and title of each letter that somebody read."""
    return [(one.day, one.title) for one in read if one.who == who]


def title_of(academy: Academy, row: Qualification | CurriculumAssignment) -> str:
    return curriculum_cards.line_of(academy.ctx.session, row.curriculum_id).title.best("en")
