"""Two people decide about the same thing at the same moment, in two processes: one decision holds.

Nobody sees an error of the database: who came second is told what has become of the matter.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import update
from sqlmodel import select

from bot.context import Ctx
from bot.delivery import outbox
from bot.evaluation import answering, assignments, recall
from bot.evaluation.stages import REACTION_TRAINER
from bot.forms.definition import FormDefinition, to_json
from bot.forms.service import Submission
from bot.i18n import Texts
from bot.models.chats import Chat
from bot.models.delivery import OutboxItem, Urgency
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import FormVersion, Response
from bot.models.people import Person, Question
from bot.models.training import Course, Enrolment, TrainingClass
from bot.people import invites, linking, questions
from bot.people.linking import OutcomeKind
from bot.training import class_reach, enrolments
from tests.integration.delivery.conftest import Invent
from tests.integration.locking.conftest import Process, both

Two = tuple[Process, Process]
Meet = Callable[..., None]

FORM = FormDefinition("f", Texts.of({"en": "F"}), "1", ("en",), "en", ())


def kinds_of(results: list[Any]) -> list[str]:
    """What became of each, errors by their class."""
    return sorted(type(result).__name__ for result in results)


async def test_same_key__told_by_two__is_told_once(two: Two, meet: Meet, invent: Invent) -> None:
    kind = invent("n", Urgency.NOW)
    meet((outbox, "is_told"))

    def tell(ctx: Ctx) -> bool:
        return outbox.tell(ctx, kind, two[0].ids["rith"], {}, key="once")

    told = await both(two[0].act("unit", tell), two[1].act("sokha", tell))
    assert sorted(told) == [False, True]
    keys = two[0].all(select(OutboxItem.unique_key).where(OutboxItem.notice == "n"))
    assert keys == ["once"]


async def held_class(process: Process, seats: int) -> int:
    def make(ctx: Ctx) -> int:
        course = Course(code="VAL", title="Valuation")
        ctx.session.add(course)
        ctx.session.flush()
        held = TrainingClass(code="VAL-1", course_id=course.id, seats=seats)
        ctx.session.add(held)
        ctx.session.flush()
        assert held.id is not None
        return held.id

    return await process.committer.hop(make)


async def test_last_seat__given_by_two__one_is_refused(two: Two, meet: Meet) -> None:
    class_id = await held_class(two[0], seats=1)
    meet((class_reach, "require_editor"))
    results = await both(
        two[0].act("unit", lambda ctx: enrolments.add(ctx, class_id, "1014")),
        two[1].act("sokha", lambda ctx: enrolments.add(ctx, class_id, "1015")),
    )
    assert kinds_of(results) == ["MemberCard", "Refusal"]
    assert len(two[0].all(select(Enrolment).where(Enrolment.class_id == class_id))) == 1


async def test_same_person__enrolled_by_two__is_on_the_list_once(two: Two, meet: Meet) -> None:
    class_id = await held_class(two[0], seats=9)
    meet((class_reach, "require_editor"))
    results = await both(
        two[0].act("unit", lambda ctx: enrolments.add(ctx, class_id, "1014")),
        two[1].act("sokha", lambda ctx: enrolments.add(ctx, class_id, "1014")),
    )
    assert kinds_of(results) == ["MemberCard", "Refusal"]
    assert len(two[0].all(select(Enrolment).where(Enrolment.class_id == class_id))) == 1


async def test_invite__opened_by_two_accounts__one_is_linked(two: Two, meet: Meet) -> None:
    def invite(ctx: Ctx) -> str:
        invites.remember_bot_name(ctx.session, "rollcall_bot")
        (made,) = invites.make(ctx, [ctx_ids["rith"]])
        return made.link.partition("start=")[2]

    ctx_ids = two[0].ids
    token = await two[0].act("unit", invite)
    for process, who in zip(two, ("maly", "ayesha"), strict=True):
        await process.hears(who, 50 + process.ids[who], "start")
    meet((invites, "is_open"))

    def as_stranger(ctx: Ctx) -> OutcomeKind:
        return linking.by_token(stranger(ctx), token).kind

    kinds = await both(two[0].act("maly", as_stranger), two[1].act("ayesha", as_stranger))
    assert sorted(kinds) == sorted([OutcomeKind.LINKED, OutcomeKind.BAD_INVITE])
    linked = two[0].all(select(Chat.user_id).where(Chat.person_id == two[0].ids["rith"]))
    assert len(linked) == 1


def stranger(ctx: Ctx) -> Ctx:
    """The same account before anybody knows whose it is."""
    return replace(ctx, actor=replace(ctx.actor, person_id=None))


async def test_question__answered_by_two__one_answer_is_told(two: Two, meet: Meet) -> None:
    asked = await two[0].act("dara", lambda ctx: questions.ask(ctx, "When?"))
    meet((questions, "require_answerable"))
    results = await both(
        two[0].act("unit", lambda ctx: questions.answer(ctx, asked.id, "On Monday.")),
        two[1].act("sokha", lambda ctx: questions.answer(ctx, asked.id, "On Tuesday.")),
    )
    assert kinds_of(results) == ["QuestionCard", "Refusal"]
    told = two[0].all(select(OutboxItem).where(OutboxItem.notice == "question_answered"))
    assert len(told) == 1
    (kept,) = two[0].all(select(Question.claimed_by))
    assert kept in (two[0].ids["unit"], two[0].ids["sokha"])


async def test_questionnaire__answered_while_it_is_taken_back__leaves_no_answer(
    two: Two, meet: Meet
) -> None:
    class_id = await held_class(two[0], seats=9)
    submission = await two[0].committer.hop(lambda ctx: owed(ctx, two[0].ids["dara"], class_id))
    meet((assignments, "open_assignment"), (recall, "_card"))
    answered, taken_back = await both(
        two[0].act("dara", lambda ctx: answering.take(ctx, submission)),
        two[1].act("unit", lambda ctx: recall.recall(ctx, class_id, REACTION_TRAINER.name)),
    )
    assert kinds_of([taken_back]) == ["RecallCard"]
    assert kinds_of([answered])[0] in ("Text", "Refusal")
    assert two[0].all(select(Assignment.state)) == [AssignmentState.RECALLED]
    assert two[0].all(select(Response)) == []


def owed(ctx: Ctx, person_id: int, class_id: int) -> Submission:
    """A questionnaire that is out, and what is about to be answered."""
    version = FormVersion(
        form="f",
        version=1,
        structure="",
        digest="",
        definition=to_json(FORM),
        made_at=ctx.now(),
    )
    assignment = Assignment(
        person_id=person_id,
        stage=REACTION_TRAINER.name,
        subject=f"class:{class_id}",
        occasion=ctx.now().date(),
        form=REACTION_TRAINER.form,
        class_id=class_id,
        opens_at=ctx.now(),
        closes_at=ctx.now() + dt.timedelta(days=5),
    )
    ctx.session.add_all([version, assignment])
    ctx.session.flush()
    assert version.id is not None
    return Submission(version.id, assignment.id, {}, {"overall": "4"})


async def test_two_rows__changed_in_opposite_order__both_changes_are_made(two: Two) -> None:
    barrier = threading.Barrier(2)
    rith, maly = two[0].ids["rith"], two[0].ids["maly"]

    def change(ctx: Ctx, order: tuple[int, int], column: str) -> None:
        for person_id in order:
            ctx.session.execute(
                update(Person).where(Person.id == person_id).values({column: "changed"})
            )
            try:
                barrier.wait(0.5)
            except threading.BrokenBarrierError:
                continue

    results = await both(
        two[0].act("unit", lambda ctx: change(ctx, (rith, maly), "grade")),
        two[1].act("sokha", lambda ctx: change(ctx, (maly, rith), "rank")),
    )
    assert results == [None, None]
    found = two[0].all(select(Person.grade, Person.rank).where(Person.id.in_((rith, maly))))
    assert [tuple(row) for row in found] == [("changed", "changed")] * 2
