"""Curricula assigned by hand and to many: who may, to whom, and what they hear."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import select

from bot import policy
from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.service import Submission
from bot.i18n import render
from bot.models.people import Role
from bot.models.qualifications import AssignedBy, Curriculum, CurriculumAssignment, Requirement
from bot.models.system import AuditEntry
from bot.people import accounts, directory
from bot.people.access import OutOfReach
from bot.scheduler.jobs import qualifications
from bot.training.qualifications import assigning, assignments, by_hand, curricula, posts
from tests.integration.qualifications.conftest import Academy
from tests.integration.qualifications.reminding import play, settle, titles

EARN = "A qualification for you to earn"
JUNE = dt.date(2026, 6, 30)


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    return academy.curriculum("VALUER", "VAL", valid_months=24, title="Valuer")


def only(academy: Academy, who: str) -> CurriculumAssignment:
    (row,) = assignments.live(academy.ctx, academy.ids[who])
    return row


def submit(ctx: Ctx, **answers: str) -> str:
    sentence = assigning.submit_assign(ctx, Submission(1, None, {}, answers))
    return render(sentence, "en")


def test_assigned__by_the_unit__is_told_with_its_reason_and_kept_in_the_audit(
    academy: Academy, valuer: Curriculum
) -> None:
    said = submit(academy.acting("unit"), person="1011", curriculum="VALUER", kind="core",
                  due_on="2026-06-30", reason="You join the valuation desk.")  # fmt: skip
    assert said == "Valuer is assigned to Sok Dara. They are told."
    row = only(academy, "dara")
    assert (row.assigned_by, row.due_on) == (AssignedBy.HAND, JUNE)
    assert row.made_by == academy.ids["unit"]
    (read,) = settle(academy)
    for words in (EARN, "The training unit requires it of you.", "Reason: You join"):
        assert words in read.letter.text
    query = select(AuditEntry.details).where(AuditEntry.action == "assignment.made")
    assert academy.ctx.session.exec(query).one()["curriculum"] == "VALUER"


def test_assigned__a_second_time__says_so_and_tells_nothing(
    academy: Academy, valuer: Curriculum
) -> None:
    assigning.assign(academy.acting("unit"), academy.ids["dara"], valuer.id, JUNE)
    settle(academy)
    said = submit(academy.acting("unit"), person="1011", curriculum="VALUER", kind="core",
                  due_on="2026-06-30")  # fmt: skip
    assert said == "Sok Dara had Valuer to earn by Jun 30, 2026 already."
    assert settle(academy) == []


@pytest.mark.parametrize(
    ("first", "second", "stays", "said"),
    [
        (JUNE, "2026-05-31", dt.date(2026, 5, 31), "From now on it is to be earned by May 31"),
        (JUNE, "2026-07-31", JUNE, "has Valuer to earn by Jun 30, 2026 already, and the earlier "),
        (JUNE, "", JUNE, "has Valuer to earn by Jun 30, 2026 already, and the earlier day counts"),
        (None, "2026-06-30", JUNE, "already, without a last day. From now on it is to be earned "),
        (None, "", None, "Sok Dara had Valuer to earn already."),
    ],
)  # fmt: skip
def test_assigned__again_with_another_day__says_both_and_keeps_the_earlier(
    academy: Academy,
    valuer: Curriculum,
    first: dt.date | None,
    second: str,
    stays: dt.date | None,
    said: str,
) -> None:
    assigning.assign(academy.acting("unit"), academy.ids["dara"], valuer.id, first)
    sentence = submit(academy.acting("unit"), person="1011", curriculum="VALUER", kind="core",
                      due_on=second)  # fmt: skip
    assert said in sentence
    assert only(academy, "dara").due_on == stays


def test_assigned__to_many_with_a_later_day__keeps_the_earlier(
    academy: Academy, valuer: Curriculum
) -> None:
    unit, dara = academy.acting("unit"), academy.ids["dara"]
    assigning.assign_all(unit, [dara], valuer.id, JUNE)
    assigning.assign_all(unit, [dara], valuer.id, dt.date(2026, 7, 31))
    assert only(academy, "dara").due_on == JUNE


def test_assigned__what_is_held__is_not_said_to_be_told(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("dara", "VAL", "2026-02-01")
    settle(academy)
    said = submit(academy.acting("unit"), person="1011", curriculum="VALUER", kind="core")
    assert said == "Valuer is assigned to Sok Dara. They hold it, so nothing is sent to them now."
    assert settle(academy) == []


def test_assigned__to_somebody_who_blocked_the_bot__asks_to_tell_them(
    academy: Academy, valuer: Curriculum
) -> None:
    chat = accounts.of_person(academy.ctx, academy.ids["dara"])
    assert chat is not None
    chat.blocked_at = academy.ctx.now()
    said = submit(academy.acting("unit"), person="1011", curriculum="VALUER", kind="core")
    assert said.endswith("The bot does not reach them: please tell them yourself.")


def test_assigned__what_the_post_requires_already__is_nothing_new(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.add(Requirement(position="Officer", curriculum_id=valuer.id))
    posts.posts_changed(academy.ctx, ["Officer"])
    settle(academy)
    said = submit(academy.acting("unit"), person="1011", curriculum="VALUER", kind="core",
                  due_on="2026-06-30")  # fmt: skip
    assert "already, for another reason. The training unit asks for it by Jun 30, 2026" in said
    assert titles(settle(academy), "dara") == []
    assert titles(play(academy, "2026-06-30"), "dara") == [
        ("2026-05-31", "30 days left to earn a qualification"),
        ("2026-06-23", "7 days left to earn a qualification"),
        ("2026-06-30", "Today is the last day to earn a qualification"),
    ]


def test_assigned__with_a_week_left__is_reminded_on_the_last_day_only(
    academy: Academy, valuer: Curriculum
) -> None:
    day = academy.ctx.today() + dt.timedelta(days=8)
    assigning.assign(academy.acting("unit"), academy.ids["dara"], valuer.id, day)
    assert titles(play(academy, "2026-04-30"), "dara") == [
        ("2026-03-02", EARN),
        ("2026-03-10", "Today is the last day to earn a qualification"),
    ]


@pytest.mark.parametrize("who", ["dara", "sokha", "trainer", "director"])
def test_assigned__by_who_may_not__is_refused(
    academy: Academy, valuer: Curriculum, who: str
) -> None:
    with pytest.raises(OutOfReach):
        assigning.assign(academy.acting(who), academy.ids["rith"], valuer.id)


def test_assigned__outside_the_scope__is_refused_and_left_out(
    academy: Academy, valuer: Curriculum
) -> None:
    elsewhere = academy.add_unit("Sila")
    academy.add_person("far", unit_id=elsewhere.id)
    academy.add_person("visitor", guest=True)
    academy.add_person("local")
    academy.grant("local", Role.UNIT, academy.add_unit("Poipet desk"))
    academy.person("rith").unit_id = elsewhere.id
    academy.grant("rith", Role.UNIT, elsewhere)
    with pytest.raises(OutOfReach):
        assigning.assign(academy.acting("rith"), academy.ids["dara"], valuer.id)
    everybody = list(academy.ids.values())
    assert assigning.assign_all(academy.acting("rith"), everybody, valuer.id, JUNE) == 2
    assert only(academy, "far").assigned_by is AssignedBy.AUDIENCE
    assert assignments.live(academy.ctx, academy.ids["dara"]) == []
    assert assigning.assign_all(academy.acting("unit"), everybody, valuer.id, JUNE) == 10
    assert assignments.live(academy.ctx, academy.ids["visitor"]) == []


def test_assigned__to_many_again__is_new_to_nobody(academy: Academy, valuer: Curriculum) -> None:
    everybody = list(academy.ids.values())
    unit = academy.acting("unit")
    assert assigning.assign_all(unit, everybody, valuer.id, JUNE) == 10
    assert len(settle(academy)) == 10
    assert assigning.assign_all(unit, everybody, valuer.id, JUNE) == 0
    assert settle(academy) == []


def test_assigned__a_retired_curriculum_or_a_past_day__is_refused(
    academy: Academy, valuer: Curriculum
) -> None:
    unit, dara = academy.acting("unit"), academy.ids["dara"]
    with pytest.raises(Refusal, match="over already"):
        assigning.assign(unit, dara, valuer.id, dt.date(2026, 3, 1))
    valuer.active = False
    with pytest.raises(Refusal, match="retired"):
        assigning.assign(unit, dara, valuer.id)


def test_taken_away__by_hand__ends_it_unless_the_post_requires_it(
    academy: Academy, valuer: Curriculum
) -> None:
    unit, dara = academy.acting("unit"), academy.ids["dara"]
    assigning.assign(unit, dara, valuer.id, JUNE)
    assigning.assign_all(unit, [dara], valuer.id, JUNE)
    assert not by_hand.take_away(unit, dara, valuer.id, "Not needed.")
    assert assignments.live(academy.ctx, dara) == []
    assert settle(academy) == []
    with pytest.raises(Refusal, match="by hand any more"):
        by_hand.take_away(unit, dara, valuer.id, "Not needed.")
    academy.add(Requirement(position="Officer", curriculum_id=valuer.id))
    posts.posts_changed(academy.ctx, ["Officer"])
    assigning.assign(unit, dara, valuer.id, JUNE)
    assert by_hand.take_away(unit, dara, valuer.id, "Not needed.")
    with pytest.raises(Refusal, match="post requires"):
        by_hand.take_away(unit, dara, valuer.id, "Not needed.")
    with pytest.raises(OutOfReach):
        by_hand.take_away(academy.acting("sokha"), dara, valuer.id, "Not needed.")


def test_history__of_what_was_assigned_and_taken_away__names_who_when_and_why(
    academy: Academy, valuer: Curriculum
) -> None:
    unit, dara = academy.acting("unit"), academy.ids["dara"]
    other = academy.curriculum("OTHER", "HS")
    assigning.assign(unit, dara, valuer.id, JUNE, "You join the desk.")
    assigning.assign(unit, dara, other.id, JUNE)
    by_hand.take_away(unit, dara, valuer.id, "Not needed.")
    ended, made = by_hand.history(unit, dara, valuer.id)
    assert (ended.made, ended.due_on, ended.reason) == (False, None, "Not needed.")
    assert (made.made, made.due_on, made.reason) == (True, JUNE, "You join the desk.")
    assert made.who == ended.who == directory.name_of(academy.ctx.session, academy.ids["unit"])
    with pytest.raises(OutOfReach):
        by_hand.history(academy.acting("sokha"), dara, valuer.id)


def test_assigned__and_retired_since__is_asked_of_nobody_and_said_to_nobody(
    academy: Academy, valuer: Curriculum
) -> None:
    other = academy.curriculum("OTHER", "HS", title="Other")
    unit, dara = academy.acting("unit"), academy.ids["dara"]
    for row in (valuer, other):
        assigning.assign(unit, dara, row.id, JUNE)
    curricula.retire(unit, valuer.id)
    assert only(academy, "dara").curriculum_id == other.id
    read = play(academy, "2026-07-20")
    assert titles(read, "dara")[0] == ("2026-03-02", EARN)
    assert read
    assert not [one for one in read if "Valuer" in one.letter.text]
    curricula.bring_back(unit, valuer.id)
    assert only(academy, "dara").curriculum_id == other.id


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows from a retirement is long work that has not been done yet."""
    monkeypatch.setattr(posts, "FEW", 0)


