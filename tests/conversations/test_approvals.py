"""Supervisors, deputies and the unit decide about training; officers hear what becomes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from bot.people import editing
from bot.training import enrolling
from tests.conversations import school
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]


async def test_request__approved_undone_and_approved__in_a_few_taps(
    stage: Stage, golden: Golden
) -> None:
    sokha, dara, rith = (
        await stage.join("sokha"),
        await stage.join("dara"),
        await stage.join("rith"),
    )
    class_id, other = school.hold(stage), school.hold(stage, "HS-1")
    with stage.database.transaction() as session:
        enrolling.admit(school.acting(stage, session, "unit"), other, stage.ids["maly"])
    await school.request(stage, class_id, "dara")
    await sokha.press("Approve")
    await sokha.press("Undo (10 seconds)")
    await sokha.press("Earlier trainings")
    await sokha.press("« The request")
    stale = sokha.data_of("Approve")
    await sokha.press("« Requests")
    await sokha.press_stale("Approve", stale)
    await sokha.press(sokha.phone.buttons[0])
    await sokha.press("Approve")
    late = sokha.data_of("Undo (10 seconds)")
    await stage.move(seconds=10)
    await sokha.press_stale("Undo (10 seconds)", late)
    await school.request(stage, class_id, "rith")
    await rith.forge("ap:2:yes")
    await sokha.press("Decline")
    await stage.restart()
    await sokha.type("We need the night shift.")
    await sokha.press("Submit")
    await stage.move(seconds=10)
    await dara.forge("ap:2:no")
    golden(stage, "approvals_decided")


async def test_requests__several_at_once__are_decided_as_a_stack(
    stage: Stage, golden: Golden
) -> None:
    sokha = await stage.join("sokha")
    for who in ("dara", "rith", "maly"):
        await stage.join(who)
    class_id = school.hold(stage, seats=2)
    await school.request(stage, class_id, "dara", "rith", "maly")
    await sokha.say("/start")
    await sokha.say("/approvals")
    await sokha.press("Approve all together")
    stale = sokha.data_of("Approve all 3")
    await sokha.press("« One by one")
    await sokha.press_stale("Approve all 3", stale)
    await sokha.press("Approve all together")
    await stage.restart()
    await sokha.press("Approve all 3")
    await sokha.press("Undo (10 seconds)")
    await sokha.press("Approve all together")
    await sokha.press("Approve all 3")
    await sokha.forge("apall:3")
    await sokha.forge("apall:99")
    await stage.move(seconds=10)
    golden(stage, "approvals_stack")


async def test_request__asked_back__is_answered_and_decided(stage: Stage, golden: Golden) -> None:
    sokha, dara, rith = (
        await stage.join("sokha"),
        await stage.join("dara"),
        await stage.join("rith"),
    )
    await school.request(stage, school.hold(stage), "dara")
    await sokha.press("Ask the officer")
    await sokha.type("Who takes over your night shift?")
    await sokha.press("Submit")
    await stage.move(seconds=10)
    await rith.forge("apanswer:1")
    await dara.press("Answer")
    await stage.restart()
    await dara.type("Rith does.")
    stale = dara.data_of("Submit")
    await dara.press("1")
    await dara.press_stale("Submit", stale)
    await dara.type("Rith does, he has agreed.")
    await dara.press("Submit")
    await dara.forge("apanswer:1")
    await sokha.press("Show the request")
    await sokha.press("Approve")
    await stage.move(seconds=10)
    golden(stage, "approvals_asked_back")


async def test_request__that_nobody_decides__goes_up_the_line_and_ends_with_the_class(
    stage: Stage, golden: Golden
) -> None:
    for who in ("sokha", "director", "unit", "dara"):
        await stage.join(who)
    late = school.hold(stage, "HS-1", first_day=dt.date(2026, 3, 5))
    await school.request(stage, school.hold(stage), "dara")
    await school.request(stage, late, "dara")
    await stage.move(days=4)
    await stage.move(days=7)
    golden(stage, "approvals_passed_on")


async def test_deputy__named_by_the_supervisor_and_by_the_unit__decides(
    stage: Stage, golden: Golden
) -> None:
    sokha, rith, unit = (
        await stage.join("sokha"),
        await stage.join("rith"),
        await stage.join("unit"),
    )
    for who in ("dara", "maly"):
        await stage.join(who)
    class_id = school.hold(stage)
    await school.request(stage, class_id, "dara")
    await rith.forge("dep")
    await sokha.say("/approvals")
    await sokha.press("Who stands in")
    await sokha.press("Somebody stands in for me")
    await sokha.type("sokha", "rith")
    await sokha.press("Nhem Rith, Poipet")
    await stage.restart()
    await sokha.type("2026-02-01")
    await sokha.press("Submit")
    await sokha.press("2")
    await sokha.type("2026-03-06")
    await sokha.press("Submit")
    await rith.press("Requests to decide")
    await rith.press("Sok Dara: Customs Valuation, VAL-1, Mar 23, 2026")
    await rith.press("Approve")
    await sokha.say("/approvals")
    await sokha.press("Who stands in")
    stale = sokha.data_of("End it for Keo Sokha")
    await sokha.press("« Requests")
    await sokha.press_stale("End it for Keo Sokha", stale)
    await unit.forge("depfor")
    await unit.type("sokha")
    await unit.press("Keo Sokha, Poipet")
    await unit.type("maly")
    await unit.press("Ouk Maly, Poipet")
    await unit.type("2026-03-10")
    await unit.press("Submit")
    await sokha.press("Who stands in")
    await sokha.press("End it for Keo Sokha")
    await rith.forge(f"depend:{stage.ids['director']}")
    golden(stage, "deputies")


async def test_letter__of_a_director__is_recorded_by_the_unit(
    stage: Stage, golden: Golden
) -> None:
    unit, sokha = await stage.join("unit"), await stage.join("sokha")
    for who in ("dara", "rith"):
        await stage.join(who)
    await school.request(stage, school.hold(stage), "dara", "rith")
    await unit.say("/approvals")
    await unit.press("2 with others")
    await unit.press(unit.phone.buttons[0])
    await unit.forge("ap:1:yes")
    await sokha.forge("apletter:1")
    await unit.press("Decide from a letter")
    await unit.press("It is approved")
    await stage.restart()
    await unit.type("12/2026", "2027-01-01", "2026-03-01")
    stale = unit.data_of("Submit")
    await unit.press("2")
    await unit.press_stale("Submit", stale)
    await unit.type("13/2026")
    await unit.press("Submit")
    await stage.move(seconds=10)
    await unit.forge("apletter:2")
    await unit.press("It is declined")
    await unit.type("14/2026", "2026-03-01", "The office has too few officers.")
    await unit.press("Submit")
    await stage.move(seconds=10)
    golden(stage, "decision_by_letter")


async def test_order__put_off_on_the_supervisors_request__frees_the_place(
    stage: Stage, golden: Golden
) -> None:
    sokha, unit, rith = (
        await stage.join("sokha"),
        await stage.join("unit"),
        await stage.join("rith"),
    )
    for who in ("dara", "maly"):
        await stage.join(who)
    class_id = school.hold(stage)
    await school.order(stage, class_id, "dara")
    await rith.forge("apoff:1")
    await sokha.press("Ask to put it off")
    await stage.restart()
    await sokha.type("The only one who can run the scanner.")
    stale = sokha.data_of("Submit")
    await sokha.press("1")
    await sokha.press_stale("Submit", stale)
    await sokha.type("The only one who can run the scanner until April.")
    await sokha.press("Submit")
    await sokha.forge("apoff:1")
    await unit.press("Decide")
    await unit.press("Put it off")
    await stage.move(seconds=10)
    await school.order(stage, class_id, "maly")
    await sokha.say("/approvals")
    await sokha.press("Ordered training")
    await sokha.press("Ouk Maly: Customs Valuation, VAL-1")
    await sokha.type("On leave.")
    await sokha.press("Submit")
    await unit.press("Decide")
    await unit.press("Leave it as ordered")
    await unit.type("The leave begins later.")
    await unit.press("Submit")
    await stage.move(seconds=10)
    golden(stage, "postponements")


async def test_officer__moved_to_another_team__brings_requests_and_places(
    stage: Stage, golden: Golden
) -> None:
    for who in ("sokha", "trainer", "dara"):
        await stage.join(who)
    seated, asked = school.hold(stage), school.hold(stage, "HS-1", first_day=dt.date(2026, 4, 20))
    with stage.database.transaction() as session:
        unit = school.acting(stage, session, "unit")
        enrolling.admit(unit, seated, stage.ids["dara"])
    await school.request(stage, asked, "dara")
    stage.write("-- Dara works for Vanna from today --")
    with stage.database.transaction() as session:
        unit = school.acting(stage, session, "unit")
        editing.edit(unit, stage.ids["dara"], {"supervisor": "1004"})
    await stage.settle()
    golden(stage, "new_in_team")
