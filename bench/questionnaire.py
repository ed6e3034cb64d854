"""The form that is answered: forty questions with one tap each, as evaluations ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.forms.definition import FormDefinition

NAME = "bench"
QUESTIONS = 40
SCALE = ("Not at all", "A little", "Partly", "Mostly", "Fully")
PLACES = ("At my own post", "In another unit", "At a training centre", "At home")
_LABELS = (
    "I could use at work what the class taught me.",
    "Where did you try it out?",
    "My supervisor gave me the time to try it out.",
    "The material is still of use to me.",
)


def label(place: int) -> str:
    """What question number `place` (from 0) asks."""
    return f"{_LABELS[place % len(_LABELS)]} (part {place + 1})"


def choices(place: int) -> tuple[str, ...]:
    """The answers that question number `place` offers."""
    return PLACES if place % len(_LABELS) == 1 else SCALE


def form() -> FormDefinition:
    """The form, read from an XLSForm in Markdown as any other; the bare bot never loads it."""
    from bot.forms.importer import import_form

    imported = import_form(_markdown(), name=NAME)
    assert imported.definition is not None, imported.faults
    return imported.definition


def _markdown() -> str:
    lines = [
        "| settings | | |",
        "| | form_title | form_id |",
        f"| | After the class | {NAME} |",
        "| survey | | | | | |",
        "| | type | name | label | required | appearance |",
        "| | begin_group | after | After the class | | |",
        *(_row(place) for place in range(QUESTIONS)),
        "| | end_group | | | | |",
        "| choices | | | |",
        "| | list_name | name | label |",
        *(f"| | scale | {code} | {words} |" for code, words in enumerate(SCALE, start=1)),
        *(f"| | place | p{code} | {words} |" for code, words in enumerate(PLACES, start=1)),
    ]
    return "\n".join(lines)


def _row(place: int) -> str:
    is_scale = choices(place) is SCALE
    kind, appearance = ("scale", "likert") if is_scale else ("place", "")
    return f"| | select_one {kind} | a{place} | {label(place)} | yes | {appearance} |"
