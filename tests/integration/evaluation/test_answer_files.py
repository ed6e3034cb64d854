"""Files as answers: kept as long as the response, gone with it, never another's."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot import app as root
from bot.errors import Refusal
from bot.evaluation import answering, interviews
from bot.evaluation.results import Answered, of_class
from bot.events import Event, EventKind, SentFile
from bot.forms import answer_files, service
from bot.forms.definition import from_json, to_json
from bot.models.chats import Chat
from bot.models.evaluation import Assignment
from bot.models.forms import FormVersion, Response
from bot.models.people import Grant, Role
from bot.models.system import Blob
from bot.operations import erasure
from bot.people import privacy
from bot.scheduler.jobs import housekeeping
from handlers.edge import middleware
from tests.conftest import START
from tests.integration.evaluation.conftest import School
from tests.unit.forms.making import form_of, survey

FORM = form_of(
    survey(
        "type | name | label",
        "image | desk | Your desk?",
        "audio | told | What happens there?",
        "text | more | Anything else?",
        settings=("form_title | form_id", "Desk | reaction_trainer"),
    )
)


class Desk:
    """A trainer who answers a form with files, and what has been sent for it."""

    def __init__(self, school: School) -> None:
        self.school = school
        held = school.training_class(trainees=1)
        self.class_id = held.id
        self.person = school.person("Lead Trainer", active=False)
        self.ctx = school.as_person(self.person)
        version = FormVersion(
            form="reaction_trainer", version=1, structure="", digest="d",
            definition=to_json(FORM), made_at=START,
        )  # fmt: skip
        self.version = school.add(version)
        self.assignment = school.add(
            Assignment(
                person_id=self.person.id, class_id=held.id, stage="reaction_trainer",
                subject="class",
                form="reaction_trainer", occasion=held.ends_on, opens_at=START,
                closes_at=START.replace(year=2027),
            )
        )  # fmt: skip
        self.draft = service.begin(self.ctx, "reaction_trainer", assignment_id=self.assignment.id)

    def sends(self, name: str = "photo.jpg") -> int:
        blob = self.school.add(Blob(name=name, content=b"x", made_at=self.ctx.now()))
        answer_files.hold(self.ctx, self.draft, blob.id)
        return blob.id

    def hands_in(self, **answers: str) -> Response:
        submission = service.Submission(self.version.id, self.assignment.id, {}, answers)
        answering.take_trainer_reaction(self.ctx, submission)
        service.discard(self.ctx, self.draft)
        return self.school.session.exec(select(Response)).one()

    def left(self) -> list[int]:
        self.school.session.flush()
        return list(self.school.session.exec(select(Blob.id).order_by(Blob.id)))


@pytest.fixture
def desk(school: School) -> Desk:
    return Desk(school)


def test_file__handed_in__stays_with_its_response_and_what_it_replaced_goes(desk: Desk) -> None:
    first, second = desk.sends(), desk.sends()
    response = desk.hands_in(desk=f"{second}:photo.jpg")
    assert desk.left() == [second] != [first]
    desk.school.clock.advance(days=400)
    housekeeping.run(desk.school.ctx)
    assert desk.left() == [second]
    desk.school.session.delete(response)
    desk.school.session.flush()
    housekeeping.run(desk.school.ctx)
    assert desk.left() == []


def test_file__of_an_open_draft__waits_however_long_and_goes_with_it(desk: Desk) -> None:
    loose = desk.school.add(Blob(name="list.xlsx", content=b"x", made_at=desk.ctx.now()))
    sent = desk.sends()
    desk.school.clock.advance(days=31)
    housekeeping.run(desk.school.ctx)
    assert desk.left() == [sent] != [loose.id]
    service.discard(desk.ctx, desk.draft)
    assert desk.left() == []


def test_file__update_delivered_twice__is_the_first_answer_and_the_copy_is_swept(
    desk: Desk,
) -> None:
    root.register_speaking()
    school, account = desk.school, desk.ctx.actor.user_id
    school.add(
        Chat(
            user_id=account, person_id=desk.person.id, privacy_version=privacy.VERSION,
            asks=f"qf:{desk.draft}:desk", revision=1, shown_revision=1, message_id=5,
        )
    )  # fmt: skip
    desk.person.active = True
    service.open_draft(desk.ctx, desk.draft)
    edge = middleware.Desk(7, school.clock, school.settings)
    copies = [school.add(Blob(name="photo.jpg", content=b"x", made_at=START)) for _twice in (1, 2)]
    for blob in copies:
        sent = SentFile("f", "photo.jpg", 1, blob.id, is_photo=True)
        event = Event(9, EventKind.FILE, account, at=desk.ctx.now(), message_id=6, file=sent)
        middleware.handle(school.session, edge, event)
    draft = service.load(desk.ctx, desk.draft)
    assert draft is not None
    assert draft.state.answers == {"desk": f"{copies[0].id}:photo.jpg"}
    school.clock.advance(days=31)
    housekeeping.run(school.ctx)
    assert desk.left() == [copies[0].id]


def test_file__of_somebody_else_or_gone__is_refused_and_nothing_is_stored(desk: Desk) -> None:
    other = desk.school.add(Blob(name="photo.jpg", content=b"x", made_at=desk.ctx.now(),
                                 owner_id=desk.school.desk.id, draft_id=99))  # fmt: skip
    for number in (other.id, other.id + 1):
        with (
            pytest.raises(Refusal, match="no longer here"),
            desk.school.session.begin_nested(),
        ):
            desk.hands_in(desk=f"{number}:photo.jpg")
    assert desk.school.session.exec(select(Response)).all() == []


def test_erasure__takes_the_files_of_the_person__and_leaves_the_answers_of_others(
    desk: Desk,
) -> None:
    kept = desk.sends()
    response = desk.hands_in(desk=f"{kept}:photo.jpg", more="words")
    colleague = desk.school.person("Colleague")
    theirs = desk.school.add(Blob(name="photo.jpg", content=b"x", made_at=desk.ctx.now(),
                                  owner_id=colleague.id, draft_id=99))  # fmt: skip
    loose = desk.school.add(Blob(name="report.xlsx", content=b"x", made_at=desk.ctx.now()))
    ctx = desk.school.ctx
    erasure.erase(ctx, erasure.look(ctx, desk.person.staff_no))
    assert desk.left() == [theirs.id] != [loose.id]
    desk.school.session.refresh(response)
    assert response.answers == {}


def test_results__list_what_was_sent__by_its_name() -> None:
    given = [
        Answered("a", "", {"desk": "7:photo.jpg"}),
        Answered("b", "", {"told": "8:voice.ogg"}),
    ]
    found = of_class(FORM, given, 2, 5, anonymous=False)
    said = {one.name: one.texts for one in found.comments}
    assert said == {"desk": ("photo.jpg",), "told": ("voice.ogg",)}


def test_interview__with_a_file__keeps_it_and_says_its_name(desk: Desk) -> None:
    ctx = desk.school.as_person(desk.school.desk)
    desk.school.add(Grant(person_id=desk.school.desk.id, role=Role.UNIT, granted_at=START))
    blob = desk.school.add(Blob(name="photo.jpg", content=b"x", made_at=ctx.now()))
    answer_files.hold(ctx, 5, blob.id)
    desk.version.form = interviews.FORM
    submission = service.Submission(
        desk.version.id, None, {"class_id": desk.class_id}, {"desk": f"{blob.id}:photo.jpg"}
    )
    interviews.record(ctx, submission)
    ((said,),) = interviews.of_class(ctx, desk.class_id)
    assert said.answer == "photo.jpg"
    assert from_json(desk.version.definition).questions[0].type == "image"
