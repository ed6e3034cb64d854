"""A basic course for recruits, put there off the stage: five trainees of two supervisors."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlmodel import Session, select

from bot.evaluation import behaviours, course_forms
from bot.evaluation.stages import POST_TEST, PRE_TEST
from bot.forms.importer import import_form
from bot.forms.versions import publish
from bot.models.evaluation import Assignment
from bot.models.people import Person, Posting
from bot.models.training import Course, Enrolment, EnrolmentState, Trainer, TrainingClass
from tests.cast import MEMBERS
from tests.conversations import school
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

RECRUITS = ("dara", "bopha", "bilal", "maly", "ayesha")
TEAMS = {"dara": "sokha", "bopha": "sokha", "maly": "sokha", "bilal": "rith", "ayesha": "rith"}
FIRST, LAST = dt.date(2026, 3, 23), dt.date(2026, 4, 24)
HIRED = dt.date(2026, 1, 5)
MOST_QUESTIONS = 60
TEST = Path(__file__).parent / "first_steps.md"
BEHAVIOURS = (
    ("Checks each declaration against its papers",
     "ពិនិត្យប្រតិវេទន៍នីមួយៗជាមួយឯកសារ", "ہر ڈیکلریشن کو کاغذات سے ملاتے ہیں"),
    ("Asks before guessing", "សួរមុនពេលទាយ", "اندازے سے پہلے پوچھتے ہیں"),
)  # fmt: skip


def found(stage: Stage) -> int:
    """The course with its class, its test and what it is to bring about; the class's id."""
    with stage.database.transaction() as session:
        course = Course(
            code="BASIC",
            title="Basic course for recruits",
            titles={"km": "វគ្គមូលដ្ឋានសម្រាប់មន្ត្រីថ្មី", "ur": "نئے افسران کا بنیادی کورس"},
            category="basic",
            hours=160,
            has_certificate=False,
        )
        trainer = Trainer(code="T1", person_id=stage.ids["trainer"])
        session.add_all([course, trainer])
        session.flush()
        held = TrainingClass(
            code="BASIC-1",
            course_id=course.id,
            starts_on=FIRST,
            ends_on=LAST,
            start_time=dt.time(8),
            end_time=dt.time(16),
            place="Training School",
            seats=12,
            trainer_id=trainer.id,
            coordinator_id=stage.ids["unit"],
        )
        session.add(held)
        session.flush()
        assert held.id is not None
        _teams(stage, session)
        for who in RECRUITS:
            session.add(_seat(held.id, stage.ids[who], stage))
        assert course.id is not None
        _evaluated(stage, session, course.id)
        return held.id


def _teams(stage: Stage, session: Session) -> None:
    for who, leader in TEAMS.items():
        person = school.person(session, stage, who)
        person.supervisor_id, person.hired_on = stage.ids[leader], HIRED
        for posting in session.exec(select(Posting).where(Posting.person_id == person.id)):
            posting.supervisor_id, posting.from_on = stage.ids[leader], HIRED


def _seat(class_id: int, person_id: int, stage: Stage) -> Enrolment:
    return Enrolment(
        class_id=class_id,
        person_id=person_id,
        state=EnrolmentState.ENROLLED,
        changed_at=stage.clock.now(),
    )


def _evaluated(stage: Stage, session: Session, course_id: int) -> None:
    unit = school.acting(stage, session, "unit")
    form = import_form(TEST.read_text("utf-8"), name=TEST.stem).definition
    assert form is not None, "the test beside this file has no faults"
    publish(unit, "first_steps", form)
    for at in (PRE_TEST, POST_TEST):
        course_forms.set_form(unit, course_id, at, "first_steps", pass_mark=60)
    for english, khmer, urdu in BEHAVIOURS:
        typed = {"behaviour": english, "behaviour_km": khmer, "behaviour_ur": urdu}
        behaviours.add(unit, course_id, typed)


def roster(**changed: str) -> list[tuple[object, ...]]:
    """The rows of the roster's workbook, some people under another supervisor."""
    bosses = {member.key: member.staff_no for member in MEMBERS}
    leaders = {member.key: member.supervisor for member in MEMBERS} | TEAMS | changed
    return [
        (
            member.staff_no,
            member.name,
            "Poipet",
            "Mekong",
            "Officer",
            bosses.get(leaders[member.key], ""),
        )
        for member in MEMBERS
    ]


async def answer_rest(actor: Actor) -> None:
    """Answer what is asked and submit it; see `answer_to_the_end`."""
    await actor.press(await answer_to_the_end(actor))


async def answer_to_the_end(actor: Actor) -> str:
    """Answer what is asked in any language: the highest but one on a scale, words where needed.

    The label of the button that submits it.
    """
    for _question in range(MOST_QUESTIONS):
        buttons = [button for row in actor.phone.last["rows"] for button in row]
        chosen = [one["text"] for one in buttons if one["data"].startswith("q:")]
        steps = {one["data"].split(":")[2].partition("~")[0]: one["text"] for one in buttons
                 if one["data"].startswith("f:")}  # fmt: skip
        assert steps, f"{actor.name} is asked nothing: {actor.phone.last['text']}"
        if "submit" in steps:
            return str(steps["submit"])
        if chosen:
            await actor.press(chosen[max(len(chosen) - 2, 0)])
        elif steps.keys() & {"done", "skip"}:
            await actor.press(steps.get("done") or steps["skip"])
        else:
            await actor.type("5")
    raise AssertionError(f"{actor.name} is asked without end: {actor.phone.last['text']}")


async def answer_all(stage: Stage, *actors: Actor) -> None:
    """These people answer everything that waits for them, off the record."""

    async def play() -> None:
        for actor in actors:
            for number in _owed(stage, actor):
                await actor.forge(f"t:{number}")
                await actor.press(actor.phone.last["rows"][0][0]["data"])
                await answer_rest(actor)

    await stage.off_record(play())


def _owed(stage: Stage, actor: Actor) -> list[int]:
    with stage.database.transaction(readonly=True) as session:
        rows = session.exec(
            select(Assignment.id)
            .where(
                Assignment.person_id == stage.ids[actor.name.casefold()],
                Assignment.state == "open",
                Assignment.closes_at > stage.clock.now(),
            )
            .order_by(Assignment.closes_at, Assignment.id)
        ).all()
    return [number for number in rows if number is not None]


def away(stage: Stage, who: str, until: dt.date) -> None:
    """Somebody is on leave until a day, as the roster has it."""
    with stage.database.transaction() as session:
        session.get_one(Person, stage.ids[who]).away_until = until
