"""Which day it is: that of whoever holds it, in every page, whoever reads it."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.errors import Refusal
from bot.models.qualifications import Curriculum
from bot.training.qualifications import extensions, figures, holdings, matrix
from bot.training.qualifications.marks import Mark
from bot.training.qualifications.validity import Standing
from tests.integration.qualifications.conftest import Academy

SAMOA = "Pacific/Pago_Pago"
"""Where it is still the first of March when the tests begin."""


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    """Dara and Rith have it until the first of March; of the two only Dara lives in Samoa."""
    academy.person("dara").timezone = SAMOA
    row = academy.curriculum("VALUER", "VAL", valid_months=24, title="Valuer")
    for key in ("dara", "rith"):
        academy.complete(key, "VAL", "2024-03-01")
    return row


def test_figures_and_lists__on_the_last_day_of_one_of_two__tell_them_apart(
    academy: Academy, valuer: Curriculum
) -> None:
    unit, about = academy.acting("unit"), valuer.id or 0
    assert figures.of_curriculum(unit, about).counts == {Mark.SOON: 1, Mark.GONE: 1}
    for mark, who in ((Mark.SOON, "dara"), (Mark.GONE, "rith")):
        page = figures.people(unit, about, mark, 0)
        assert [one.person_id for one in page.people] == [academy.ids[who]]


def test_matrix_and_own_page__on_the_last_day__say_the_same(
    academy: Academy, valuer: Curriculum
) -> None:
    found = matrix.of_office(academy.acting("unit"), academy.person("dara").unit_id)
    marks = {row.id: cell.mark for row in found.rows for cell in row.cells if cell is not None}
    assert marks == {academy.ids["dara"]: Mark.SOON, academy.ids["rith"]: Mark.GONE}
    for key, standing in (("dara", Standing.DUE), ("rith", Standing.LAPSED)):
        (line,) = holdings.of_person(academy.acting("unit"), academy.ids[key]).lines
        assert line.standing is standing


def test_extension__the_day_before_the_holder_s_today__gives_no_time(
    academy: Academy, valuer: Curriculum
) -> None:
    row = academy.held("dara", valuer)
    assert row is not None
    sokha = academy.acting("sokha")
    with pytest.raises(Refusal, match="Give a day after"):
        extensions.extend(sokha, row.id, dt.date(2026, 3, 1), "On mission.")
    assert extensions.extend(sokha, row.id, dt.date(2026, 3, 2), "On mission.").extended_until
