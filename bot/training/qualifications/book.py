"""The rows of qualifications as they are made, stand again or fall, while people are gone through.

What is written down is not touched again, unless what it was earned with was taken back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot import audit
from bot.context import Ctx
from bot.i18n import Text, Words, _
from bot.models.qualifications import Qualification
from bot.training.qualifications.deriving import Known, Next, next_earned
from bot.training.qualifications.holding import Held
from bot.training.qualifications.listeners import Earned, Withdrawn
from bot.training.qualifications.validity import TOLD_LAPSED, Standing, standing

TAKEN_BACK = _("a completion it was earned with was taken back")
_WHY: Mapping[str, Text] = {TAKEN_BACK.msgid: TAKEN_BACK}


def withdrawn_why(row: Qualification) -> Words:
    """Why something was withdrawn, for readers of every language."""
    return _WHY.get(row.withdrawn_why, row.withdrawn_why)


@dataclass(frozen=True, slots=True)
class _New:
    row: Qualification
    renews: bool
    again: bool


@dataclass
class Book:
    """Goes through people and notes which rows are made, stand again or fall."""

    ctx: Ctx
    curricula: Mapping[int, Known]
    _fallen: list[Qualification] = field(default_factory=list)
    _new: dict[tuple[int, int], _New] = field(default_factory=dict)

    def review(self, person: Held) -> None:
        """Withdraw what was earned by what is not there any more, and what was built on it."""
        for curriculum_id, rows in person.rows.items():
            standing = [row for row in rows if row.withdrawn_at is None]
            broken = next(
                (place for place, row in enumerate(standing) if not _is_borne_out(person, row)),
                len(standing),
            )
            self._mend(person, curriculum_id, standing[:broken], standing[broken:])

    def follow(self, person: Held, curriculum_id: int) -> None:
        """Write down what follows from the newest row that stands.

        A curriculum that was retired is earned by nobody for the first time.
        """
        rows = person.rows.get(curriculum_id, [])
        last = next((row for row in reversed(rows) if row.withdrawn_at is None), None)
        if not rows and not self.curricula[curriculum_id].active:
            return
        fallen = [row for row in rows if row.withdrawn_at is not None]
        while (found := self._next(person, curriculum_id, last)) is not None:
            again = _again(fallen, found)
            row = again or self._made(person, curriculum_id, found, fallen)
            if last is not None:
                last.current = False
            self._new[person.person_id, curriculum_id] = _New(row, found.renews, again is not None)
            last = row

    def earned(self) -> list[Earned]:
        """What is new and the newest of its curriculum."""
        before = {row.id for row in self._fallen}
        return [_earned(one) for one in self._new.values() if one.row.id not in before]

    def withdrawn(self) -> list[Withdrawn]:
        """What fell and does not stand again; each is kept in the audit."""
        gone = [row for row in self._fallen if row.withdrawn_at is not None]
        for row in gone:
            audit.record(
                self.ctx,
                "qualification.withdrawn",
                "person",
                row.person_id,
                reason=row.withdrawn_why,
                qualification=row.id,
            )
        return [Withdrawn(row.id, row.person_id, row.curriculum_id) for row in gone if row.id]

    def _mend(
        self,
        person: Held,
        curriculum_id: int,
        kept: list[Qualification],
        rest: list[Qualification],
    ) -> None:
        """Of `rest` what other completions bear out stays as it was fixed; the others fall."""
        last = kept[-1] if kept else None
        while rest:
            found = self._next(person, curriculum_id, last)
            if found is None or not _is_same(found, rest[0]):
                break
            last = rest.pop(0)
            last.evidence = _packed(found)
        for row in rest:
            row.withdrawn_at, row.withdrawn_why = self.ctx.now(), TAKEN_BACK.msgid
            row.current = False
        self._fallen += rest
        if rest and last is not None:
            last.current = True

    def _next(self, person: Held, curriculum_id: int, last: Qualification | None) -> Next | None:
        return next_earned(self.curricula, curriculum_id, person.learned, last, person.day)

    def _made(
        self, person: Held, curriculum_id: int, found: Next, fallen: Sequence[Qualification]
    ) -> Qualification:
        """A new row. What one that fell had told of the same day is not told anew."""
        told = (one.told_stage for one in fallen if one.expires_on == found.expires_on)
        stage = next(told, None)
        if standing(found, person.day.today, person.day.return_days) is Standing.LAPSED:
            stage = TOLD_LAPSED
        row = Qualification(
            person_id=person.person_id,
            curriculum_id=curriculum_id,
            through_id=found.through_id,
            earned_on=found.earned_on,
            expires_on=found.expires_on,
            window_on=found.window_on,
            grace_days=found.grace_days,
            rule=found.rule,
            evidence=_packed(found),
            made_at=self.ctx.now(),
            told_stage=stage,
        )
        self.ctx.session.add(row)
        return row


def _is_borne_out(person: Held, row: Qualification) -> bool:
    return all(person.learned.has(what, dt.date.fromisoformat(day)) for what, day in row.evidence)


def _is_same(found: Next, row: Qualification) -> bool:
    return (found.earned_on, found.through_id) == (row.earned_on, row.through_id)


def _again(fallen: list[Qualification], found: Next) -> Qualification | None:
    """The row that had fallen and is borne out again with the very dates it had, if any."""
    for row in fallen:
        dates = (row.expires_on, row.window_on, row.grace_days)
        if _is_same(found, row) and dates == (found.expires_on, found.window_on, found.grace_days):
            fallen.remove(row)
            row.withdrawn_at, row.withdrawn_why = None, ""
            row.current, row.evidence = True, _packed(found)
            return row
    return None


def _packed(found: Next) -> list[list[int | str]]:
    return [[what, day.isoformat()] for what, day in found.evidence]


def _earned(new: _New) -> Earned:
    row = new.row
    assert row.id is not None, "it was flushed"
    return Earned(
        qualification_id=row.id,
        person_id=row.person_id,
        curriculum_id=row.curriculum_id,
        earned_on=row.earned_on,
        expires_on=row.expires_on,
        renews=new.renews,
        again=new.again,
    )
