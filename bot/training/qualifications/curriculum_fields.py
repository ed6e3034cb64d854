"""What is said of a curriculum, as it is typed: read, or refused with a remedy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from bot.errors import Refusal
from bot.i18n import Text, _
from bot.models.qualifications import Curriculum, ExpiryRule
from bot.training.course_fields import LANGUAGES, line
from bot.training.qualifications import validity

Reader: TypeAlias = Callable[[str], Any]
MOST_ITEMS, MOST_MONTHS, MOST_DAYS = 50, 600, 3650
RULE_WORDS: Mapping[ExpiryRule, Text] = {
    ExpiryRule.COMPLETION: _("from the day of completion"),
    ExpiryRule.PREVIOUS: _("from the previous last day"),
    ExpiryRule.FIXED: _("to a fixed day of the year"),
}


def read(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Values by column of `Curriculum` for all fields but code, items and renewal; refuses the
    first bad one, and what does not go together.
    """
    values = {name: reader(_text(typed, name)) for name, reader in READERS.items()}
    values["titles"] = {
        language: title
        for language in LANGUAGES
        if (title := line(_text(typed, f"title_{language}")))
    }
    if not values["title"]:
        raise Refusal(_("Give the qualification a title."))
    if (fault := fault_in(values)) is not None:
        raise Refusal(fault)
    return values


def fault_in(values: Mapping[str, Any]) -> Text | None:
    """Why values do not go together; None if they do."""
    rule = values["expiry_rule"]
    if rule is ExpiryRule.FIXED and not values["fixed_day"]:
        return _("Give the day of the year on which it ends, such as 12-31.")
    if rule is not ExpiryRule.FIXED and (values["fixed_day"] or values["min_months"]):
        return _("A fixed day and least months are for what ends on a fixed day only.")
    if rule is ExpiryRule.PREVIOUS and values["valid_months"] is None:
        return _("Give the months of validity: the end is counted in them.")
    return None


def as_typed(curriculum: Curriculum) -> dict[str, str]:
    """A curriculum's fields as `read` takes them, to fill a form beforehand."""
    shown: dict[str, Any] = {name: getattr(curriculum, name) for name in READERS}
    shown["min_months"] = curriculum.min_months or None
    shown |= {f"title_{one}": curriculum.titles.get(one, "") for one in LANGUAGES}
    return {name: str(value) for name, value in shown.items() if value not in (None, "")}


def is_day_of_year(text: str) -> bool:
    """Whether it is MM-DD of any year, 29 February too."""
    try:
        validity.day_in(2000, text)
    except ValueError:
        return False
    return True


def _text(typed: Mapping[str, Any], name: str) -> str:
    value = typed.get(name)
    return "" if value is None else str(value).strip()


def _whole(low: int, high: int, blank: int | None) -> Reader:
    def read(text: str) -> int | None:
        if not text:
            return blank
        if not (text.isascii() and text.isdecimal()) or not low <= int(text) <= high:
            raise Refusal(_("Give a number from {low} to {high}.", low=low, high=high))
        return int(text)

    return read


def _rule(text: str) -> ExpiryRule:
    if text and text not in list(ExpiryRule):
        raise Refusal(_("Choose one of the ways in which the end is counted."))
    return ExpiryRule(text) if text else ExpiryRule.COMPLETION


def _fixed_day(text: str) -> str:
    if text and not is_day_of_year(text):
        raise Refusal(_("Write the day as month and day, such as 12-31."))
    return text


READERS: dict[str, Reader] = {
    "title": line,
    "needed": _whole(1, MOST_ITEMS, None),
    "valid_months": _whole(1, MOST_MONTHS, None),
    "expiry_rule": _rule,
    "fixed_day": _fixed_day,
    "min_months": _whole(0, MOST_MONTHS, 0),
    "window_days": _whole(0, MOST_DAYS, 90),
    "grace_days": _whole(0, MOST_DAYS, 0),
}
