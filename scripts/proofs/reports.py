"""Every report says the same whatever the answers are that it is to hide, and one that does not is
caught: SQLite and PostgreSQL, some classes closed and others open.
"""

from __future__ import annotations

import random

from sqlalchemy import select

from bot.context import Ctx
from bot.i18n import _
from bot.models.forms import AnonymousResponse
from bot.people.access_table import Action
from bot.reports.registry import REPORTS, Params, Report
from scripts.guessing import blind, half_open
from scripts.guessing.house import POSTGRES, SQLITE, House
from scripts.proofs import Disproved, Run, part

WORLDS = {SQLITE: 40, POSTGRES: 10}
LEAKY = "a report that adds up all answers"


@part("reports", slice_share=0.01)
def play(run: Run) -> str:
    """How many readings of how many reports were compared on each database."""
    half_open.register()
    lines = []
    for kind, whole in WORLDS.items():
        counts = [_world(kind, f"{run.seed}-{place}") for place in range(run.times(whole))]
        lines.append(f"{kind}, {len(counts)} houses: {sum(counts)} readings alike")
    return f"{len(REPORTS)} reports; {'; '.join(lines)}; the control was caught in each house"


def _world(kind: str, seed: str) -> int:
    dice = random.Random(seed)
    with half_open.opened(kind, dice) as home:
        compared = blind.check(home, dice)
        _control(home, dice)
    return compared


def _control(home: House, dice: random.Random) -> None:
    """The same look at a report that tells."""
    try:
        blind.check(home, dice, [_leaky()])
    except Disproved:
        return
    raise Disproved("the control was not caught")


def _leaky() -> Report:
    return Report(LEAKY, _("A report"), Action.READ_REPORTS, _sum, lambda _data: (), _no_files)


def _sum(ctx: Ctx, _params: Params) -> list[str]:
    rows = ctx.session.scalars(select(AnonymousResponse.answers))
    return sorted(str(answers) for answers in rows)


def _no_files(_data: object, _language: str) -> tuple[()]:
    return ()
