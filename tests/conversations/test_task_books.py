"""Task books: sent as a file, given out, done, signed, refused, reviewed; in three languages."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from sqlmodel import select

from bot.models.on_the_job import BookState, TaskBookIssue
from bot.models.people import Person
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
HEADING = (
    "book", "title", "title::Khmer (km)", "section", "task", "task::Urdu (ur)", "signer",
    "within_hours", "evidence",
)  # fmt: skip
KHMER = "ការណែនាំ\u200bអំពី\u200bនាវា"
TASKS = (
    ("Ships logbook", "Signing on to the vessel", "جہاز پر حاضری", "", "24", ""),
    ("Emergency procedures", "Location of the muster point", "", "", "24", "yes"),
    ("Emergency procedures", "Escape drill from the cabin", "", "training unit", "", ""),
)


def book_file(code: str = "VESSEL", title: str = "Vessel induction") -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(HEADING)
    for section, task, urdu, signer, hours, evidence in TASKS:
        writer.writerow((code, title, KHMER, section, task, urdu, signer, hours, evidence))
    return target.getvalue().encode()


async def send_book(unit: Actor) -> None:
    await unit.send_file("books.csv", book_file())
    await unit.press("Task books")
    await unit.press("Take it")


async def give(unit: Actor, name: str, full_name: str) -> None:
    await unit.forge("book:1")
    await unit.press("Give it out")
    await unit.press("One person")
    await unit.type(name)
    await unit.press(full_name)
    await unit.type("2026-03-02", "07:30")


async def bring_in(unit: Actor, dara: Actor) -> None:
    """A file with faults, then the book; retired and brought back."""
    faulty = book_file().replace(b"24", b"soon", 1) + b"VESSEL,Other title,,,Another task,,,,\n"
    await unit.send_file("books.csv", faulty)
    await unit.press("Task books")
    await send_book(unit)
    await dara.forge("books")
    await unit.say("/menu")
    await unit.forge("ojt")
    await unit.press("Task books")
    await unit.type("vessel")
    await unit.press("VESSEL Vessel induction")
    stale = unit.data_of("Retire")
    await unit.press("Retire")
    await unit.press_stale("Retire", stale)
    await unit.press("Bring back")


async def do_tasks(stage: Stage, dara: Actor) -> None:
    await dara.press("Open: Vessel induction")
    await dara.press("Signing on to the vessel: to be done")
    stale = dara.data_of("It is done")
    await dara.press("It is done")
    await dara.press_stale("It is done", stale)
    await dara.press("Signing on to the vessel: waits for a signature")
    await dara.press("Take it back")
    await dara.forge("bkt:1:1:done")
    await dara.forge("bkt:1:2:done")
    await dara.forge("bkt:1:2:note")
    await dara.type("I was there")
    stage.clock.advance(seconds=2)
    await dara.send_photo()
    await dara.type("Port side, by the crane.")
    await dara.press("Submit")
    await dara.forge("bkt:1:2:pic")


async def decide(stage: Stage, sokha: Actor) -> None:
    """One task is refused, the other signed."""
    await sokha.press("Show them")
    await sokha.press("Sok Dara: 2 tasks")
    await sokha.press("Location of the muster point")
    stale = sokha.data_of("Sign")
    await sokha.press("Show the evidence")
    await sokha.forge("sgn")
    await sokha.press_stale("Sign", stale)
    await stage.restart()
    await sokha.forge("sgnt:1")
    await sokha.forge("sgnt:3:no")
    await sokha.type("This is the muster point of another vessel.")
    await sokha.press("Submit")
    await sokha.forge("sgn")
    await sokha.press("Sok Dara: 1 task")
    await sokha.press("Signing on to the vessel")
    await sokha.press("Sign")


async def do_again(stage: Stage, dara: Actor, sokha: Actor) -> None:
    await dara.forge("sgnt:3:yes")
    await dara.forge("bksub:1")
    await dara.forge("bkt:1:2:note")
    stage.clock.advance(seconds=2)
    await dara.send_file("point.pdf", b"%PDF-1.7")
    await dara.press("Skip")
    await dara.press("Submit")
    await dara.forge("bkt:1:3:done")
    await sokha.forge("sgnp:1")
    await sokha.forge("sgnt:3:yes")


async def hand_in(unit: Actor, dara: Actor) -> None:
    """The last signature, which is the unit's; then the whole book."""
    await unit.press("Show them")
    await unit.press("Sok Dara: 1 task")
    await unit.press("Escape drill from the cabin")
    await unit.press("Sign")
    await dara.say("/menu")
    await dara.press("Learning on the job")
    await dara.press("Vessel induction: 3 of 3")
    await dara.press("Hand in to the training unit")


