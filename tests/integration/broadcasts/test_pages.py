"""What the pages and the report of a message rest on: previews, questionnaires, the workbook."""

from __future__ import annotations

import io

import openpyxl
import pytest
from sqlalchemy import select

from bot.campaigns.broadcasts import answering, drafting, lacking, previewing, recent, sending
from bot.delivery.claim import Claimed
from bot.delivery.failures import Failure, SendResult
from bot.errors import Refusal
from bot.forms import service, versions
from bot.forms.service import Submission
from bot.i18n import render
from bot.models.broadcasts import BroadcastKind
from bot.models.forms import Response
from bot.models.people import Grant, Person, Role, Unit
from bot.people.access import OutOfReach
from bot.reports import broadcast
from bot.reports.registry import WHOLE
from tests.integration.broadcasts.conftest import EXECUTIVE, MAKER, SECOND, Desk
from tests.unit.forms.making import form_of, survey

OFFICER = 10
SCANNERS = survey(
    "type | name | label | required",
    "integer | scanners | How many scanners? | yes",
    settings=("form_title | form_id", "Scanners | scanners"),
)
SECRET = survey(
    "type | name | label | required",
    "integer | mood | How are you? | yes",
    settings=("form_title | form_id | anonymous", "Mood | mood | yes"),
)

NAMELESS = survey(
    "type | name | label | required",
    "integer | scanners | How many scanners? | yes",
    settings=("form_title | form_id | anonymous", "Scanners | scanners | yes"),
)


def flaky(desk: Desk, message: Claimed) -> SendResult:
    """Some have blocked the bot, of some it is not known."""
    if message.user_id % 4 == 0:
        return SendResult(failure=Failure.BLOCKED)
    if message.user_id % 7 == 0:
        return SendResult(failure=Failure.UNKNOWN)
    return desk.arrive(message)


def published(desk: Desk) -> int:
    """The id of the questionnaire with names; another one is without."""
    with desk.acting(None) as ctx:
        versions.publish(ctx, "mood", form_of(SECRET))
        return versions.publish(ctx, "scanners", form_of(SCANNERS))


def asking(desk: Desk) -> int:
    """A message that asks to answer, and has gone out."""
    published(desk)
    return asking_too(desk)


def asking_too(desk: Desk) -> int:
    """One more with the same questionnaire."""
    about = desk.draft()
    with desk.acting() as ctx:
        drafting.set_form(ctx, about, "scanners")
        drafting.set_buttons(ctx, about, ["answer"])
        sending.send(ctx, about)
    desk.run_to_the_end()
    return about


def submitted(desk: Desk, about: int, person_id: int, number: int) -> None:
    with desk.acting(person_id) as ctx:
        version = versions.current_version(ctx, "scanners")
        purpose = {answering.PURPOSE: about}
        answering.take(ctx, Submission(version, None, purpose, {"scanners": number}))


def test_preview__in_the_reader_s_language__says_who_is_not_meant(desk: Desk) -> None:
    about = desk.draft()
    with desk.acting() as ctx:
        for person in ctx.session.scalars(select(Person).where(Person.id == OFFICER)):
            person.language = "km"
        drafting.set_buttons(ctx, about, ["read"])
        with pytest.raises(Refusal):
            drafting.set_audience(ctx, about, "position")
        drafting.set_audience(ctx, about, "language km")
    with desk.acting() as ctx:
        seen = previewing.as_person(ctx, about, OFFICER)
        assert seen.language == "km"
        assert seen.is_meant
        assert [render(one, "en") for one in seen.buttons] == ["Read and understood"]
        other = previewing.as_person(ctx, about, OFFICER + 1)
        assert (other.language, other.is_meant) == ("en", False)


def test_preview__by_a_branch__not_of_people_elsewhere(desk: Desk) -> None:
    with desk.acting(None) as ctx:
        far = Unit(name="Coast", path="Coast")
        ctx.session.add(far)
        ctx.session.flush()
        ctx.session.add(
            Grant(person_id=OFFICER, role=Role.UNIT, scope_unit_id=far.id, granted_at=ctx.now())
        )
    about = desk.draft()
    with desk.acting(OFFICER) as ctx:
        with pytest.raises(OutOfReach):
            previewing.as_person(ctx, about, OFFICER + 1)
        mine = drafting.create(ctx, "Mine", BroadcastKind.NEWS)
        drafting.set_text(ctx, mine.id, "en", "Hello")
        with pytest.raises(OutOfReach):
            previewing.as_person(ctx, mine.id, OFFICER + 1)


def test_choices__own_questionnaires_with_names__and_no_others(desk: Desk) -> None:
    version = published(desk)
    with desk.acting() as ctx:
        assert [one.name for one in answering.choices(ctx)] == ["scanners"]
        assert answering.choice(ctx, version).name == "scanners"
        with pytest.raises(Refusal):
            answering.choice(ctx, versions.current_version(ctx, "mood"))


