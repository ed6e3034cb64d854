"""The scenes of a year of evaluation: a basic course from its level check to the ninth month."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

from openpyxl import load_workbook

from scripts.camera import Camera
from scripts.pictured_play import Play

OFFICE = "Lautoka"
HEAD, SUCCESSOR, RECRUIT = 0, 1, 6
"""The places in the office's list of who leads it, who leads it later, and of a recruit."""
CLASS, COURSE = "BASIC-1", "BASIC"
LEVEL_CHECK = "What you know before the class"
MANY = "questionnaires are open for you"
TO_LEVEL_CHECK, TO_MONTH_AFTER, TO_NINE_MONTHS = 5, 13, 48
"""Weeks from the first class of the demonstration, each a little before something is asked."""
A_FEW_DAYS = 12
DIFFERENT = tuple(f":i{step}" for step in (2, 1, 3, 2, 1, 0, 2, 3, 1, 2, 2, 0, 3, 1, 2))
"""How the first items of the matrix are met, so that not everything is perfect."""
LONG_AWAY = "2028-12-31"


def level_check(play: Play, camera: Camera, files: Path) -> None:
    """A week before the basic course, in three languages."""
    head, recruit = _of_office(play, HEAD), _of_office(play, RECRUIT)
    for who in (head, recruit):
        play.add(who)
    play.join(head, recruit)
    play.speak("officer", "km")
    play.skip_to(_weeks(files, TO_LEVEL_CHECK))
    play.days_until_told(recruit, LEVEL_CHECK, most=A_FEW_DAYS)
    camera.phone("officer", "level-check-khmer")
    camera.phone("officer_urdu", "level-check-urdu")
    play.press(recruit, "t:")
    play.press(recruit, "tb:")
    play.answer_rest(recruit)
    play.press(recruit, "f:", ":submit")


def month_after(play: Play, camera: Camera, files: Path) -> None:
    """A supervisor of twelve gets one message, and answers one after another."""
    head, recruit = _of_office(play, HEAD), _of_office(play, RECRUIT)
    play.skip_to(_weeks(files, TO_MONTH_AFTER))
    play.days_until_told(head, MANY, most=A_FEW_DAYS)
    camera.phone(head, "follow-ups-many")
    play.press(head, "t:")
    play.press(head, "tb:")
    camera.phone(head, "follow-up-question")
    play.answer_rest(head)
    play.press(head, "f:", ":submit")
    camera.phone(head, "follow-up-next")
    play.open(recruit, "/reported", "fur:")
    camera.phone(recruit, "reported-about-me")
    play.open("unit", "/classes")
    play.open("unit", CLASS, "class:", "evwhen:")
    camera.phone("unit", "asked-of-class")


def changes(play: Play, _camera: Camera, files: Path) -> None:
    """The head of the office moves away, an officer is on long leave, a supervisor blocks."""
    head, successor = _of_office(play, HEAD), _of_office(play, SUCCESSOR)
    play.add(successor)
    play.join(successor)
    leave = play.phone("officer_urdu")["staff_no"]
    play.send("unit", "people.xlsx", moved(files / "people.xlsx", head, successor, leave))
    play.press("unit", "imp:", ":people")
    play.press("unit", "impyes:")
    play.block("supervisor")


def nine_months_after(play: Play, camera: Camera, files: Path) -> None:
    """Who leads the office by now is asked, by name; a recruit reads what was answered."""
    successor, recruit = _of_office(play, SUCCESSOR), _of_office(play, RECRUIT)
    play.skip_to(_weeks(files, TO_NINE_MONTHS))
    play.days_until_told(successor, MANY, most=A_FEW_DAYS)
    camera.phone(successor, "nine-months-many")
    play.press(successor, "t:")
    play.press(successor, "tb:")
    camera.phone(successor, "nine-months-by-name")
    play.answer_rest(successor)
    play.press(successor, "f:", ":submit")
    play.open(recruit, "/reported")
    camera.phone(recruit, "reported-list")


def own_work(play: Play, camera: Camera, _files: Path) -> None:
    """The unit evaluates the course with the matrix, and has the picture of it made."""
    play.open("unit", "/menu", "menu:forms", "ownwork", "owncourses")
    play.open("unit", COURSE, "owncourse:", "owncself:")
    play.press("unit", "q:")
    camera.phone("unit", "course-matrix-question")
    for step in DIFFERENT:
        play.press("unit", "q:", step)
    play.answer_rest("unit")
    play.press("unit", "f:", ":submit")
    play.open("unit", "/menu", "menu:forms", "ownwork", "owncourses")
    play.open("unit", COURSE, "owncourse:")
    had = play.files("unit")
    play.press("unit", "owncrep:")
    play.wait_for_files("unit", had + 2)
    camera.phone("unit", "course-matrix")


def moved(path: Path, head: str, successor: str, leave: str) -> bytes:
    """The roster in which an office has another head, and somebody is away for long."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    headings = [str(cell.value) for cell in sheet[1]]
    number, leader = headings.index("staff_no"), headings.index("supervisor_staff_no")
    sheet.cell(1, len(headings) + 1).value = "away_until"
    for place, row in enumerate(sheet.iter_rows(min_row=2), start=2):
        if row[leader].value == head and row[number].value != successor:
            row[leader].value = successor
        if row[number].value == leave:
            sheet.cell(place, len(headings) + 1).value = LONG_AWAY
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _weeks(files: Path, count: int) -> dt.date:
    """The day so many weeks after the first classes, by the workbook of those a week later."""
    sheet = load_workbook(files / "classes.xlsx").worksheets[0]
    headings = [str(cell.value) for cell in sheet[1]]
    later = sheet.cell(2, headings.index("starts_on") + 1).value
    assert isinstance(later, dt.datetime), "the demonstration writes dates"
    return later.date() + dt.timedelta(weeks=count - 1, days=-1)


def _of_office(play: Play, place: int) -> str:
    return play.office(OFFICE)[place]
