"""The parts of an outline and of a session as they are typed: each read, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.errors import Refusal
from bot.evaluation.impact.typed import line_in, positive_in
from bot.i18n import _
from bot.planning.outlines.words import METHODS, MODES, NEEDED, TEXTS, methods_kept

LONGEST, LONGEST_METHODS = 1500, 200
MOST_DAYS, MOST_HOURS, MOST_PEOPLE = 400, 1000, 5000


def words_in(typed: Mapping[str, Any], name: str, longest: int = LONGEST) -> str:
    """What is typed, with its lines; refuses more than fits."""
    words = str(typed.get(name) or "").strip()
    if len(words) > longest:
        raise Refusal(_("That is too long: at most {count} characters.", count=longest))
    return words


def parts_in(typed: Mapping[str, Any]) -> dict[str, Any]:
    """All parts by name, blank ones left out.

    Refuses blanks that are needed, numbers that cannot be, and fewer places than the fewest.
    """
    parts: dict[str, Any] = {name: words_in(typed, name) for name in TEXTS}
    if not all(parts[name] for name in NEEDED):
        raise Refusal(_("Some parts are still blank. Fill in those that are needed."))
    parts["mode"] = _mode(typed)
    parts["days"] = _number(typed, "days", MOST_DAYS)
    least, most = (_number(typed, name, MOST_PEOPLE) for name in ("least", "most"))
    if least is not None and most is not None and least > most:
        raise Refusal(_("The fewest participants are more than the most. Correct one of the two."))
    parts |= {
        "least": int(least) if least is not None else None,
        "most": int(most) if most is not None else None,
    }
    return {name: value for name, value in parts.items() if value not in ("", None)}


def session_in(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a session but its place; refuses none of a title or of hours."""
    title, hours = line_in(typed, "title"), _number(typed, "hours", MOST_HOURS)
    if not title:
        raise Refusal(_("Give the session a title."))
    if not hours:
        raise Refusal(_("Give the hours as a number above 0, such as 1.5."))
    chosen = typed.get("methods") or []
    codes = chosen.split() if isinstance(chosen, str) else list(chosen)
    own = line_in(typed, "other_methods", LONGEST_METHODS)
    return {
        "title": title,
        "objectives": words_in(typed, "objectives"),
        "methods": methods_kept([code for code in codes if code in METHODS], own),
        "hours": hours,
    }


def _mode(typed: Mapping[str, Any]) -> str:
    mode = str(typed.get("mode") or "").replace("_", " ")
    if mode and mode not in MODES:
        raise Refusal(_("Choose one of the ways in which a course is held."))
    return mode


def _number(typed: Mapping[str, Any], name: str, most: int) -> float | None:
    number = positive_in(typed, name)
    if number is not None and number > most:
        raise Refusal(_("{value} is too much: at most {most}.", value=number, most=most))
    return number