def test_assigned__one_of_two_retired_before_it_goes__tells_the_other(
    academy: Academy, valuer: Curriculum, later: None
) -> None:
    other = academy.curriculum("CUSTOMS", "LAW", title="Customs officer")
    for row in (valuer, other):
        assigning.assign(academy.acting("unit"), academy.ids["dara"], row.id, JUNE)
    curricula.retire(academy.acting("unit"), valuer.id)
    (read,) = settle(academy)
    assert read.title == EARN
    assert "Customs officer" in read.letter.text
    assert "Valuer" not in read.letter.text


def test_due__one_of_two_retired_before_it_goes__tells_the_other(
    academy: Academy, valuer: Curriculum, later: None
) -> None:
    policy.change(academy.ctx, "go_live", "2026-01-01")
    other = academy.curriculum("CUSTOMS", "LAW", title="Customs officer")
    for row in (valuer, other):
        assigning.assign(academy.acting("unit"), academy.ids["dara"], row.id, JUNE)
    play(academy, "2026-06-29")
    academy.clock.set(dt.datetime(2026, 6, 30, 2, 1, tzinfo=dt.UTC))
    qualifications.run(academy.ctx)
    curricula.retire(academy.acting("unit"), valuer.id)
    (read,) = settle(academy)
    assert read.title == "Today is the last day to earn a qualification"
    assert "Customs officer" in read.letter.text
