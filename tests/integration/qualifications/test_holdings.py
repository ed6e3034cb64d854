"""What people hold and are to earn, as it is shown: standing, order, reach, local days."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.models.qualifications import (
    AssignedBy,
    Curriculum,
    CurriculumAssignment,
    RequirementKind,
)
from bot.people.access import OutOfReach
from bot.training.qualifications import holdings
from bot.training.qualifications.holdings import Holding
from bot.training.qualifications.validity import Standing
from tests.integration.qualifications.conftest import Academy

CORE, ENHANCED = RequirementKind.CORE, RequirementKind.ENHANCED


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    """Two years, a window of 90 days, 30 days of grace; today is 2 March 2026."""
    return academy.curriculum("VALUER", "VAL", valid_months=24, grace_days=30)


def assign(
    academy: Academy,
    who: str,
    curriculum: Curriculum,
    due: str | None,
    kind: RequirementKind = CORE,
    by: AssignedBy = AssignedBy.HAND,
) -> CurriculumAssignment:
    row: CurriculumAssignment = academy.add(
        CurriculumAssignment(
            person_id=academy.ids[who],
            curriculum_id=curriculum.id,
            assigned_by=by,
            kind=kind,
            from_on=academy.ctx.today(),
            due_on=dt.date.fromisoformat(due) if due else None,
            made_at=academy.ctx.now(),
        )
    )
    return row


def lines(academy: Academy, who: str, asks: str = "") -> tuple[Holding, ...]:
    return holdings.of_person(academy.acting(asks or who), academy.ids[who]).lines


@pytest.mark.parametrize(
    ("completed", "standing", "waits"),
    [
        ("2025-06-01", Standing.HOLDS, False),
        ("2024-06-01", Standing.HOLDS, False),
        ("2024-05-31", Standing.DUE, True),
        ("2024-03-02", Standing.DUE, True),
        ("2024-03-01", Standing.OVERDUE, True),
        ("2024-01-31", Standing.OVERDUE, True),
        ("2024-01-30", Standing.LAPSED, False),
    ],
)
def test_standing__as_the_days_pass__from_valid_to_lapsed(
    academy: Academy, valuer: Curriculum, completed: str, standing: Standing, waits: bool
) -> None:
    academy.complete("dara", "VAL", completed)
    (line,) = lines(academy, "dara")
    assert (line.standing, line.waits) == (standing, waits)


def test_lapsed__once_it_is_required__waits(academy: Academy, valuer: Curriculum) -> None:
    academy.complete("dara", "VAL", "2022-01-01")
    assert not lines(academy, "dara")[0].waits
    assign(academy, "dara", valuer, None)
    assert lines(academy, "dara")[0].waits


def test_required__for_several_reasons__the_strictest_counts(
    academy: Academy, valuer: Curriculum
) -> None:
    assign(academy, "dara", valuer, "2026-06-01", ENHANCED)
    assign(academy, "dara", valuer, "2026-05-01", CORE, AssignedBy.POSITION)
    ended = assign(academy, "dara", valuer, "2026-04-01", CORE, AssignedBy.AUDIENCE)
    ended.ended_at = academy.ctx.now()
    academy.ctx.session.flush()
    (line,) = lines(academy, "dara")
    assert (line.is_core, str(line.due_on), line.standing) == (True, "2026-05-01", None)


def test_list__in_order__what_waits_first_and_what_lapsed_last(academy: Academy) -> None:
    for code, months in (("A", None), ("B", 12), ("C", 24), ("D", 12)):
        academy.curriculum(code, code, valid_months=months)
    for code, day in (
        ("A", "2020-01-01"), ("B", "2025-04-01"), ("C", "2025-01-01"), ("D", "2020-01-01")
    ):  # fmt: skip
        academy.complete("dara", code, day)
    late = academy.curriculum("E", "E")
    assign(academy, "dara", late, "2026-02-01")
    assert [line.code for line in lines(academy, "dara")] == ["E", "B", "C", "A", "D"]


def test_retired_curriculum__held__stays_and_asked_for__goes(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("dara", "VAL", "2025-06-01")
    assign(academy, "rith", valuer, "2026-06-01")
    valuer.active = False
    academy.ctx.session.flush()
    assert len(lines(academy, "dara")) == 1
    assert lines(academy, "rith") == ()


def test_today__is_that_of_the_holder(academy: Academy, valuer: Curriculum) -> None:
    """It is 02:00 UTC on 2 March: the day before in Pago Pago."""
    academy.complete("dara", "VAL", "2024-03-01")
    assert lines(academy, "dara", "unit")[0].standing is Standing.OVERDUE
    academy.person("dara").timezone = "Pacific/Pago_Pago"
    academy.ctx.session.flush()
    assert lines(academy, "dara", "unit")[0].standing is Standing.DUE


@pytest.mark.parametrize("who", ["sokha", "unit", "director", "dara"])
def test_person__seen_by_who_may__is_shown(academy: Academy, valuer: Curriculum, who: str) -> None:
    academy.complete("dara", "VAL", "2025-06-01")
    assert len(lines(academy, "dara", who)) == 1


@pytest.mark.parametrize("who", ["rith", "trainer"])
def test_person__seen_by_others__is_refused(
    academy: Academy, valuer: Curriculum, who: str
) -> None:
    academy.complete("dara", "VAL", "2025-06-01")
    with pytest.raises(OutOfReach):
        lines(academy, "dara", who)


def test_team__holds_its_own_people_only__what_waits_first(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("rith", "VAL", "2025-06-01")
    academy.complete("dara", "VAL", "2024-05-01")
    academy.complete("trainer", "VAL", "2024-05-01")
    assign(academy, "maly", valuer, "2026-03-20")
    page = holdings.of_team(academy.acting("sokha"), 0)
    assert [line.name.best("en") for line in page.lines] == ["Ouk Maly", "Sok Dara", "Nhem Rith"]
    assert page.waiting == 2
    assert holdings.of_team(academy.acting("rith"), 0).lines == ()


def test_team__of_guests_and_leavers__is_empty(academy: Academy, valuer: Curriculum) -> None:
    academy.complete("dara", "VAL", "2024-05-01")
    academy.complete("rith", "VAL", "2024-05-01")
    academy.person("dara").guest = True
    academy.person("rith").active = False
    academy.ctx.session.flush()
    assert holdings.of_team(academy.acting("sokha"), 0).lines == ()
    assert lines(academy, "dara", "unit") == ()


def test_team__of_many_lines__is_turned_by_page(academy: Academy) -> None:
    for number in range(4):
        curriculum = academy.curriculum(f"C{number}", "VAL")
        for who in ("dara", "rith", "maly"):
            assign(academy, who, curriculum, f"2026-04-{number + 1:02}")
    first, last = (holdings.of_team(academy.acting("sokha"), number) for number in (0, 9))
    assert (len(first.lines), first.pages, last.number, len(last.lines)) == (8, 2, 1, 4)


def test_withdrawn__is_shown_to_nobody(academy: Academy, valuer: Curriculum) -> None:
    academy.complete("dara", "VAL", "2025-06-01")
    row = academy.held("dara", valuer)
    assert row is not None
    row.withdrawn_at, row.current = academy.ctx.now(), False
    academy.ctx.session.flush()
    assert lines(academy, "dara") == ()
