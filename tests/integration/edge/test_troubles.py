"""What goes wrong at the edge harms nobody else, loses nothing, and reaches the operator."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from bot.context import Actor as Speaker
from bot.context import Ctx
from bot.errors import Retry
from bot.events import Event
from bot.models.delivery import OutboxItem
from bot.models.forms import Draft
from bot.models.inbound import SeenUpdate, SetAside
from bot.people import questions
from bot.sandbox.faults import Fault
from bot.screens import Reply
from bot.work.queue import WORKERS, queue
from handlers.common.routes import RouteKind
from handlers.edge import poll
from tests.cast import hold_class
from tests.conversations.stage import Actor, Stage

Spoken = Callable[[Ctx, Event], Reply | None]
Converse = Callable[[RouteKind, str, Spoken], None]


def set_aside(stage: Stage) -> list[SetAside]:
    with stage.database.transaction(readonly=True) as session:
        return list(session.exec(select(SetAside).order_by(SetAside.id)))


def drafts(stage: Stage) -> list[dict[str, Any]]:
    with stage.database.transaction(readonly=True) as session:
        return [dict(state["answers"]) for state in session.exec(select(Draft.state))]


def asked(stage: Stage) -> list[str]:
    with stage.database.transaction(readonly=True) as session:
        rows = session.exec(select(OutboxItem).where(OutboxItem.notice == "question_asked"))
        return [str(row.id) for row in rows]


def bug(_ctx: Ctx, _event: Event) -> Reply | None:
    raise ZeroDivisionError


async def in_a_questionnaire(stage: Stage) -> Actor:
    """Dara, at the first question of an anonymous questionnaire."""
    with stage.database.transaction() as session:
        hold_class(stage.ctx(session), stage.ids, dt.date(2026, 3, 2))
    dara = await stage.join("dara")
    await stage.move(hours=9)
    await dara.press("Answer now")
    await dara.press("Begin")
    return dara


async def test_update__delivered_twice__is_dealt_with_once(stage: Stage) -> None:
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await stage.stop_fetching()
    dara.phone.text("/ask Where is the class held?")
    (raw,) = await stage.server.world.updates.fetch(0, 100, 0, None)
    before = len(dara.phone.from_bot)
    for _time in range(3):
        await stage.rollcall.front.take(raw)
    await stage.fetch_again()
    assert len(asked(stage)) == 1
    assert len(dara.phone.from_bot) == before + 1
    assert [m["text"] for m in unit.phone.from_bot].count(unit.phone.last["text"]) == 1


async def test_reply__refused_then_restart__current_screen_is_shown_again(stage: Stage) -> None:
    dara = await stage.join("dara")
    stage.server.faults.plan(_fault("sendMessage", code=400))
    await dara.say("/menu")
    assert "Menu" not in dara.phone.last["text"].splitlines()
    await stage.restart()
    assert dara.phone.last["text"].startswith("Menu")
    await stage.restart()
    assert [m["text"] for m in dara.phone.from_bot].count(dara.phone.last["text"]) == 1


async def test_update__that_cannot_be_read__is_set_aside_and_the_next_is_dealt_with(
    stage: Stage,
) -> None:
    dara = await stage.join("dara")
    await stage.stop_fetching()
    stage.server.world.updates.add("message", {"message_id": "seven", "chat": "none"})
    dara.phone.text("/menu")
    await stage.fetch_again()
    assert [row.reason for row in set_aside(stage)] == ["it could not be read"]
    assert set_aside(stage)[0].payload["message"]["chat"] == "none"
    assert dara.phone.last["text"].startswith("Menu")


async def test_bug__in_one_conversation__apologises_alarms_and_others_go_on(
    stage: Stage, converse: Converse
) -> None:
    converse(RouteKind.PRESS, "menu", bug)
    operator, dara, rith = [await stage.join(who) for who in ("director", "dara", "rith")]
    await stage.stop_fetching()
    dara.phone.press("Menu")
    rith.phone.text("/tasks")
    await stage.fetch_again()
    (row,) = set_aside(stage)
    number = row.reason.removeprefix("bug ")
    assert dara.phone.toasts[-1].endswith(f"kept under number {number}.")
    assert rith.phone.last["text"] == "Nothing is waiting for you."
    told = operator.phone.last["text"].splitlines()[2]
    assert told.startswith(f"An update was set aside: bug {number}.")
    await dara.say("/tasks")
    assert dara.phone.last["text"] == "Nothing is waiting for you."


async def test_bug__in_an_anonymous_form__keeps_no_words(stage: Stage, converse: Converse) -> None:
    dara = await in_a_questionnaire(stage)
    for rating in "44444444":
        await dara.press(rating)
    converse(RouteKind.TEXT, "q", bug)
    await dara.type("The trainer was unfair to me")
    (row,) = set_aside(stage)
    assert "unfair" not in str(row.payload)
    assert row.payload["message"]["from"]["id"] == dara.phone.id
    assert "kept under number" in dara.phone.last["text"]


async def test_update__begun_three_times_without_ending__is_set_aside(
    stage: Stage, converse: Converse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll, "FIRST_PAUSE", 0.01)
    begun: list[int] = []

    def never_ends(_ctx: Ctx, event: Event) -> Reply | None:
        begun.append(event.update_id)
        raise Retry("the database did not take the work")

    converse(RouteKind.COMMAND, "tasks", never_ends)
    dara, rith = await stage.join("dara"), await stage.join("rith")
    await stage.stop_fetching()
    dara.phone.text("/tasks")
    dara.phone.text("/menu")
    rith.phone.text("/menu")
    await stage.fetch_again()
    assert [row.update_id for row in set_aside(stage)] == [begun[0]]
    assert begun == [begun[0]] * 3
    for actor in (dara, rith):
        assert actor.phone.last["text"].startswith("Menu")
        assert [m["text"] for m in actor.phone.from_bot].count(actor.phone.last["text"]) == 1


async def test_group__with_one_bug__commits_the_others(stage: Stage, converse: Converse) -> None:
    def spoils(ctx: Ctx, _event: Event) -> Reply | None:
        questions.ask(ctx, "This is rolled back.")
        raise ZeroDivisionError

    converse(RouteKind.COMMAND, "help", spoils)
    await stage.join("unit")
    people = [await stage.join(who) for who in ("dara", "rith", "maly")]
    await stage.stop_fetching()
    for actor, words in zip(people, ("/ask One?", "/help", "/ask Two?"), strict=True):
        actor.phone.text(words)
    await stage.fetch_again()
    with stage.database.transaction(readonly=True) as session:
        kept = session.exec(select(questions.Question.text).order_by(questions.Question.id)).all()
    assert sorted(kept) == ["One?", "Two?"]
    assert len(set_aside(stage)) == 1


@pytest.mark.sqlite
async def test_database__locked__nothing_is_confirmed_and_nothing_lost(stage: Stage) -> None:
    dara = await stage.join("dara")
    path = stage.settings.sqlite_path
    assert path is not None
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = len(dara.phone.from_bot)
    dara.phone.text("/menu")
    await asyncio.sleep(0.2)
    assert stage.server.world.updates.count() == 1
    assert len(dara.phone.from_bot) == before
    other.execute("ROLLBACK")
    other.close()
    await stage.settle()
    assert stage.server.world.updates.count() == 0
    assert dara.phone.last["text"].startswith("Menu")
    assert set_aside(stage) == []


async def test_reply__throttled__comes_once_after_the_pause(stage: Stage) -> None:
    dara = await stage.join("dara")
    before = len(dara.phone.from_bot)
    stage.server.faults.plan(_fault("sendMessage", code=429))
    await dara.say("/menu")
    assert len(dara.phone.from_bot) == before + 1
    assert dara.phone.last["text"].startswith("Menu")


async def test_screen__deleted_on_the_phone__is_sent_anew(stage: Stage) -> None:
    dara = await stage.join("dara")
    await dara.say("/menu")
    shown, data = dara.phone.last["id"], dara.data_of("Help")
    del stage.server.world.chats[dara.phone.id][shown]
    dara.phone.forge(shown, data)
    await stage.settle()
    assert dara.phone.last["text"].startswith("Help")
    assert dara.phone.last["id"] > shown


async def test_notice__to_a_blocked_chat__waits_for_nothing_and_a_return_revives(
    stage: Stage,
) -> None:
    unit, dara = await stage.join("unit"), await stage.join("dara")
    stage.server.faults.plan(_fault("sendMessage", code=403, chat=unit.phone.id))
    await dara.say("/ask One?")
    unit.phone.block()
    await stage.settle()
    await dara.say("/ask Two?")
    with stage.database.transaction(readonly=True) as session:
        items = session.exec(select(OutboxItem).where(OutboxItem.notice == "question_asked"))
        assert [item.reason for item in items] == ["blocked", "blocked the bot"]
    unit.phone.unblock()
    await stage.settle()
    await dara.say("/ask Three?")
    assert unit.phone.last["text"].endswith("Three?")


async def test_texts__of_one_person__keep_their_order(stage: Stage) -> None:
    unit = await stage.join("unit")
    await stage.stop_fetching()
    unit.phone.text("/ask One?")
    unit.phone.text("/ask Two?")
    unit.phone.text("/ask Three?")
    await stage.fetch_again()
    with stage.database.transaction(readonly=True) as session:
        kept = session.exec(select(questions.Question.text).order_by(questions.Question.id)).all()
    assert kept == ["One?", "Two?", "Three?"]


async def test_presses__two_on_one_question__count_once(stage: Stage) -> None:
    dara = await in_a_questionnaire(stage)
    await stage.stop_fetching()
    dara.phone.press("4")
    dara.phone.press("5")
    await stage.fetch_again()
    assert drafts(stage) == [{"overall": "4"}]
    assert dara.phone.toasts[-1] == "This question is no longer open. Nothing was changed."
    assert dara.phone.last["text"].startswith("Question 2 of 10")


async def test_press__on_an_earlier_screen__shows_the_current_one(stage: Stage) -> None:
    dara = await in_a_questionnaire(stage)
    first, stop = dara.phone.last["id"], dara.data_of("Stop")
    await dara.say("/language")
    dara.phone.forge(first, stop)
    await stage.settle()
    assert dara.phone.toasts[-1] == "That button is from an earlier screen. Nothing was changed."
    assert dara.phone.last["text"].startswith("Language")


@pytest.mark.parametrize("digits", ["4", "٤", "۴", "៤"])
async def test_answer__in_the_digits_of_its_reader__is_the_same(stage: Stage, digits: str) -> None:
    dara = await in_a_questionnaire(stage)
    await dara.type(digits)
    assert drafts(stage) == [{"overall": "4"}]


async def test_work__that_fails__is_told_to_who_asked_for_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_said: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(WORKERS, "invite_sheet", fails)
    unit = await stage.join("unit")
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        asking = Ctx(session, ctx.clock, Speaker(stage.ids["unit"]), ctx.settings)
        queue(asking, "invite_sheet", {"unit": 1})
    await stage.settle()
    assert unit.phone.last["text"].startswith("That could not be done")


async def test_seen_updates__are_noted_once_each(stage: Stage) -> None:
    await stage.join("dara")
    with stage.database.transaction(readonly=True) as session:
        seen = session.exec(select(SeenUpdate.update_id)).all()
    assert len(seen) == len(set(seen)) == 3


def _fault(method: str, code: int, chat: int | None = None) -> Fault:
    return Fault(method=method, code=code, chat=chat)