async def return_book(stage: Stage, unit: Actor) -> None:
    await unit.forge("bkr")
    await unit.press("Sok Dara: Vessel induction")
    stale = unit.data_of("Accept")
    await unit.press("Return")
    await stage.restart()
    await unit.type("The drill needs the name of a witness.")
    await unit.press("Submit")
    await unit.forge("bkr:1")
    await unit.press_stale("Accept", stale)


async def test_task_book__from_the_file_to_the_review(stage: Stage, golden: Golden) -> None:
    unit, sokha = await stage.join("unit"), await stage.join("sokha")
    dara = await stage.join("dara")
    await bring_in(unit, dara)
    await give(unit, "dara", "Sok Dara, 1011, Poipet")
    await stage.restart()
    await unit.press("Submit")
    await do_tasks(stage, dara)
    await stage.move(minutes=20)
    await decide(stage, sokha)
    await do_again(stage, dara, sokha)
    await stage.move(minutes=20)
    await hand_in(unit, dara)
    await sokha.forge("bkteam")
    await sokha.press("Sok Dara: 3 of 3")
    await sokha.press("As a document, with the evidence")
    await return_book(stage, unit)
    await stage.move(days=1)
    await dara.press("Open: Vessel induction")
    await dara.press("Escape drill from the cabin: signed")
    await dara.press("It is done")
    await unit.forge("sgnp:1")
    await unit.forge("sgnt:4:yes")
    await dara.forge("bksub:1")
    await unit.forge("bkr:1")
    await unit.press("Accept")
    await stage.move(days=1)
    await dara.forge("bk:1")
    golden(stage, "task_book")


async def test_task_books__limits_pass__are_told_and_late_is_shown(
    stage: Stage, golden: Golden
) -> None:
    unit, bopha = await stage.join("unit"), await stage.join("bopha")
    ayesha, sokha = await stage.join("ayesha"), await stage.join("sokha")
    await stage.off_record(send_book(unit))
    for name, full_name in (("bopha", "Chea Bopha"), ("ayesha", "Ayesha Khan")):
        await stage.off_record(_give_now(stage, unit, name, full_name))
    await stage.move(hours=30)
    await bopha.forge("bk:1")
    for number in (1, 3):
        await bopha.forge(f"bkt:1:{number}:done")
    await sokha.forge("sgnp:1")
    await ayesha.forge("bkt:2:1")
    await ayesha.forge("bkt:2:1:done")
    await sokha.forge("sgnall:2")
    await sokha.forge("sgnall:2")
    await sokha.forge("bkteam")
    await unit.forge("book:1")
    await unit.press("2 people have it now")
    await unit.press("Ayesha Khan: under way")
    await unit.press("End it")
    await unit.forge("bkr:2:end")
    golden(stage, "task_book_limits")
    with stage.database.transaction(readonly=True) as session:
        states = session.exec(select(TaskBookIssue.state).order_by(TaskBookIssue.id)).all()
        assert states == [BookState.OPEN, BookState.ENDED]


async def _give_now(stage: Stage, unit: Actor, name: str, full_name: str) -> None:
    await unit.forge("bookgive:1")
    await unit.press("One person")
    await unit.type(name)
    await unit.press(f"{full_name}, {_number(stage, full_name)}, Poipet")
    await unit.type(f"{stage.clock.now():%Y-%m-%d}", "08:00")
    await unit.press("Submit")


def _number(stage: Stage, full_name: str) -> str:
    with stage.database.transaction(readonly=True) as session:
        return session.exec(select(Person.staff_no).where(Person.full_name == full_name)).one()
