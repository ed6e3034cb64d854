"""The scenes of a class that is asked for, nominated for, held and certified."""

from __future__ import annotations

from pathlib import Path

from scripts.camera import Camera
from scripts.pictured_play import Play

OPEN_CLASS, NOMINATED_CLASS = "4", "5"
POST = "Poipet"
COLLEAGUE = 8
"""The place in the office's list of somebody who is in no class."""


def asking(play: Play, camera: Camera, _files: Path) -> None:
    """An officer finds a class and asks for its only place; the supervisor approves."""
    play.speak("officer", "en")
    play.speak("supervisor", "en")
    play.open("officer", "/courses")
    camera.phone("officer", "courses")
    play.press("officer", f"c:{OPEN_CLASS}")
    camera.phone("officer", "class-to-come")
    play.press("officer", f"c:{OPEN_CLASS}:ask")
    camera.phone("officer", "charter")
    play.press("officer", f"c:{OPEN_CLASS}:yes")
    camera.phone("officer", "place-asked-for")
    play.open("supervisor", "/approvals", "ap:")
    camera.phone("supervisor", "request")
    play.press("supervisor", "ap:", ":yes")
    camera.phone("supervisor", "request-undo")
    play.wait_for_files("officer", 1)
    camera.phone("officer", "place-given")


def waiting(play: Play, camera: Camera, _files: Path) -> None:
    """A colleague is approved and waits; the officer gives the place back, and it is theirs."""
    colleague = play.office(POST)[COLLEAGUE]
    play.add(colleague)
    play.join(colleague)
    play.speak(colleague, "en")
    play.open(colleague, "/courses", f"c:{OPEN_CLASS}", f"c:{OPEN_CLASS}:ask")
    play.press(colleague, f"c:{OPEN_CLASS}:yes")
    play.open("supervisor", "/approvals", "ap:")
    play.press("supervisor", "ap:", ":yes")
    play.wait_for_text(colleague, "wait list")
    camera.phone(colleague, "wait-list")
    play.press(colleague, f"c:{OPEN_CLASS}")
    play.press(colleague, "why:")
    camera.phone(colleague, "wait-list-why")
    play.open("officer", "/courses", f"c:{OPEN_CLASS}", f"c:{OPEN_CLASS}:out")
    camera.phone("officer", "withdraw")
    play.press("officer", f"c:{OPEN_CLASS}:out", ":duty")
    play.wait_for_files(colleague, 1)
    camera.phone(colleague, "promoted")


def nominating(play: Play, camera: Camera, _files: Path) -> None:
    """The unit calls for names with a quota; the head of the post names people."""
    play.open("unit", "/classes", f"class:{NOMINATED_CLASS}", f"round:{NOMINATED_CLASS}")
    play.press("unit", "roundnew:")
    play.type("unit", play.date_in(14), "17/2026")
    play.press("unit", "f:", ":submit")
    play.press("unit", f"round:{NOMINATED_CLASS}")
    play.press("unit", "roundset:")
    play.type("unit", POST)
    play.press("unit", "q:")
    play.type("unit", "2")
    play.press("unit", "f:", ":submit")
    play.press("unit", f"round:{NOMINATED_CLASS}")
    play.press("unit", "roundcall:")
    camera.phone("unit", "round")
    play.wait_for_text("supervisor", "Names are asked for")
    camera.phone("supervisor", "names-asked-for")
    play.press("supervisor", "nom:")
    play.press("supervisor", "nomadd:")
    camera.phone("supervisor", "nominees")


def held(play: Play, camera: Camera, _files: Path) -> None:
    """The trainer notes who was there and closes the class; the certificate comes."""
    play.open("trainer", "/teaching", "myclass:1", "att:1")
    camera.phone("trainer", "attendance")
    play.press("trainer", "attevery:1")
    play.press("trainer", "myclass:1")
    play.press("trainer", "close:1")
    camera.phone("trainer", "close-preview")
    had = play.files("officer")
    play.press("trainer", "closeyes:1")
    camera.phone("trainer", "class-closed")
    play.wait_for_files("officer", had + 1)
    camera.phone("officer", "certificate")
