"""A house at a moment when some classes have closed and others have not, with answers of all."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import select

from bot import app
from bot.context import Actor, Ctx
from bot.evaluation import answering
from bot.forms import versions
from bot.forms.service import Submission
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import AnonymousResponse
from bot.scheduler.registry import JOBS
from scripts.guessing import classes, house
from scripts.guessing.house import START, House

DUE = ("class_end", "closing")
CLASSES = 6
UNTIL_CLOSING = dt.timedelta(days=8)


@contextmanager
def opened(kind: str, dice: random.Random, count: int = CLASSES) -> Iterator[House]:
    """Classes of which about half have closed; about each, from nobody to everybody answered."""
    register()
    groups = classes.groups(count, dice)
    with house.opened(kind, groups, dice) as home:
        for group in groups:
            _at(home, START + group.ends + dt.timedelta(hours=12))
            _answer(home, home.class_ids[group.number], dice)
        _at(home, START + groups[count // 2].ends + UNTIL_CLOSING)
        yield home


@cache
def register() -> None:
    """Fill the registries, that of reports among them."""
    app.register_speaking()
    app.register_working()


def _at(home: House, moment: dt.datetime) -> None:
    home.clock.set(moment)
    with home.database.transaction() as session:
        for name in DUE:
            JOBS[name].run(home.ctx(session))


def _answer(home: House, class_id: int, dice: random.Random) -> None:
    """Some of those who were asked answer, each what comes to their mind."""
    with home.database.transaction() as session:
        ctx = home.ctx(session)
        version = versions.current_version(ctx, classes.FORM)
        rows = session.scalars(
            select(Assignment).where(
                Assignment.class_id == class_id,
                Assignment.stage == classes.FORM,
                Assignment.state == AssignmentState.OPEN,
            )
        ).all()
        for row in dice.sample(rows, dice.choice([0, 2, 4, 5, 7, len(rows)]) % (len(rows) + 1)):
            answers = {name: str(dice.randint(1, 5)) for name in classes.RATINGS}
            answers["useful"] = f"{dice.choice(classes.VOCABULARY)} {dice.randrange(10**6)}"
            own = Ctx(session, home.clock, _actor(home, row.person_id), home.settings)
            answering.take(own, Submission(version, row.id, {}, answers))
        for kept in session.scalars(select(AnonymousResponse)):
            kept.as_it_came = False


def _actor(home: House, person_id: int) -> Actor:
    return Actor(person_id, home.accounts[person_id], "en", "UTC")
