"""No report tells anything of answers that are to stay hidden: it says the same whatever they are.

Hidden are the answers about classes that have not closed, or about which too few answered, and who
of which gender gave them where no split is shown. They are exchanged for others, and every report
that is registered is read again by everybody: not a letter may differ.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session

from bot import policy
from bot.context import Actor, Ctx
from bot.errors import Refusal
from bot.evaluation import closing, results
from bot.i18n import render
from bot.models.forms import AnonymousResponse
from bot.reports.registry import REPORTS, Report
from bot.screens import Screen
from scripts.guessing import asked_for
from scripts.guessing.classes import RATINGS
from scripts.guessing.house import House
from scripts.proofs import Disproved

ADDRESS = re.compile(r" at 0x[0-9a-f]+")
OTHER_CODE = {"1": "5", "2": "4", "3": "1", "4": "2", "5": "1"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one report said to one reader."""

    ctx: Ctx
    report: Report
    params: Mapping[str, Any]
    said: str

    def __str__(self) -> str:
        return f"report {self.report.name} {dict(self.params)} for {self.ctx.actor.person_id}"


class _Undone(Exception):
    """Ends a transaction whose work nobody keeps."""


def check(house: House, dice: random.Random, reports: Iterable[Report] | None = None) -> int:
    """How many readings were compared, of all reports there are unless some are given; raises
    Disproved where one of them tells.
    """
    looked_at = tuple(REPORTS.values()) if reports is None else tuple(reports)
    before: list[Reading] = []
    try:
        with house.database.transaction() as session:
            before = _readings(house, session, looked_at)
            hidden = _exchange(house.ctx(session), dice)
            session.expire_all()
            for reading in before:
                if _said(reading.ctx, reading.report, reading.params) != reading.said:
                    raise Disproved(f"{reading} changes with {hidden} hidden answers")
            raise _Undone
    except _Undone:
        return len(before)


def _readings(house: House, session: Session, reports: Iterable[Report]) -> list[Reading]:
    """What every reader is told by every report, in words or by the refusal."""
    found = []
    for reader in (house.unit_person, *house.bystanders[:1]):
        actor = Actor(reader, house.accounts.get(reader, 1), "en", "UTC")
        ctx = Ctx(session, house.clock, actor, house.settings)
        for report in reports:
            said = partial(_said, ctx, report)
            for params, words in asked_for.everything(ctx, report, said):
                found.append(Reading(ctx, report, params, words))
    return found


def _said(ctx: Ctx, report: Report, params: Mapping[str, Any]) -> str:
    try:
        data = report.read(ctx, params)
    except Refusal as refusal:
        return render(refusal.sentence, "en")
    words = "\n".join(_words(screen) for screen in report.screens(data))
    return f"{ADDRESS.sub('', repr(data))}\n{words}"


def _words(screen: Screen) -> str:
    return "\n".join(render(one, "en") for one in (screen.title, *screen.body))


def _exchange(ctx: Ctx, dice: random.Random) -> int:
    """Put other answers in the place of those that are hidden; how many there were."""
    threshold = policy.value(ctx.session, "smallest_group")
    count = 0
    for class_id, rows in _by_class(ctx).items():
        is_open = not closing.results_are_open(ctx.session, class_id)
        if is_open or len(rows) < threshold:
            for row in rows:
                _turn(row)
            count += len(rows)
        elif not results.shown_genders(_sizes(rows), threshold):
            _shuffle_genders(rows, dice)
            count += len(rows)
    ctx.session.flush()
    return count


def _by_class(ctx: Ctx) -> dict[int, list[AnonymousResponse]]:
    found: dict[int, list[AnonymousResponse]] = defaultdict(list)
    for row in ctx.session.scalars(select(AnonymousResponse).order_by(AnonymousResponse.key)):
        found[row.class_id].append(row)
    return found


def _sizes(rows: list[AnonymousResponse]) -> Counter[str]:
    return Counter(results.folded(row.gender) for row in rows)


def _turn(row: AnonymousResponse) -> None:
    row.answers = dict(_other(row.answers))
    flag_modified(row, "answers")


def _other(answers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in answers.items():
        if name in RATINGS:
            yield name, OTHER_CODE[str(value)]
        else:
            yield name, value[::-1] if isinstance(value, str) else value


def _shuffle_genders(rows: list[AnonymousResponse], dice: random.Random) -> None:
    genders = [row.gender for row in rows]
    dice.shuffle(genders)
    for row, gender in zip(rows, genders, strict=True):
        row.gender = gender
