"""The scenes of a class that is asked for, waited for, and nominated for."""

from __future__ import annotations

from pathlib import Path

from scripts.camera import Camera
from scripts.pictured_play import Play

OPEN_CLASS, NOMINATED_CLASS = "4", "5"
POST = "Poipet"
FOCAL_POINT, COLLEAGUE = 2, 8
"""The places in the office's list of who names people, and of somebody who is in no class."""
HELD_CLASS = "1"


def asking(play: Play, camera: Camera, _files: Path) -> None:
    """An officer finds a class and asks for its only place; the supervisor approves."""
    play.speak("officer", "en")
    play.speak("supervisor", "en")
    play.open("officer", "/courses")
    play.press("officer", f"c:{OPEN_CLASS}")
    play.press("officer", f"c:{OPEN_CLASS}:ask")
    camera.phone("officer", "charter")
    play.press("officer", f"c:{OPEN_CLASS}:yes")
    play.open("supervisor", "/approvals", "ap:")
    camera.phone("supervisor", "request")
    play.press("supervisor", "ap:", ":yes")
    play.wait_for_files("officer", 1)


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
    play.press(colleague, f"c:{OPEN_CLASS}")
    play.press(colleague, "why:")
    camera.phone(colleague, "wait-list-why")
    play.open("officer", "/courses", f"c:{OPEN_CLASS}", f"c:{OPEN_CLASS}:out")
    play.press("officer", f"c:{OPEN_CLASS}:out", ":duty")
    play.wait_for_files(colleague, 1)


def nominating(play: Play, camera: Camera, _files: Path) -> None:
    """The unit calls for names, with seats for one post; the post names two, who are accepted."""
    focal = play.office(POST)[FOCAL_POINT]
    play.add(focal)
    play.join(focal)
    play.speak(focal, "en")
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
    play.open(focal, "/menu", "noms", "nom:")
    for _seat in range(2):
        play.press(focal, "nomc:")
        play.press(focal, "nomp:")
        play.press(focal, "nomadd:", ":0")
    camera.phone(focal, "names")
    play.press(focal, "nomh:")
    play.press(focal, "nomgo:")
    play.open("unit", "/classes", f"class:{NOMINATED_CLASS}", f"round:{NOMINATED_CLASS}")
    play.press("unit", "roundq:")
    play.press("unit", "roundall:")
    camera.phone("unit", "names-accepted")


def class_closed(play: Play, camera: Camera, _files: Path) -> None:
    """The trainer notes who was there and closes the class; an officer has the certificate."""
    play.open("trainer", "/teaching", f"myclass:{HELD_CLASS}", f"att:{HELD_CLASS}", "attday:")
    play.press("trainer", "attall:")
    camera.phone("trainer", "attendance")
    play.open("trainer", "/teaching", f"myclass:{HELD_CLASS}", f"att:{HELD_CLASS}", "attevery:")
    had = play.files("officer")
    play.open("trainer", "/teaching", f"myclass:{HELD_CLASS}", f"close:{HELD_CLASS}")
    camera.phone("trainer", "closing")
    play.press("trainer", "closeyes:")
    play.wait_for_files("officer", had + 1)
    camera.phone("officer", "certificate")
