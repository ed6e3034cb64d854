"""Audiences on the unit's phone: built, counted, explained, reported on, reached, assigned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from bot.campaigns.audiences import saved
from bot.campaigns.broadcasts import drafting, sending
from bot.models.broadcasts import Audience, Broadcast, BroadcastKind, BroadcastState
from bot.models.chats import Invite
from bot.models.people import FocalPoint, Person, Unit
from bot.models.qualifications import Curriculum, CurriculumAssignment, CurriculumItem
from bot.models.training import Course
from bot.models.work import WorkItem
from bot.work import runner
from bot.work.kinds import messenger_sheets
from bot.work.queue import Workshop, queue
from tests.conversations.school import acting
from tests.conversations.stage import Stage
from tests.conversations.test_broadcasts import unmoved

Golden = Callable[[Stage, str], None]


def audience(stage: Stage, name: str, rule: str = "") -> int:
    """An audience made off the stage; its id."""
    with stage.database.transaction() as session:
        return saved.create(acting(stage, session, "unit"), name, rule).id


def message(stage: Stage, rule: str, text: str) -> int:
    """A message sent off the stage; its id."""
    with stage.database.transaction() as session:
        ctx = acting(stage, session, "unit")
        about = drafting.create(ctx, "Scanner", BroadcastKind.NEWS, rule).id
        drafting.set_text(ctx, about, "en", text)
        return sending.send(ctx, about).id


def settle_posts(stage: Stage) -> None:
    """Maly and Ayesha serve at Bavet; Sokha is focal point of Poipet."""
    with stage.database.transaction() as session:
        poipet = session.get_one(Person, stage.ids["dara"]).unit_id
        region = session.get_one(Unit, poipet).parent_id
        bavet = Unit(name="Bavet", path="Mekong/Bavet", parent_id=region)
        session.add(bavet)
        session.flush()
        for key in ("maly", "ayesha"):
            person = session.get_one(Person, stage.ids[key])
            person.unit_id, person.position = bavet.id, "Inspector"
        session.add(FocalPoint(person_id=stage.ids["sokha"], unit_id=poipet))


async def test_audience__built_by_conditions__is_counted_and_explained(
    stage: Stage, golden: Golden
) -> None:
    settle_posts(stage)
    unit = await stage.join("unit")
    await stage.off_record(stage.join("maly"))
    await unit.say("/messages")
    await unit.press("Audiences")
    await unit.press("New audience")
    await unit.type("Inspectors")
    await unit.press("Submit")
    await unit.press("« Inspectors")
    await unit.press("Add a condition")
    await unit.press("Office")
    await unit.type("bav")
    await unit.press("Mekong/Bavet")
    await unit.press("Those of whom this is so")
    await unit.press("Submit")
    await unit.press("« Inspectors")
    await unit.press("Widen: or …")
    await unit.press("A list of staff numbers")
    await unit.type("1011 1013")
    await unit.press("Those of whom this is so")
    await stage.restart()
    await unit.press("Submit")
    await unit.press("« Inspectors")
    await unit.press("Narrow: and …")
    await unit.press("Gender")
    await unit.type("F")
    await unit.press("F")
    await unit.press("All others")
    await unit.press("Submit")
    await unit.press("« Inspectors")
    await unit.press("Who is in")
    await unit.press("« The audience")
    await unit.press("By office")
    await unit.press("« The audience")
    await unit.press("Why somebody is")
    await unit.type("nobody", "a")
    await unit.type("maly")
    await unit.press("Somebody else")
    await unit.type("dara")
    await unit.press("« The audience")
    await unit.press("Type the rule")
    await unit.type("unit Bavet and positon Inspector", "unit Bavett or position Inspecter")
    await unit.type('unit "Bavet" and not staff 1016')
    golden(stage, "audience_built")


async def test_audience__renamed_and_deleted__stale_button_does_no_harm(
    stage: Stage, golden: Golden
) -> None:
    audience(stage, "Everybody", "everybody")
    posts = audience(stage, "Posts", 'audience "Everybody" and language en')
    unit = await stage.join("unit")
    dara = await stage.join("dara")
    await unit.forge("auds")
    await unit.press("Everybody")
    await unit.press("Who is in")
    await unit.press("« The audience")
    await unit.press("Rename")
    await unit.type("All officers")
    await unit.press("Submit")
    await unit.press("« All officers")
    await unit.press("Delete")
    stale = unit.data_of("Delete")
    await unit.press("Delete")
    await unit.forge(f"auddrop:{posts}")
    await unit.press("Delete")
    await unit.press_stale("Delete", stale)
    await unit.forge(f"aud:{posts}")
    await dara.forge("auds")
    golden(stage, "audience_kept")
    with stage.database.transaction(readonly=True) as session:
        assert [row.name for row in session.exec(select(Audience))] == ["All officers"]


async def test_unreached__sheets__go_to_focal_point_supervisor_and_unit(
    stage: Stage, golden: Golden
) -> None:
    settle_posts(stage)
    about = audience(stage, "Ours", "unit Mekong and not staff 1004")
    unit = await stage.join("unit")
    await stage.join("sokha")
    await unit.forge(f"aud:{about}")
    await unit.press("Who cannot be reached")
    stale = unit.data_of("Send the sheets")
    await unit.press("Send the sheets")
    await unit.press_stale("Send the sheets", stale)
    linked = audience(stage, "Linked", "staff 1002, 1003")
    await unit.forge(f"audgap:{linked}")
    await unit.forge("audrep:0")
    await unit.forge(f"audrep:{about}")
    await stage.restart()
    golden(stage, "audience_reached")
    with stage.database.transaction(readonly=True) as session:
        invited = {row.person_id for row in session.exec(select(Invite))}
    keys = ("director", "dara", "bopha", "bilal", "rith", "maly", "ayesha")
    assert invited == {stage.ids[key] for key in keys}


async def test_message__not_reached__is_carried_on_a_sheet(stage: Stage, golden: Golden) -> None:
    settle_posts(stage)
    unit = await stage.join("unit")
    await stage.join("sokha")
    dara = await stage.join("dara")
    dara.phone.block()
    about = message(stage, "unit Poipet and not staff 1001, 1004", "The scanner is repaired.")
    await stage.off_record(stage.move(minutes=10))
    await unit.forge(f"bc:{about}")
    await unit.press("Who cannot be reached")
    await unit.press("Send the sheets")
    await unit.forge(f"bcgap:{about + 1}")
    golden(stage, "message_carried")
    unmoved(stage)


async def test_message__withdrawn_between_two_sheets__is_not_carried_further(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle_posts(stage)
    unit = await stage.join("unit")
    with stage.database.transaction() as session:
        bavet = session.get_one(Person, stage.ids["maly"]).unit_id
        session.add(FocalPoint(person_id=stage.ids["trainer"], unit_id=bavet))
    carriers = [(await stage.join(name)).phone for name in ("sokha", "trainer")]
    about = message(stage, "unit Mekong", "The scanner is repaired.")
    await stage.off_record(stage.move(minutes=10))
    made, typeset = [], messenger_sheets.messenger_sheet

    def withdrawn(*args: Any) -> bytes:
        made.append(args)
        with stage.database.transaction() as session:
            session.get_one(Broadcast, about).state = BroadcastState.RECALLED
        return typeset(*args)

    monkeypatch.setattr(messenger_sheets, "messenger_sheet", withdrawn)
    with stage.database.transaction() as session:
        queue(acting(stage, session, "unit"), messenger_sheets.KIND, {"broadcast": about})
    await stage.settle()
    with stage.database.transaction(readonly=True) as session:
        item = session.exec(select(WorkItem).where(WorkItem.kind == messenger_sheets.KIND)).one()
    assert (len(made), item.error) == (1, "This message was withdrawn.")
    came = [one["text"] for phone in carriers for one in phone.from_bot]
    assert not any(text.startswith("Please pass this on") for text in came)
    await unit.forge(f"bc:{about}")
    with pytest.raises(AssertionError, match="no button"):
        unit.data_of("Who cannot be reached")
    unmoved(stage)


async def test_assign__audience__is_assigned_and_each_is_told(
    stage: Stage, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        course = Course(code="VAL", title="Customs Valuation")
        curriculum = Curriculum(code="VAL-Q", title="Valuation officer", valid_months=24)
        session.add_all([course, curriculum])
        session.flush()
        session.add(CurriculumItem(curriculum_id=curriculum.id, course_id=course.id))
    about = audience(stage, "Three", "staff 1011, 1012, 1014")
    unit = await stage.join("unit")
    await stage.join("dara")
    await unit.forge(f"aud:{about}")
    await unit.press("Assign a qualification")
    await unit.press("Choose the qualification")
    await unit.type("val")
    await unit.press("Valuation officer")
    await unit.type("2026-12-31")
    await unit.press("Submit")
    golden(stage, "audience_assigned")
    with stage.database.transaction(readonly=True) as session:
        rows = session.exec(select(CurriculumAssignment)).all()
    assert {row.person_id for row in rows} == {stage.ids[key] for key in ("dara", "bopha", "rith")}


async def test_sheets__worker_killed_between_two__come_once_each(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle_posts(stage)
    with stage.database.transaction() as session:
        bavet = session.get_one(Person, stage.ids["maly"]).unit_id
        session.add(FocalPoint(person_id=stage.ids["trainer"], unit_id=bavet))
    about = audience(stage, "All", "everybody")
    sokha, trainer = await stage.join("sokha"), await stage.join("trainer")
    await stage.join("unit")
    with stage.database.transaction() as session:
        queue(acting(stage, session, "unit"), messenger_sheets.KIND, {"audience": about})
    made, typeset = [], messenger_sheets.messenger_sheet

    def killed(*args: Any) -> bytes:
        made.append(args)
        if len(made) == 2:
            raise KeyboardInterrupt
        return typeset(*args)

    shop = Workshop(stage.database, stage.clock, stage.settings)
    with monkeypatch.context() as patched:
        patched.setattr(messenger_sheets, "messenger_sheet", killed)
        with pytest.raises(KeyboardInterrupt):
            runner.run_next(shop)
    runner._take_back(shop)
    await stage.settle()
    for phone in (sokha.phone, trainer.phone):
        sheets = [one for one in phone.from_bot if one["text"].startswith("Please pass this on")]
        assert len(sheets) == 1
