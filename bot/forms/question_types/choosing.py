"""What the types with choices share: finding the choice that typed words mean."""

from __future__ import annotations

from collections.abc import Iterable

from bot.forms.definition import Choice, Question
from bot.forms.question_types.contract import Offer, OfferKind, Option
from bot.forms.question_types.reading import plain_digits, wording
from bot.i18n import Text, Words, _, render

LONGEST_LIST = 90
"""More choices than this cannot be buttons of one message."""

SEARCH_APPEARANCES = ("autocomplete", "search")
_YES_NO = {"yes": (_("yes"), "y"), "no": (_("no"), "n")}


def options(question: Question) -> tuple[Option, ...]:
    """The choices as options, each with the number that may be typed for it."""
    coded = _are_numbers(question.choices)
    names = {wording(choice.code) for choice in question.choices}
    names |= {
        wording(label)
        for choice in question.choices
        for _language, label in choice.label.by_language
    }
    return tuple(
        Option(choice.code, label_of(choice), _number(choice, place, coded=coded, names=names))
        for place, choice in enumerate(question.choices, start=1)
    )


def _number(choice: Choice, place: int, *, coded: bool, names: set[str]) -> str:
    """The code where codes are numbers, else the place, unless that is another one's name."""
    if coded:
        return choice.code
    is_own = wording(choice.code) == str(place)
    return str(place) if is_own or str(place) not in names else ""


def label_of(choice: Choice) -> Words:
    """What a choice says: its label, else its code."""
    return choice.label if choice.label else choice.code


def is_searched(question: Question) -> bool:
    """Whether the choices are too many for buttons, or the form asks for a search."""
    asked = any(word in question.appearance for word in SEARCH_APPEARANCES)
    return bool(question.source) or asked or len(question.choices) > LONGEST_LIST


def search_offer(question: Question) -> Offer:
    return Offer(OfferKind.SEARCH, options(question), question.source)


def find(text: str, question: Question, language: str) -> Choice | Text:
    """The choice typed: an exact label beats a code, a code beats a place in the list."""
    typed = wording(text)
    for found in (
        _with_label(typed, question.choices),
        _with_code(typed, question.choices),
        _yes_or_no(typed, question.choices, language),
    ):
        if len(found) == 1:
            return found[0]
        if found:
            return _("More than one choice is called that. Please type its number.")
    return _in_place(typed, question.choices) or not_found(question)


def search(words: str, question: Question) -> tuple[Option, ...]:
    """The choices whose label or code holds all the words typed; those that begin so first."""
    parts = wording(words).split()
    found = [
        (not text.startswith(parts[0] if parts else ""), place, choice)
        for place, choice in enumerate(question.choices)
        for text in (_searched(choice),)
        if all(part in text for part in parts)
    ]
    ordered = sorted(found, key=lambda item: item[:2])
    return tuple(Option(choice.code, label_of(choice)) for _late, _place, choice in ordered)


def _searched(choice: Choice) -> str:
    labels = (label for _language, label in choice.label.by_language)
    return wording(" ".join((*labels, choice.code)))


def not_found(question: Question) -> Text:
    if question.source:
        return _("Please type a part of the name and choose from the list.")
    return _("Please choose one of the answers, or type its number.")


def _with_label(typed: str, choices: Iterable[Choice]) -> list[Choice]:
    return [
        choice
        for choice in choices
        if any(wording(label) == typed for _language, label in choice.label.by_language)
    ]


def _with_code(typed: str, choices: Iterable[Choice]) -> list[Choice]:
    return [choice for choice in choices if wording(choice.code) == typed]


def _yes_or_no(typed: str, choices: Iterable[Choice], language: str) -> list[Choice]:
    found = []
    for choice in choices:
        sentence, letter = _YES_NO.get(choice.code.casefold(), (None, ""))
        if sentence and typed in (letter, wording(render(sentence, language))):
            found.append(choice)
    return found


def _in_place(typed: str, choices: tuple[Choice, ...]) -> Choice | None:
    """The choice at a typed position; on numeric codes a number is a code, never a place."""
    place = typed.rstrip(".)")
    if not place.isdecimal() or len(place) > 3 or _are_numbers(choices):
        return None
    index = int(place) - 1
    return choices[index] if 0 <= index < len(choices) else None


def _are_numbers(choices: tuple[Choice, ...]) -> bool:
    return all(plain_digits(choice.code).isdecimal() for choice in choices)
