"""Follow-ups: taken, told, read by who may, side by side, summed up, taken back, erased."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest
from sqlmodel import select

from bot import app
from bot.context import Actor, Ctx
from bot.errors import Refusal
from bot.evaluation import (
    behaviour_level,
    behaviour_report,
    follow_up_pairs,
    group_words,
    prefilling,
    recall,
    reported,
)
from bot.evaluation.asking import Asked, ask
from bot.evaluation.levels import Line, Scope, ScopeKind
from bot.evaluation.stages import (
    FOLLOW_UP_3_SUPERVISOR,
    FOLLOW_UP_PARTICIPANT,
    FOLLOW_UP_RECRUIT,
    FOLLOW_UP_SUPERVISOR,
    LEVEL_CHECK,
    Stage,
    person_subject,
)
from bot.forms import service, versions
from bot.forms.library_sync import publish_library
from bot.forms.service import Submission
from bot.models.delivery import OutboxItem
from bot.models.evaluation import Assignment, AssignmentState, CriticalBehaviour, FollowUpReply
from bot.models.forms import Response
from bot.models.people import Grant, Person, Role, Unit
from bot.models.training import TrainingClass
from bot.operations import erasure
from bot.people.access import OutOfReach
from tests.cast import ZONE, hold_class, settle_cast

app.register_speaking()
app.register_working()
ENDS_ON = dt.date(2026, 1, 30)
RATED = {"content_relevance": "4", "work_performance": "3", "confidence": "5"}


@dataclass
class World:
    """The cast after a class, and what they answer about it."""

    ctx: Ctx
    ids: dict[str, int]
    class_id: int
    behaviours: list[int]

    def acting(self, who: str, language: str = "en") -> Ctx:
        number = self.ids[who]
        return replace(self.ctx, actor=Actor(number, 1000 + number, language, ZONE))

    def asked(self, stage: Stage, pair: str) -> Assignment:
        who, _colon, about = pair.partition(":")
        about_id = self.ids[about] if about else None
        subject = person_subject(self.class_id, about_id or self.ids[who])
        closes_at = self.ctx.now() + dt.timedelta(days=20)
        one = Asked(self.ids[who], subject, ENDS_ON, closes_at, self.class_id, about_id)
        return ask(self.ctx, stage, [one])[0]

    def answered(self, stage: Stage, pair: str, **answers: object) -> Response:
        row = self.asked(stage, pair)
        ctx = self.acting(pair.partition(":")[0])
        known = dict(prefilling.answers(ctx, row.id or 0))
        version_id = versions.current_version(ctx, stage.form)
        service.SUBMIT[stage.form](ctx, Submission(version_id, row.id, {}, known | answers))
        query = select(Response).where(Response.assignment_id == row.id)
        return self.ctx.session.exec(query).one()

    def told(self, notice: str) -> list[int | None]:
        rows = self.ctx.session.exec(select(OutboxItem).where(OutboxItem.notice == notice))
        return [row.person_id for row in rows]


@pytest.fixture
def world(ctx: Ctx) -> World:
    publish_library(ctx)
    ids = settle_cast(ctx)
    class_id = hold_class(ctx, ids, ENDS_ON)
    course_id = ctx.session.get_one(TrainingClass, class_id).course_id
    rows = [
        CriticalBehaviour(
            course_id=course_id, place=1, behaviour="Checks", behaviours={"km": "ពិនិត្យ"}
        ),
        CriticalBehaviour(course_id=course_id, place=2, behaviour="Writes down"),
    ]
    ctx.session.add_all(rows)
    ctx.session.flush()
    return World(ctx, ids, class_id, [row.id or 0 for row in rows])


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
