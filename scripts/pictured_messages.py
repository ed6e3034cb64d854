"""The scenes of qualifications and of a message to many."""

from __future__ import annotations

from pathlib import Path

from scripts.camera import Camera
from scripts.pictured_play import Play

OFFICE = "Poipet"
QUESTION = "Who at Poipet is qualified as Valuation Officer, and until when?"
NEWS = "The road to the post is under water. Stay where you are until tomorrow at noon."


def qualified(play: Play, camera: Camera, _files: Path) -> None:
    """An officer's own qualifications, an office as a table, and a question that is typed."""
    play.speak("officer", "en")
    play.open_until("officer", "/qualifications", "myq1:")
    play.press("officer", "myq1:")
    camera.phone("officer", "my-qualification")
    play.speak("unit", "en")
    play.open("unit", "/holders", "qualoffice")
    had = play.files("unit")
    play.open("unit", OFFICE, "qualtable:")
    play.wait_for_files("unit", had + 2)
    camera.phone("unit", "qualification-matrix")
    play.open("unit", "/menu")
    play.open("unit", QUESTION)
    camera.phone("unit", "qualified-question")


def warning(play: Play, camera: Camera, _files: Path) -> None:
    """The unit warns the officers of an office, at any hour; most cannot be reached yet."""
    play.open("unit", "/messages", "bcnew")
    play.type("unit", "Flood at the post")
    play.press("unit", "q:", ":i2")
    play.press("unit", "f:", ":submit")
    play.press("unit", "bc:")
    play.press("unit", "bctexts:")
    play.press("unit", "bctext:", ":en")
    play.type("unit", NEWS)
    play.press("unit", "f:", ":submit")
    play.press("unit", "bc:")
    play.press("unit", "bcaud:")
    play.type("unit", f'unit "{OFFICE}" or language en')
    play.press("unit", "bc:")
    play.press("unit", "bcbtn:")
    play.press("unit", "bcbtn:", ":read:1")
    play.press("unit", "bc:")
    camera.phone("unit", "message-draft")
    play.press("unit", "bcsend:")
    camera.phone("unit", "message-count")
    play.press("unit", "bcgo:")
    play.wait_for_text("unit", "Delivered to")
    play.wait_for_text("unit", "done, 100")
    camera.phone("unit", "message-sent")
    play.wait_for_words("officer", "bcread:")
    camera.phone("officer", "message-read")
    had = play.files("unit")
    play.press("unit", "bc:")
    play.press("unit", "bcreport:")
    play.wait_for_files("unit", had + 2)
    camera.phone("unit", "message-report")
