"""Buttons about plans that no screen shows: odd numbers, other people's, lines that are gone."""

from __future__ import annotations

from itertools import product

import pytest

from bot import app
from bot.errors import Refusal
from bot.events import Event, EventKind
from bot.models.planning import PlanState
from bot.people import access
from bot.people.access import OutOfReach
from bot.screens import Reply
from handlers.common.routes import ROUTES, RouteKind
from tests.integration.plan_life.conftest import School

app.register_speaking()

MINE = ("handlers.officer.plan_", "handlers.unit.plan_life", "handlers.unit.plan_cohorts",
        "handlers.executive.plan")  # fmt: skip
ARGUMENTS = ("", ":x", ":1", ":99", ":1:99:1", ":1:0:0:7")
FORMS = {"planask", "plancom", "plancheckno", "plandno", "planletter", "planuns", "plandrop",
         "planspend"}  # fmt: skip
"""They open a form, for which a chat and a library are needed."""
CHANGING = {"planpubyes", "plansubyes", "plansubno", "plandyes", "plancheckyes", "plancls"}


def prefixes() -> list[str]:
    return sorted(
        name
        for (kind, name), route in ROUTES.items()
        if kind is RouteKind.PRESS and route.conversation.__module__.startswith(MINE)
    )


def press(school: School, who: str, data: str) -> Reply | None | type[Exception]:
    """What a press comes to, as the edge would have it: a reply, or the kind of refusal."""
    route = ROUTES[RouteKind.PRESS, data.partition(":")[0]]
    ctx = school.acting(who)
    if route.action is not None and not access.may(ctx, route.action):
        return OutOfReach
    event = Event(1, EventKind.PRESS, ctx.actor.user_id or 0, text=data)
    try:
        return route.conversation(ctx, event)
    except Refusal as refusal:
        return type(refusal)


def test_prefixes__of_this_part__are_all_there() -> None:
    assert len(prefixes()) >= 40


@pytest.mark.parametrize(
    ("who", "state"),
    [("dara", "published"), ("director", "submitted"), ("unit", "draft"), ("unit", "published")],
)
def test_press__odd_data__is_a_reply_or_a_refusal(school: School, who: str, state: str) -> None:
    {"draft": lambda: None, "submitted": school.submit, "published": school.publish}[state]()
    for prefix, arguments in product(sorted(set(prefixes()) - FORMS - CHANGING), ARGUMENTS):
        found = press(school, who, f"{prefix}{arguments}")
        assert isinstance(found, Reply) or found in (Refusal, OutOfReach), (prefix, arguments)


@pytest.mark.parametrize("prefix", ["planr", "planls", "planl", "plancs", "planvs", "planpapers"])
def test_press__of_an_officer_on_a_plan_that_is_not_published__is_out_of_reach(
    school: School, prefix: str
) -> None:
    school.submit()
    assert press(school, "dara", f"{prefix}:1") is OutOfReach


def test_press__that_changes_a_plan__of_an_officer__changes_nothing(school: School) -> None:
    school.submit()
    for prefix in sorted(CHANGING):
        assert press(school, "dara", f"{prefix}:1:1") is OutOfReach, prefix
    assert school.plan.state is PlanState.SUBMITTED
