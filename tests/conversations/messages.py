"""What the unit does with a message to many, step by step."""

from __future__ import annotations

from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

TRAINEES = 'unit "Poipet" and not staff 1001, 1002, 1003, 1004'


async def draft(unit: Actor, title: str, text: str, kind: str = "News") -> None:
    """A new draft with a text in English, on the page of its parts."""
    await unit.say("/messages")
    await unit.press("New message")
    await unit.type(title)
    await unit.press(kind)
    await unit.press("Submit")
    await unit.press(f"« {title}")
    await unit.press("Texts")
    await unit.press("Write: English")
    await unit.type(text)
    await unit.press("Submit")
    await unit.press(f"« {title}")


async def addressed(unit: Actor, title: str, text: str, kind: str = "News") -> None:
    """The same, with an audience."""
    await draft(unit, title, text, kind)
    await unit.press("To whom")
    await unit.type(TRAINEES)
    await unit.press("« The draft")


async def add_class_and_picture(stage: Stage, unit: Actor) -> None:
    await unit.press("Buttons")
    await unit.press("☐ Ask for a place in the class")
    await unit.press("Choose the class")
    await unit.type("nothing like it")
    await unit.type("val")
    await unit.press("VAL-1 Customs Valuation")
    await unit.press("« The draft")
    await unit.press("Picture or file")
    await unit.type("here it is")
    stage.clock.advance(seconds=2)
    await unit.send_photo()


async def correct(stage: Stage, unit: Actor) -> None:
    await unit.press("Correct the words")
    await unit.press("English")
    await unit.type("Valuation begins on 23 March.")
    await stage.restart()
    await unit.press("Submit")


async def send_again_and_stop(unit: Actor) -> None:
    await unit.press("« Valuation")
    await unit.press("Send again to those who did not get it")
    await unit.press("Send again to 4 people")
    await unit.press("Stop")
    await unit.type("The class is full")
    await unit.press("Submit")


async def add_questionnaire(unit: Actor) -> None:
    await unit.press("Title and kind")
    await unit.type("Scanners")
    await unit.press("✓ News")
    await unit.press("Submit")
    await unit.press("« Scanners")
    await unit.press("Buttons")
    await unit.press("☐ Answer a questionnaire")
    await unit.press("Choose the questionnaire")
    await unit.press("Scanners")
    await unit.press("« The draft")


async def choose_time(unit: Actor) -> None:
    """At a time, then at once after all."""
    await unit.press("When")
    await unit.press("At a time")
    await unit.type("2026-03-03", "09:00")
    await unit.press("Each reader’s own")
    await unit.press("Submit")
    await unit.press("« Scanners")
    await unit.press("When")
    await unit.press("At once")
