"""Places of people who have left go to those who wait."""

from __future__ import annotations

import pytest

from bot.models.training import EnrolmentState
from bot.people import leavers
from bot.training import leaving
from tests.integration.training.conftest import School

S = EnrolmentState


def test_leaver__with_the_only_seat_of_a_class_to_come__the_next_in_line_has_it(
    school: School,
) -> None:
    held = school.hold(seats=1)
    first, second = school.approved("dara", held), school.approved("rith", held)
    assert (first.state, second.state) == (S.ENROLLED, S.APPROVED)
    school.person("dara").active = False
    leavers.left(school.ctx, [school.ids["dara"]])
    assert (first.state, second.state) == (S.CANCELLED, S.ENROLLED)


def test_leaver__waiting_or_interested__is_off_the_lists(school: School) -> None:
    waits = school.request("dara", school.hold())
    school.person("dara").active = False
    leavers.left(school.ctx, [school.ids["dara"]])
    assert waits.state is S.CANCELLED


@pytest.mark.parametrize("days", [1, 20])
def test_leaver__after_the_class_began__stays_on_its_list(school: School, days: int) -> None:
    held = school.hold(begins_in=1)
    row = school.approved("dara", held)
    school.clock.advance(days=days, hours=12)
    school.person("dara").active = False
    leavers.left(school.ctx, [school.ids["dara"]])
    assert row.state is S.ENROLLED


def test_leaver__noticed_twice__changes_nothing_more(school: School) -> None:
    held = school.hold(seats=1)
    row = school.approved("dara", held)
    school.person("dara").active = False
    for _time in range(2):
        leavers.left(school.ctx, [school.ids["dara"]])
    rules = [change.rule for change in school.changes(row)]
    assert rules.count(leaving.HAS_LEFT) == 1
    assert row.state is S.CANCELLED


def test_leaver__others_of_the_class__keep_their_places(school: School) -> None:
    held = school.hold(seats=5)
    gone, stays = school.approved("dara", held), school.approved("rith", held)
    school.person("dara").active = False
    leavers.left(school.ctx, [school.ids["dara"]])
    assert (gone.state, stays.state) == (S.CANCELLED, S.ENROLLED)
