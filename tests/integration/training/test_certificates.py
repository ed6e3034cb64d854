"""Certificates: numbers and codes, who may change them, what a code tells, what is printed."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.errors import Refusal
from bot.i18n import render
from bot.models.chats import Chat
from bot.models.people import Role
from bot.models.records import Certificate
from bot.models.training import EnrolmentState, TrainingClass
from bot.people import invites
from bot.people.access import OutOfReach
from bot.training import (
    certificate_cards,
    certificates,
    closing,
    enrolling,
    verification,
)
from bot.training.verification import Finding
from tests.integration.training.conftest import School


@pytest.fixture
def held(school: School) -> TrainingClass:
    """A class of two that is over, with everybody noted as having attended."""
    made = school.hold(seats=5, trainer_id=school.trainer().id)
    for key in ("dara", "bopha"):
        row = enrolling.admit(school.ctx, made.id, school.ids[key])
        enrolling.note(school.ctx, row.id, EnrolmentState.ATTENDED)
    school.pass_days(30)
    invites.remember_bot_name(school.ctx.session, "rollcall_bot")
    return made


@pytest.fixture
def issued(school: School, held: TrainingClass) -> Certificate:
    """Dara's certificate; Bopha has one, too."""
    closing.close(school.acting("trainer"), held.id)
    found = certificates.valid_of(school.ctx, school.enrolment("dara", held).id)
    assert found is not None
    return found


def test_numbers__run_within_a_year_and_begin_anew(
    school: School, held: TrainingClass, issued: Certificate
) -> None:
    numbers = {one.number for one in certificate_cards.of_class(school.acting("unit"), held.id)}
    assert numbers == {"2026-0001", "2026-0002"}
    school.pass_days(365)
    anew = certificates.reissue(school.acting("unit"), issued.id or 0, "A letter was missing.")
    assert anew.number == "2027-0001"


def test_numbers__past_the_ten_thousandth__go_on(
    school: School, held: TrainingClass, issued: Certificate
) -> None:
    issued.number = "2026-9999"
    school.ctx.session.flush()
    unit = school.acting("unit")
    anew = certificates.reissue(unit, issued.id or 0, "Once more.")
    again = certificates.reissue(unit, anew.id or 0, "And once more.")
    assert (anew.number, again.number) == ("2026-10000", "2026-10001")


def test_reissue__the_old_one_is_revoked_and_left_out_of_the_list(
    school: School, held: TrainingClass, issued: Certificate
) -> None:
    unit = school.acting("unit")
    anew = certificates.reissue(unit, issued.id or 0, "The name was misspelt.")
    assert anew.replaces_id == issued.id
    assert anew.code != issued.code
    assert issued.revoked_why == "The name was misspelt."
    listed = {one.id for one in certificate_cards.of_class(unit, held.id)}
    assert anew.id in listed
    assert issued.id not in listed
    assert school.told("dara", "certificate_revoked") == []


def test_revoke__twice__is_refused(school: School, issued: Certificate) -> None:
    unit = school.acting("unit")
    certificates.revoke(unit, issued.id or 0, "Issued by mistake.")
    with pytest.raises(Refusal) as refused:
        certificates.revoke(unit, issued.id or 0, "Again.")
    assert render(refused.value.sentence, "en") == "This certificate is revoked already."
    assert len(school.told("dara", "certificate_revoked")) == 1


@pytest.mark.parametrize("who", ["trainer", "dara", "sokha"])
def test_revoke__by_others_than_the_unit__is_out_of_reach(
    school: School, issued: Certificate, who: str
) -> None:
    with pytest.raises(OutOfReach):
        certificates.revoke(school.acting(who), issued.id or 0, "I say so.")


def test_unit_of_another_part__does_not_see_or_change_it(
    school: School, held: TrainingClass, issued: Certificate
) -> None:
    far = school.add_unit("Coral")
    school.person("bopha").unit_id = far.id
    school.add_person("coral_desk", unit_id=far.id)
    school.grant("coral_desk", Role.UNIT, far)
    ctx = school.acting("coral_desk")
    assert [one.person_id for one in certificate_cards.of_class(ctx, held.id)] == [
        school.ids["bopha"]
    ]
    with pytest.raises(OutOfReach):
        certificates.revoke(ctx, issued.id or 0, "Not mine.")
    with pytest.raises(OutOfReach):
        certificate_cards.kept(ctx, issued.id or 0)


def test_own__of_somebody_else_or_nobody__is_refused_alike(
    school: School, issued: Certificate
) -> None:
    assert certificate_cards.own(school.acting("dara"), issued.id or 0).number == issued.number
    heard = set()
    for number in (issued.id or 0, 9999):
        with pytest.raises(OutOfReach) as refused:
            certificate_cards.own(school.acting("bopha"), number)
        heard.add(refused.value.sentence.msgid)
    assert len(heard) == 1


def test_code__however_it_is_typed__is_confirmed(school: School, issued: Certificate) -> None:
    spelled = verification.spelled(issued.code)
    for typed in (spelled, spelled.lower(), issued.code, f"  {spelled.replace('-', ' ')} "):
        verdict = verification.verify(school.acting("maly"), typed)
        assert (verdict.finding, verdict.issued_on) == (Finding.VALID, issued.issued_on)


def test_code__of_a_revoked_one__is_genuine_but_not_valid(
    school: School, issued: Certificate
) -> None:
    certificates.revoke(school.acting("unit"), issued.id or 0, "Issued by mistake.")
    assert verification.verify(school.acting("maly"), issued.code).finding is Finding.REVOKED


def test_link__of_the_paper__holds_the_code(school: School, issued: Certificate) -> None:
    (paper,) = certificate_cards.printed(school.ctx, [issued.id or 0])
    payload = paper.link.partition("start=")[2]
    assert verification.code_of_link(payload) == issued.code
    assert verification.code_of_link(f"v{payload}") is None
    assert verification.code_of_link("v-Aq8Zr0pTtGk3mQxYw2Lc1") is None  # an invite


def test_guessing__five_codes_of_nobody__locks_for_an_hour(
    school: School, issued: Certificate
) -> None:
    ctx = school.acting("maly")
    for _try in range(5):
        assert verification.verify(ctx, "2222-2222-2222").finding is Finding.UNKNOWN
    locked = verification.verify(ctx, issued.code)
    assert locked.finding is Finding.LOCKED
    assert locked.until == school.ctx.now() + dt.timedelta(hours=1)
    chat = school.ctx.session.get_one(Chat, ctx.actor.user_id)
    assert chat.locked_until == locked.until
    school.pass_days(1)
    assert verification.verify(ctx, issued.code).finding is Finding.VALID


def test_paper__names_in_both_scripts_or_what_there_is(
    school: School, held: TrainingClass, issued: Certificate
) -> None:
    held.language = "km"
    dara = school.person("dara")
    (paper,) = certificate_cards.printed(school.ctx, [issued.id or 0])
    assert (paper.local, paper.name_local, paper.name_english) == ("km", "", "Sok Dara")
    dara.names = {"km": "សុខ ដារ៉ា"}
    (paper,) = certificate_cards.printed(school.ctx, [issued.id or 0])
    assert (paper.name_local, paper.name_english) == ("សុខ ដារ៉ា", "Sok Dara")
    assert (paper.first, paper.last) == (held.starts_on, held.ends_on)
