"""Follow-ups: taken, told, read by who may, side by side, summed up, taken back, erased."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import (
    follow_up_pairs,
    group_words,
    prefilling,
    recall,
    reported,
)
from bot.evaluation.stages import (
    FOLLOW_UP_3_SUPERVISOR,
    FOLLOW_UP_PARTICIPANT,
    FOLLOW_UP_RECRUIT,
    FOLLOW_UP_SUPERVISOR,
    LEVEL_CHECK,
)
from bot.forms import service, versions
from bot.forms.service import Submission
from bot.models.evaluation import FollowUpReply
from bot.models.forms import Response
from bot.models.people import Person
from bot.operations import erasure
from bot.people.access import OutOfReach
from tests.integration.evaluation.followed_up import RATED, World, after_a_class


@pytest.fixture
def world(ctx: Ctx) -> World:
    return after_a_class(ctx)


def test_form__begun_in_khmer__names_officer_course_and_behaviours_so(world: World) -> None:
    row = world.asked(FOLLOW_UP_SUPERVISOR, "sokha:dara")
    known = prefilling.answers(world.acting("sokha", "km"), row.id or 0)
    assert known == {
        "course": "ការវាយតម្លៃគយ",
        "officer": "Sok Dara",
        "behaviours": " ".join(map(str, world.behaviours)),
        "behaviour_1": "ពិនិត្យ",
        "behaviour_2": "Writes down",
    }


def test_report__given__is_told_to_the_officer_alone(world: World) -> None:
    world.answered(FOLLOW_UP_SUPERVISOR, "sokha:dara", **RATED)
    world.answered(FOLLOW_UP_PARTICIPANT, "dara", **RATED)
    assert world.told("follow_up_written") == [world.ids["dara"]]


def test_report__opened_by_others__does_not_count_as_read(world: World) -> None:
    response = world.answered(FOLLOW_UP_RECRUIT, "sokha:dara", knowledge="4", officer_reads="x")
    for reader in ("sokha", "unit"):
        reported.read(world.acting(reader), response.id or 0)
    dara = world.acting("dara")
    assert reported.unread(dara) == 1
    world.ctx.clock.advance(hours=1)  # type: ignore[attr-defined]
    reported.read(dara, response.id or 0)
    row = world.ctx.session.get_one(FollowUpReply, response.id)
    assert (reported.unread(dara), row.read_at) == (0, world.ctx.now())


@pytest.mark.parametrize("reader", ["maly", "trainer", "director"])
def test_report__opened_by_somebody_else__is_refused(world: World, reader: str) -> None:
    response = world.answered(FOLLOW_UP_SUPERVISOR, "sokha:dara", **RATED)
    with pytest.raises(OutOfReach):
        reported.read(world.acting(reader), response.id or 0)
    with pytest.raises(OutOfReach):
        follow_up_pairs.of_person(world.acting(reader), world.ids["dara"])


def test_reply__given_once__reaches_writer_and_unit_and_stands(world: World) -> None:
    response = world.answered(FOLLOW_UP_SUPERVISOR, "sokha:dara", **RATED)
    dara = world.acting("dara")
    version_id = versions.current_version(dara, reported.REPLY)
    submission = Submission(version_id, None, {"response": response.id}, {"reply": " Thanks. "})
    reported.reply(dara, submission)
    assert reported.read(world.acting("unit"), response.id or 0).reply == "Thanks."
    assert sorted(world.told("follow_up_replied"), key=str) == sorted(
        [world.ids["sokha"], world.ids["unit"]], key=str
    )
    with pytest.raises(Refusal):
        reported.reply(dara, submission)
    with pytest.raises(OutOfReach):
        reported.reply(world.acting("maly"), submission)


def test_report__given_with_a_form_of_the_units_own__is_told_and_read(world: World) -> None:
    usual = versions.definition(
        world.ctx, versions.current_version(world.ctx, FOLLOW_UP_SUPERVISOR.form)
    )
    own = replace(usual, form_id="own_words", questions=usual.questions[-1:])
    version_id = versions.publish(world.ctx, "own_words", own)
    row = world.asked(FOLLOW_UP_SUPERVISOR, "sokha:dara")
    row.form = "own_words"
    submission = Submission(version_id, row.id, {}, {"remark": "Asks often"})
    service.ASSIGNED[0](world.acting("sokha"), submission)
    (line,) = reported.about_me(world.acting("dara"))
    found = reported.read(world.acting("dara"), line.response_id)
    assert [words for _label, words in found.answers] == ["Asks often"]
    assert world.told("follow_up_written") == [world.ids["dara"]]


def test_pair__one_person_rated_by_both__stands_side_by_side(world: World) -> None:
    world.answered(FOLLOW_UP_PARTICIPANT, "dara", **RATED, often_1="5")
    world.answered(FOLLOW_UP_SUPERVISOR, "sokha:dara", **RATED | {"confidence": "2"}, often_2="3")
    world.answered(FOLLOW_UP_3_SUPERVISOR, "sokha:dara", **RATED)
    (quarter, month) = sorted(
        follow_up_pairs.of_person(world.acting("sokha"), world.ids["dara"]),
        key=lambda pair: -pair.timing.months,
    )
    first, second = world.behaviours
    assert {line.key: (line.own, line.supervisor) for line in month.lines} == {
        "content_relevance": (4, 4),
        "work_performance": (3, 3),
        "confidence": (5, 2),
        first: (5, None),
        second: (None, 3),
    }
    assert (quarter.own_answered, quarter.supervisor_answered) == (False, True)


def test_group__what_it_wrote__is_for_its_keepers(world: World) -> None:
    world.answered(
        LEVEL_CHECK, "dara", level="2", needed="3", often_1="1", expectation="Used cars"
    )
    (said,) = group_words.of_class(world.acting("trainer"), world.class_id)
    assert [one.words for one in said.words] == ["Used cars"]
    assert (said.figures.asked, said.figures.answered) == (1, 1)
    assert [item.before.mean for item in said.behaviours] == [1]
    with pytest.raises(OutOfReach):
        group_words.of_class(world.acting("dara"), world.class_id)


def test_recall__of_a_report_that_was_read__takes_the_reply_with_it(world: World) -> None:
    response = world.answered(FOLLOW_UP_SUPERVISOR, "sokha:dara", **RATED)
    reported.read(world.acting("dara"), response.id or 0)
    recall.recall(world.acting("unit"), world.class_id, FOLLOW_UP_SUPERVISOR.name)
    assert world.ctx.session.exec(select(FollowUpReply)).all() == []
    assert reported.about_me(world.acting("dara")) == []


def test_erasure__of_the_officer__keeps_ratings_and_no_words(world: World) -> None:
    response = world.answered(
        FOLLOW_UP_SUPERVISOR, "sokha:dara", **RATED, often_1="3", remark="Asks often"
    )
    submission = Submission(0, None, {"response": response.id}, {"reply": "I do"})
    reported.reply(world.acting("dara"), submission)
    world.ctx.session.get_one(Person, world.ids["dara"]).active = False
    erasure.erase(world.ctx, erasure.look(world.ctx, "1011"))
    kept = world.ctx.session.get_one(Response, response.id).answers
    numbers = " ".join(map(str, world.behaviours))
    assert kept == RATED | {"often_1": "3", "behaviours": numbers}
    assert world.ctx.session.get_one(FollowUpReply, response.id).reply == ""


@pytest.mark.parametrize("who", ["dara", "sokha", "trainer"])
def test_team__asked_for_by_whoever__holds_their_own_people_only(world: World, who: str) -> None:
    world.answered(FOLLOW_UP_SUPERVISOR, "sokha:dara", **RATED)
    if who == "sokha":
        ((card, count),) = follow_up_pairs.team(world.acting(who))
        assert (card.id, count) == (world.ids["dara"], 1)
    else:
        with pytest.raises(OutOfReach):
            follow_up_pairs.team(world.acting(who))
