"""What is still to be completed to earn or renew, and the class that brings it soonest."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.errors import Refusal
from bot.models.qualifications import AssignedBy, Curriculum, CurriculumAssignment
from bot.models.records import Equivalence
from bot.models.training import EnrolmentState, Entry
from bot.training.qualifications import missing
from bot.training.qualifications.missing import Need, Way
from bot.training.qualifications.next_classes import next_of
from tests.integration.qualifications.conftest import Academy


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    """Valuation is required, and one of two more; a year, 90 days of window."""
    row = academy.curriculum("VALUER", "VAL; HS?; ORI?", needed=2, valid_months=12)
    academy.add(
        CurriculumAssignment(
            person_id=academy.ids["dara"],
            curriculum_id=row.id,
            assigned_by=AssignedBy.HAND,
            from_on=academy.ctx.today(),
            made_at=academy.ctx.now(),
        )
    )
    return row


def way(academy: Academy, curriculum: Curriculum, who: str = "dara") -> Way:
    assert curriculum.id is not None
    return missing.of_person(academy.acting(who), academy.ids[who], curriculum.id)


def needs(academy: Academy, curriculum: Curriculum) -> dict[str, Need]:
    return {need.code: need for need in way(academy, curriculum).needs}


def test_not_earned__completions_of_any_age_count(academy: Academy, valuer: Curriculum) -> None:
    academy.complete("dara", "VAL", "2001-05-05")
    found = needs(academy, valuer)
    assert found["VAL"].done_on == dt.date(2001, 5, 5)
    assert [code for code, need in found.items() if need.optional] == ["HS", "ORI"]
    assert way(academy, valuer).more == 1


def test_not_earned__by_an_equivalent__counts(academy: Academy, valuer: Curriculum) -> None:
    academy.add(Equivalence(course_id=academy.course("HS").id, title="CLiKC! HS"))
    academy.record("dara", "", "2025-05-05", title="clikc! hs")
    assert needs(academy, valuer)["HS"].done_on == dt.date(2025, 5, 5)
    assert way(academy, valuer).more == 0


def test_earned__before_the_window__an_early_completion_is_named(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("dara", "VAL", "2025-10-01")
    academy.complete("dara", "HS", "2025-10-01")
    academy.complete("dara", "VAL", "2026-02-01")
    found = needs(academy, valuer)
    assert (found["VAL"].done_on, found["VAL"].early_on) == (None, dt.date(2026, 2, 1))
    assert found["HS"].early_on is None


def test_earned__in_the_window__what_was_completed_in_it_counts(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("dara", "VAL", "2025-03-20")
    academy.complete("dara", "HS", "2025-03-20")
    academy.complete("dara", "VAL", "2026-01-10")
    found = way(academy, valuer)
    assert {need.code: str(need.done_on) for need in found.needs} == {
        "VAL": "2026-01-10", "HS": "None", "ORI": "None",
    }  # fmt: skip
    assert found.more == 1


def test_renewal__by_another_curriculum__names_it_and_the_old_way_once_lapsed(
    academy: Academy,
) -> None:
    refresher = academy.curriculum("REF", "ORI", title="The Refresher")
    row = academy.curriculum("VALUER", "VAL", valid_months=12, renewed_by_id=refresher.id)
    academy.complete("dara", "VAL", "2025-03-20")
    found = way(academy, row)
    assert [need.code for need in found.needs] == ["ORI"]
    assert found.through is not None
    assert (found.through.best("en"), found.instead) == ("The Refresher", None)
    academy.pass_days(60)
    lapsed = way(academy, row)
    assert lapsed.instead is not None
    assert lapsed.instead.best("en") == "Title VALUER"


def test_lapsed__with_the_old_way_nearly_done__that_one_is_shown(academy: Academy) -> None:
    refresher = academy.curriculum("REF", "ORI; HS")
    row = academy.curriculum("VALUER", "VAL; LAW", valid_months=12, renewed_by_id=refresher.id)
    for course in ("VAL", "LAW"):
        academy.complete("dara", course, "2024-03-20")
    academy.complete("dara", "LAW", "2026-02-01")
    assert [need.code for need in way(academy, row).needs] == ["VAL", "LAW"]


def test_never_ending__asks_for_nothing(academy: Academy) -> None:
    row = academy.curriculum("EVER", "VAL")
    academy.complete("dara", "VAL", "2020-01-01")
    assert way(academy, row).needs == ()


def test_curriculum__of_no_concern__is_refused(academy: Academy, valuer: Curriculum) -> None:
    with pytest.raises(Refusal, match="neither held nor required"):
        way(academy, valuer, "rith")


def test_next_class__open_ones_before_those_of_others_and_those_without_dates(
    academy: Academy,
) -> None:
    course_id = academy.course("VAL").id
    assert course_id is not None

    def nearest() -> str:
        found = next_of(academy.acting("dara"), academy.ids["dara"], [course_id])
        return found[course_id].code if found else ""

    assert nearest() == ""
    academy.hold(begins_in=None, code="GATHERS")
    assert nearest() == "GATHERS"
    academy.hold(begins_in=3, code="NAMED", entry=Entry.NOMINATED)
    assert nearest() == "NAMED"
    academy.hold(begins_in=40, code="LATER")
    academy.hold(begins_in=20, code="SOONER")
    academy.hold(begins_in=10, code="CLOSED", enrol_by=academy.ctx.today() - dt.timedelta(days=1))
    academy.hold(begins_in=5, code="CANCELLED", cancelled_at=academy.ctx.now())
    assert nearest() == "SOONER"


def test_next_class__one_is_on_the_list_of__comes_first(academy: Academy) -> None:
    course_id = academy.course("VAL").id
    assert course_id is not None
    academy.hold(begins_in=20, code="SOONER")
    later = academy.hold(begins_in=40, code="LATER")
    academy.request("dara", later)
    found = next_of(academy.acting("sokha"), academy.ids["dara"], [course_id])[course_id]
    assert (found.code, found.state) == ("LATER", EnrolmentState.REQUESTED)


def test_next_class__whose_needs_are_met__comes_before_one_that_asks_more(
    academy: Academy,
) -> None:
    hard, easy = academy.course("VAL", prerequisites="LAW"), academy.course("VAL2")
    academy.course("LAW")
    academy.add(Equivalence(course_id=hard.id, title="VAL2", other_course_id=easy.id))
    academy.hold(begins_in=10, code="HARD")
    academy.hold(begins_in=30, course="VAL2", code="EASY")
    assert hard.id is not None
    found = next_of(academy.acting("dara"), academy.ids["dara"], [hard.id])
    assert found[hard.id].code == "EASY"
    academy.record("dara", "LAW", "2025-01-01")
    assert next_of(academy.acting("dara"), academy.ids["dara"], [hard.id])[hard.id].code == "HARD"