def test_answers__once_by_name__and_by_those_it_was_sent_to(desk: Desk) -> None:
    about = asking(desk)
    submitted(desk, about, OFFICER, 3)
    with pytest.raises(Refusal, match="You have answered"):
        submitted(desk, about, OFFICER, 4)
    with desk.acting(OFFICER) as ctx, pytest.raises(Refusal, match="You have answered"):
        answering.title_for(ctx, about)
    with desk.acting(OFFICER + 1) as ctx:
        assert answering.title_for(ctx, about).best("en") == "Scanners"
    with desk.acting(MAKER) as ctx:
        found = answering.answers(ctx, about)
        assert [one.answers for one in found.people] == [{"scanners": 3}]
        assert [name for name, _label in found.questions] == ["scanners"]
        assert len(ctx.session.scalars(select(Response)).all()) == 1
    with desk.acting(OFFICER) as ctx, pytest.raises(OutOfReach):
        answering.answers(ctx, about)


def test_answers__to_two_messages_with_one_questionnaire__are_kept_apart(desk: Desk) -> None:
    first, second = asking(desk), asking_too(desk)
    submitted(desk, first, OFFICER, 3)
    submitted(desk, second, OFFICER, 4)
    with desk.acting(MAKER) as ctx:
        for about, number in ((first, 3), (second, 4)):
            found = answering.answers(ctx, about).people
            assert [one.answers for one in found] == [{"scanners": number}]


def test_answers__form_made_anonymous_meanwhile__are_neither_asked_for_nor_kept(
    desk: Desk,
) -> None:
    about, waiting = asking(desk), desk.draft()
    with desk.acting() as ctx:
        drafting.set_form(ctx, waiting, "scanners")
        drafting.set_buttons(ctx, waiting, ["answer"])
        assert lacking.of(ctx, waiting).faults == ()
    with desk.acting(None) as ctx:
        versions.publish(ctx, "scanners", form_of(NAMELESS))
    with desk.acting() as ctx:
        (fault,) = lacking.of(ctx, waiting).faults
        assert "is anonymous" in render(fault, "en")
        with pytest.raises(Refusal):
            sending.send(ctx, waiting)
    with desk.acting(OFFICER) as ctx, pytest.raises(Refusal, match="is anonymous"):
        answering.begin(ctx, about)
    with pytest.raises(Refusal, match="is anonymous"):
        submitted(desk, about, OFFICER, 3)
    with desk.acting(None) as ctx:
        assert ctx.session.scalars(select(Response)).all() == []


def test_answers__that_nobody_asked_for__are_not_kept(desk: Desk) -> None:
    published(desk)
    with desk.acting(OFFICER) as ctx:
        version = versions.current_version(ctx, "scanners")
        with pytest.raises(Refusal, match="Nobody has asked"):
            service.OWN[0](ctx, Submission(version, None, {}, {"scanners": 1}))


def test_report__numbers_names_and_answers__stand_in_the_workbook(desk: Desk) -> None:
    about = desk.draft()
    with desk.acting() as ctx:
        drafting.set_buttons(ctx, about, ["read"])
        sending.send(ctx, about)
    desk.run_to_the_end(lambda message: flaky(desk, message))
    with desk.acting() as ctx:
        short = broadcast.read(ctx, {"broadcast": about})
        whole = broadcast.read(ctx, {"broadcast": about, WHOLE: True})
    assert short.people == ()
    total = whole.report.tally.total
    assert len(whole.people) == total
    words = [render(line, "en") for line in broadcast.screens(short)[0].body]
    assert "Why not:" in words
    assert any("has blocked the bot" in line for line in words)
    *pictures, book = broadcast.files(whole, "ur")
    assert [one.content[:4] for one in pictures] == [b"\x89PNG"]
    by_office, why, everybody = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets
    assert by_office.max_row == 2 + len(whole.report.offices) + 1
    assert [cell.value for cell in by_office[by_office.max_row]][2] == total
    assert why.max_row > 2
    assert everybody.max_row == 2 + total


def test_report__before_it_has_recipients__and_by_strangers__refused(desk: Desk) -> None:
    about = desk.draft()
    with desk.acting() as ctx, pytest.raises(Refusal, match="gone to nobody yet"):
        broadcast.read(ctx, {"broadcast": about})
    with desk.acting(OFFICER) as ctx, pytest.raises(OutOfReach):
        broadcast.read(ctx, {"broadcast": about})
    for person_id in (SECOND, EXECUTIVE):
        with desk.acting(person_id) as ctx, pytest.raises(Refusal, match="gone to nobody yet"):
            broadcast.read(ctx, {"broadcast": about})


def test_recent__the_message_just_worked_on__is_offered_for_a_moment(desk: Desk) -> None:
    about = desk.draft()
    with desk.acting() as ctx:
        row = recent.worked_on(ctx)
        assert row is not None
        assert row.id == about
    with desk.acting(SECOND) as ctx:
        assert recent.worked_on(ctx) is None
    desk.clock.advance(seconds=5)
    with desk.acting() as ctx:
        assert recent.worked_on(ctx) is None
