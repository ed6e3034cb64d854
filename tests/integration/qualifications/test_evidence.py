"""A certificate from elsewhere: what it becomes, who decides, what follows, what is left."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import delete, select

from bot.context import Ctx
from bot.errors import Refusal
from bot.models.delivery import OutboxItem
from bot.models.people import Grant, Person, Role
from bot.models.qualifications import Curriculum, Evidence, EvidenceState
from bot.models.records import Equivalence, TrainingRecord
from bot.models.system import AuditEntry, Blob
from bot.people.access import OutOfReach
from bot.training.qualifications import evidence, evidence_cards
from bot.training.qualifications.evidence_records import ConfirmedAs
from tests.integration.qualifications.conftest import Academy
from tests.integration.qualifications.reminding import settle

DAY = dt.date(2026, 2, 20)
AS_VAL = ConfirmedAs("VAL", "", DAY)


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    return academy.curriculum("VALUER", "VAL", valid_months=24)


def sent(academy: Academy, who: str = "dara", title: str = "A valuation course") -> int:
    """A certificate of somebody; its id."""
    ctx = academy.acting(who)
    blob: Blob = academy.add(Blob(name="photo.jpg", content=b"x", made_at=ctx.now()))
    assert blob.id is not None
    evidence.receive(ctx, blob.id, blob.name)
    row = evidence.send(ctx, blob.id, title, DAY, is_photo=True)
    assert row.id is not None
    return row.id


def told(ctx: Ctx, notice: str) -> list[int | None]:
    query = select(OutboxItem.person_id).where(OutboxItem.notice == notice)
    return sorted(ctx.session.exec(query).all(), key=lambda one: one or 0)


def records(ctx: Ctx) -> list[tuple[int | None, str, dt.date]]:
    rows = ctx.session.exec(select(TrainingRecord)).all()
    return [(row.course_id, row.title, row.completed_on) for row in rows]


def test_certificate__sent__the_unit_is_told_and_nobody_else(academy: Academy) -> None:
    sent(academy)
    assert told(academy.ctx, "evidence_sent") == [academy.ids["unit"]]
    assert evidence_cards.count_waiting(academy.acting("unit")) == 1
    assert evidence_cards.count_waiting(academy.acting("dara")) == 0


def test_certificate__taken_back_before_the_unit_heard__is_not_told(academy: Academy) -> None:
    kept, gone = sent(academy), sent(academy)
    evidence.take_back(academy.acting("dara"), gone)
    (read,) = settle(academy)
    assert read.letter.buttons == (f"evidc:{kept}",)
    evidence.take_back(academy.acting("dara"), sent(academy))
    assert settle(academy) == []


def test_certificate__confirmed_as_a_course__is_a_record_and_earns(
    academy: Academy, valuer: Curriculum
) -> None:
    number = sent(academy)
    evidence.confirm(academy.acting("unit"), number, AS_VAL)
    assert records(academy.ctx) == [(academy.course("VAL").id, "", DAY)]
    assert academy.span("dara", valuer) == ("2026-02-20", "2028-02-20")
    assert told(academy.ctx, "evidence_decided") == [academy.ids["dara"]]
    card = evidence_cards.card(academy.acting("dara"), number)
    assert (card.state, card.counts_from) == (EvidenceState.CONFIRMED, DAY)


def test_certificate__confirmed_by_its_title__counts_by_equivalence(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.add(Equivalence(course_id=academy.course("VAL").id, title="CLiKC! Valuation"))
    number = sent(academy, title="clikc!   valuation")
    as_what = ConfirmedAs.of({"completed_on": str(DAY)}, "clikc! valuation")
    evidence.confirm(academy.acting("unit"), number, as_what)
    assert records(academy.ctx) == [(None, "clikc! valuation", DAY)]
    assert academy.held("dara", valuer) is not None


def test_certificate__of_what_is_known_already__makes_no_second_record(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("dara", "VAL", str(DAY))
    number = sent(academy)
    evidence.confirm(academy.acting("unit"), number, AS_VAL)
    assert len(records(academy.ctx)) == 1
    evidence.refuse(academy.acting("unit"), number, "It is of somebody else.")
    assert len(records(academy.ctx)) == 1, "the record was there before"
    assert academy.held("dara", valuer) is not None


def test_certificate__refused_after_it_counted__withdraws_what_it_earned(
    academy: Academy, valuer: Curriculum
) -> None:
    number = sent(academy)
    evidence.confirm(academy.acting("unit"), number, AS_VAL)
    evidence.refuse(academy.acting("unit"), number, "It is of somebody else.")
    assert records(academy.ctx) == []
    assert academy.held("dara", valuer) is None
    assert len(told(academy.ctx, "evidence_decided")) == 2


def test_certificate__sent_twice_and_both_confirmed__one_refused_leaves_the_record(
    academy: Academy, valuer: Curriculum
) -> None:
    first, second = sent(academy), sent(academy)
    for number in (first, second):
        evidence.confirm(academy.acting("unit"), number, AS_VAL)
    evidence.refuse(academy.acting("unit"), first, "The other one is enough.")
    assert academy.held("dara", valuer) is not None
    evidence.refuse(academy.acting("unit"), second, "That one neither.")
    assert academy.held("dara", valuer) is None


def test_certificate__decided__is_decided_once(academy: Academy) -> None:
    number = sent(academy)
    evidence.refuse(academy.acting("unit"), number, "It cannot be read.")
    with pytest.raises(Refusal, match="decided about already"):
        evidence.confirm(academy.acting("unit"), number, AS_VAL)
    with pytest.raises(Refusal, match="decided about already"):
        evidence.refuse(academy.acting("unit"), number, "Once more.")
    with pytest.raises(Refusal, match="decided about already"):
        evidence.take_back(academy.acting("dara"), number)


@pytest.mark.parametrize("who", ["sokha", "rith", "director"])
def test_certificate__of_somebody_else__is_for_the_unit_only(academy: Academy, who: str) -> None:
    number = sent(academy)
    ctx = academy.acting(who)
    for act in (
        lambda: evidence_cards.card(ctx, number),
        lambda: evidence.confirm(ctx, number, AS_VAL),
        lambda: evidence.refuse(ctx, number, "No."),
        lambda: evidence.ask_for_picture(ctx, number),
        lambda: evidence.take_back(ctx, number),
    ):
        with pytest.raises(OutOfReach):
            act()


def test_certificate__of_the_only_member_of_the_unit__is_left_to_an_executive(
    academy: Academy, valuer: Curriculum
) -> None:
    number = sent(academy, "unit")
    assert told(academy.ctx, "evidence_sent") == [academy.ids["director"]]
    unit, director = academy.acting("unit"), academy.acting("director")
    with pytest.raises(Refusal, match="Somebody else"):
        evidence.confirm(unit, number, AS_VAL)
    assert [line.id for line in evidence_cards.waiting(director)] == [number]
    assert evidence_cards.waiting(unit) == []
    (read,) = settle(academy)
    assert (read.who, read.letter.buttons) == ("director", (f"evidc:{number}",))
    other = sent(academy, "dara")
    with pytest.raises(OutOfReach):
        evidence.confirm(director, other, AS_VAL)
    assert evidence.confirm(director, number, AS_VAL).state is EvidenceState.CONFIRMED
    academy.grant("rith", Role.UNIT)
    assert evidence_cards.waiting(director) == []
    with pytest.raises(OutOfReach):
        evidence.confirm(director, sent(academy, "unit"), AS_VAL)


def test_certificate__of_who_is_alone__is_decided_by_themself_and_the_audit_says_so(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.ctx.session.execute(delete(Grant).where(Grant.role == Role.EXECUTIVE))
    number = sent(academy, "unit")
    assert told(academy.ctx, "evidence_sent") == []
    unit = academy.acting("unit")
    assert [line.id for line in evidence_cards.waiting(unit)] == [number]
    evidence.confirm(unit, number, AS_VAL)
    query = select(AuditEntry.details).where(AuditEntry.action == "evidence.confirmed")
    assert academy.ctx.session.exec(query).one()["own"]


def test_certificate__out_of_scope__is_not_for_this_unit(academy: Academy) -> None:
    number = sent(academy)
    academy.grant("rith", Role.UNIT, academy.add_unit("Bavet"))
    assert evidence_cards.waiting(academy.acting("rith")) == []
    with pytest.raises(OutOfReach):
        evidence.confirm(academy.acting("rith"), number, AS_VAL)


def test_certificate__of_a_leaver__waits_for_nobody(academy: Academy) -> None:
    sent(academy)
    academy.ctx.session.get_one(Person, academy.ids["dara"]).active = False
    assert evidence_cards.waiting(academy.acting("unit")) == []


def test_file__of_somebody_else__cannot_be_sent(academy: Academy) -> None:
    sent(academy)
    row = academy.ctx.session.exec(select(Evidence)).one()
    assert row.blob_id is not None
    with pytest.raises(OutOfReach):
        evidence.send(academy.acting("rith"), row.blob_id, "Mine", DAY, is_photo=True)


def test_certificate__of_a_day_to_come_or_many_at_once__is_refused(academy: Academy) -> None:
    for _number in range(evidence.MOST_WAITING - 1):
        sent(academy)
    ctx = academy.acting("dara")
    blob: Blob = academy.add(Blob(name="a.pdf", content=b"x", made_at=ctx.now()))
    evidence.receive(ctx, blob.id, blob.name)
    assert blob.id is not None
    tomorrow = ctx.today() + dt.timedelta(days=1)
    with pytest.raises(Refusal, match="not come yet"):
        evidence.send(ctx, blob.id, "Later", tomorrow, is_photo=False)
    evidence.send(ctx, blob.id, "The last one", DAY, is_photo=False)
    with pytest.raises(Refusal, match="still wait"):
        evidence.receive(ctx, blob.id, blob.name)


def test_picture__asked_for_many_times__comes_once_a_minute(academy: Academy) -> None:
    number = sent(academy)
    for _press in range(5):
        evidence.ask_for_picture(academy.acting("unit"), number)
    assert told(academy.ctx, "evidence_picture") == [academy.ids["unit"]]


def test_acts__on_a_certificate__stand_in_the_audit(academy: Academy, valuer: Curriculum) -> None:
    number = sent(academy)
    evidence.confirm(academy.acting("unit"), number, AS_VAL)
    evidence.refuse(academy.acting("unit"), number, "No.")
    evidence.take_back(academy.acting("dara"), sent(academy))
    query = select(AuditEntry.action).where(AuditEntry.object_kind == "evidence")
    assert academy.ctx.session.exec(query.order_by(AuditEntry.id)).all() == [
        "evidence.sent", "evidence.confirmed", "evidence.refused", "evidence.sent",
        "evidence.taken_back",
    ]  # fmt: skip
