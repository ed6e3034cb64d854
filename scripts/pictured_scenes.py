"""The scenes that are pictured, in the order they are played."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from openpyxl import load_workbook

from scripts import pictured_evaluation, pictured_learning, pictured_messages, pictured_needs
from scripts.camera import Camera
from scripts.pictured_play import Play

Scene: TypeAlias = Callable[[Play, Camera, Path], None]

CAST = ("officer", "officer_urdu", "supervisor", "trainer", "unit", "director")
OFFICE = "Suva Port"
CLASS_ID = "1"


def joining(play: Play, camera: Camera, _files: Path) -> None:
    """A phone at START, the button that shares the number, the privacy notice; all menus."""
    camera.phone("unit", "start")
    play.start("unit")
    camera.phone("unit", "join")
    play.share("unit")
    camera.phone("unit", "privacy")
    play.press("unit", "privacy:")
    play.join(*(who for who in CAST if who != "unit"))
    for who in CAST:
        play.press(who, "menu")
    camera.desk("desk")
    for who in CAST:
        camera.phone(who, f"menu-{who}")


def trouble(_play: Play, camera: Camera, _files: Path) -> None:
    """Somebody rehearses a bad connection on one phone."""
    camera.troubles("officer", "Presses are lost", "trouble")


def office(play: Play, camera: Camera, _files: Path) -> None:
    """Somebody types a staff number, the head of the office confirms; invites are made."""
    head, _officer, focal, somebody, *_rest = play.office(OFFICE)
    play.add(head)
    play.add(focal)
    play.join(head, focal)
    play.claim_staff_no("Tomasi on a new phone", somebody)
    play.wait_for_words(head, "link:")
    camera.phone(head, "link-request")
    play.open(focal, "/menu", "invites", "invite:")
    camera.phone(focal, "invites")
    play.press(focal, "invite:", ":go")
    play.wait_for_files(focal, 1)
    camera.phone(focal, "invite-sheet")


def unit_desk(play: Play, camera: Camera, files: Path) -> None:
    """The unit looks up a class, its list and a person, and sends workbooks."""
    play.open("unit", "/classes", f"class:{CLASS_ID}")
    camera.phone("unit", "class")
    play.press("unit", "members:")
    camera.phone("unit", "members")
    play.open("unit", "/menu", "menu:people", "people")
    play.open("unit", "Waqa", "person:")
    camera.phone("unit", "person")
    play.open("unit", "/menu", "menu:forms", "forms")
    camera.phone("unit", "forms")
    content = (files / "classes.xlsx").read_bytes()
    play.send("unit", "classes.xlsx", spoilt(content))
    had = play.files("unit")
    play.press("unit", "imp:", ":classes")
    play.wait_for_files("unit", had + 1)
    camera.phone("unit", "import-faults")
    play.send("unit", "classes.xlsx", content)
    camera.phone("unit", "import-kind")
    play.press("unit", "imp:", ":classes")
    play.wait_for_words("unit", "impyes:")
    camera.phone("unit", "import-check")


def spoilt(content: bytes) -> bytes:
    """A workbook of classes in which one course is misspelt and one number of seats is none."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("course_code") + 1).value = "MACS"
    sheet.cell(3, headings.index("seats") + 1).value = "many"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def class_ends(play: Play, camera: Camera, _files: Path) -> None:
    """The class ends; two officers answer in their languages, one of them changes it midway."""
    play.join_class()
    play.until_asked("officer_urdu")
    for who, language in (("officer", "khmer"), ("officer_urdu", "urdu")):
        camera.phone(who, f"asked-{language}")
        play.press(who, "t:")
        camera.phone(who, f"intro-{language}")
        play.press(who, "tb:")
        camera.phone(who, f"question-{language}")
        camera.narrow(who, f"narrow-{language}")
    camera.desk("desk-asked")
    play.speak("officer", "en")
    camera.phone("officer", "question-english")
    play.answer_rest("officer")
    camera.phone("officer", "summary-english")
    play.speak("officer", "km")
    play.answer_rest("officer_urdu")
    for who, language in (("officer", "khmer"), ("officer_urdu", "urdu")):
        camera.phone(who, f"summary-{language}")
        play.press(who, "f:", ":submit")
        camera.phone(who, f"thanks-{language}")


def trainer_answers(play: Play, camera: Camera, _files: Path) -> None:
    """The trainer reads in English what stands of the own class, and is asked about the group."""
    play.speak("trainer", "en")
    play.open("trainer", "/teaching", f"myclass:{CLASS_ID}")
    camera.phone("trainer", "trainer-class")
    play.open("trainer", "/tasks", "t:", "tb:")
    camera.phone("trainer", "trainer-question")


def results(play: Play, camera: Camera, _files: Path) -> None:
    """The questionnaire closes; the unit and the director have the report made."""
    play.days(9)
    play.wait_for_words("unit", "rep:")
    camera.phone("unit", "closed")
    play.open("unit", "/classes", f"class:{CLASS_ID}")
    had = play.files("unit")
    play.press("unit", "rep:")
    play.wait_for_files("unit", had + 2)
    camera.phone("unit", "report")
    camera.narrow("unit", "narrow-report")
    play.open("director", "/reports")
    camera.phone("director", "director-reports")
    play.press("director", f"results:{CLASS_ID}")
    camera.phone("director", "director-class")


def all_join(play: Play, _camera: Camera, _files: Path) -> None:
    """The cast links, without a picture; the first officer reads Khmer."""
    play.join(*CAST)
    play.speak("officer", "km")


SCENES: tuple[Scene, ...] = (
    joining,
    trouble,
    office,
    unit_desk,
    pictured_learning.asking,
    pictured_learning.waiting,
    pictured_learning.nominating,
    class_ends,
    trainer_answers,
    pictured_learning.class_closed,
    results,
    pictured_messages.qualified,
    pictured_messages.warning,
    pictured_evaluation.level_check,
    pictured_evaluation.month_after,
    pictured_evaluation.changes,
    pictured_evaluation.nine_months_after,
    pictured_evaluation.own_work,
)
YEAR_OF_NEEDS: tuple[Scene, ...] = (
    all_join,
    pictured_needs.surveying,
    pictured_needs.answered,
    pictured_needs.analysed,
    pictured_needs.planned,
    pictured_needs.held,
    pictured_needs.outlined,
)
PLAYS = (SCENES, YEAR_OF_NEEDS)
"""Each is played in a sandbox of its own."""
