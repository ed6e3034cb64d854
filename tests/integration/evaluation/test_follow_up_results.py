"""Follow-ups summed up: both sides, before and after, drivers and obstacles, who may read."""

from __future__ import annotations

import pytest

from bot.context import Ctx
from bot.evaluation import behaviour_level, behaviour_report
from bot.evaluation.levels import Line, Scope, ScopeKind
from bot.evaluation.stages import (
    FOLLOW_UP_PARTICIPANT,
    FOLLOW_UP_RECRUIT,
    FOLLOW_UP_SUPERVISOR,
    LEVEL_CHECK,
)
from bot.models.evaluation import AssignmentState, CriticalBehaviour
from bot.models.people import Grant, Person, Role, Unit
from bot.people.access import OutOfReach
from tests.integration.evaluation.followed_up import RATED, World, after_a_class


@pytest.fixture
def world(ctx: Ctx) -> World:
    return after_a_class(ctx)


def test_behaviour__replaced_between__keeps_its_own_answers(world: World) -> None:
    world.answered(FOLLOW_UP_PARTICIPANT, "dara", **RATED, often_1="5")
    old = world.ctx.session.get_one(CriticalBehaviour, world.behaviours[0])
    old.place = None
    new = CriticalBehaviour(course_id=old.course_id, place=1, behaviour="Asks")
    world.ctx.session.add(new)
    world.ctx.session.flush()
    world.answered(FOLLOW_UP_PARTICIPANT, "bopha", **RATED, often_1="1")
    (found,) = behaviour_report.of_class(world.acting("unit"), world.class_id).rounds
    means = {item.key: item.own.mean for item in found.items if item.is_behaviour}
    assert means == {old.id: 5, new.id: 1}


def test_round__both_sides_answered__is_summed_up(world: World) -> None:
    world.answered(LEVEL_CHECK, "dara", level="2", needed="3", often_1="1")
    world.answered(
        FOLLOW_UP_PARTICIPANT, "dara", **RATED, often_1="5", obstacles=["no_time", "unsure"]
    )
    world.answered(FOLLOW_UP_PARTICIPANT, "bopha", **RATED, often_1="3", obstacles=["no_time"])
    world.answered(FOLLOW_UP_SUPERVISOR, "sokha:dara", **RATED, often_1="3", support=["coaching"])
    world.asked(FOLLOW_UP_PARTICIPANT, "bilal")
    world.asked(FOLLOW_UP_SUPERVISOR, "sokha:bilal").state = AssignmentState.DECLINED
    (found,) = behaviour_report.of_class(world.acting("unit"), world.class_id).rounds
    item = next(item for item in found.items if item.key == world.behaviours[0])
    assert (item.own.mean, item.supervisor.mean, item.before.mean) == (4, 3, 1)
    assert (item.both, item.difference) == (1, 2)
    named = {(one.question, one.code): (one.own, one.supervisor) for one in found.reasons}
    assert named == {
        ("support", "coaching"): (0, 1),
        ("obstacles", "no_time"): (2, 0),
        ("obstacles", "unsure"): (1, 0),
    }
    assert (found.own.asked, found.own.answered) == (3, 2)
    assert (found.supervisor.asked, found.supervisor.cannot) == (2, 1)
    assert found.lacking == (("Mekong/Poipet", 1),)


def test_report__of_a_part__holds_only_its_officers(world: World) -> None:
    elsewhere = Unit(name="Kampot", path="Kampot")
    world.ctx.session.add(elsewhere)
    world.ctx.session.flush()
    world.ctx.session.get_one(Person, world.ids["bopha"]).unit_id = elsewhere.id or 0
    world.ctx.session.add(
        Grant(
            person_id=world.ids["rith"],
            role=Role.UNIT,
            scope_unit_id=elsewhere.id,
            granted_at=world.ctx.now(),
        )
    )
    for who in ("dara", "bopha"):
        world.answered(FOLLOW_UP_PARTICIPANT, who, **RATED, wanted=f"Words of {who}")
    found = behaviour_report.of_class(world.acting("rith"), world.class_id)
    assert [pair.person.id for pair in found.people] == [world.ids["bopha"]]
    assert [one.words for one in found.remarks] == ["Words of bopha"]
    with pytest.raises(OutOfReach):
        behaviour_report.of_class(world.acting("sokha"), world.class_id)


@pytest.mark.parametrize(("people", "shown"), [(4, False), (5, True)])
def test_section__of_few_people__withholds_ratings(world: World, people: int, shown: bool) -> None:
    for who in ("dara", "bopha", "bilal", "rith", "maly")[:people]:
        world.answered(FOLLOW_UP_PARTICIPANT, who, **RATED)
        world.answered(FOLLOW_UP_RECRUIT, f"sokha:{who}", knowledge="4")
    section = behaviour_level.of_scope(
        world.acting("director"), Scope(ScopeKind.CLASS, world.class_id)
    )
    assert section is not None
    lines: dict[str, Line] = {line.code: line for line in section.lines}
    assert lines["own_response"].count == people
    assert lines["own_confidence"].value == (5.0 if shown else None)
    assert lines["recruit_knowledge"].value == (4.0 if shown else None)
