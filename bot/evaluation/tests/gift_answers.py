"""What stands between the braces of a GIFT question, read into right and wrong answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from bot.evaluation.tests import points
from bot.evaluation.tests.gift_text import plain
from bot.i18n import Text, _

WEIGHT = re.compile(r"^\s*%(-?\d+(?:\.\d+)?)%")
NUMBER = re.compile(r"[-+]?(?:[0-9]{1,15}(?:[.,][0-9]{0,10})?|[.,][0-9]{1,10})")
WHOLE = Decimal(100)
ROUNDING = Decimal(1)
"""Thirds do not add up to a hundred exactly."""
TRUE, FALSE = ("T", "TRUE"), ("F", "FALSE")
TRUTH = (_("True"), _("False"))
MATCHING = _("A matching question cannot be asked here. Make single questions of it.")
ESSAY = _("An essay cannot be marked by itself. Ask it on paper and enter the marks.")
NONE_RIGHT = _("No answer is right. Put = before the right one.")
NO_SUM = _("The weights of the right answers must add up to 100 %.")
ONE_ANSWER = _("There must be at least two answers to choose from.")
PARTLY = _("Answers that are right in part count as wrong here: a question is right or not.")
WILDCARD = _("An asterisk for any letters cannot be used here. Write the answers out.")
SEMICOLON = _("A right answer must not hold a semicolon here, which parts wordings.")
NO_NUMBER = _("This is no number. Write such as #12, #12:0.5 or #10..15.")
WHOLE_TEXT_ONLY = _("There is no right answer of 100 %.")


class CannotRead(Exception):
    """A question that cannot be taken, with the sentence that says why."""

    def __init__(self, code: str, sentence: Text) -> None:
        super().__init__(code)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its words, the weight it has in percent, what is said about it."""

    words: str
    weight: Decimal
    feedback: str = ""


@dataclass(slots=True)
class Reading:
    """What was read: a kind of the bank, answers to choose, the right ones as a cell has them."""

    type: str
    right: str
    answers: list[str] = field(default_factory=list)
    answer_feedback: list[str] = field(default_factory=list)
    feedback: str = ""
    warnings: list[tuple[str, Text]] = field(default_factory=list)
    is_truth: bool = False


def read(braces: str, *, is_plain: bool) -> Reading:
    """The answers of one question; raises CannotRead for kinds that cannot be marked here."""
    said, _sign, general = braces.partition("####")
    said = said.strip()
    reading = _read(said, is_plain=is_plain)
    reading.feedback = plain(general, is_plain=is_plain)
    return reading


def _read(said: str, *, is_plain: bool) -> Reading:
    if not said:
        raise CannotRead("essay", ESSAY)
    if said.startswith("#"):
        return _numerical(said[1:], is_plain=is_plain)
    if "~" in said:
        return _choice(_split(said.replace("=", "~="), "~", is_plain), "=" in said)
    if "=" in said and "->" in said:
        raise CannotRead("matching", MATCHING)
    if said.partition("#")[0].strip().upper() in (*TRUE, *FALSE):
        return _truth(said, is_plain=is_plain)
    return _short(_split(said, "=", is_plain))


def _truth(said: str, *, is_plain: bool) -> Reading:
    word, *feedback = said.split("#")
    is_true = word.strip().upper() in TRUE
    about = [plain(part, is_plain=is_plain) for part in feedback]
    wrong, right = (*about, "", "")[:2]
    return Reading(
        "choice",
        "1" if is_true else "2",
        [sentence.msgid for sentence in TRUTH],
        [right, wrong] if is_true else [wrong, right],
        is_truth=True,
    )


def _choice(found: Sequence[Answer], has_right: bool) -> Reading:
    """One right answer where an equals sign marks it, else several by their weights."""
    if len(found) < 2:
        raise CannotRead("one-answer", ONE_ANSWER)
    right = [number for number, one in enumerate(found, 1) if _is_right(one, has_right)]
    if not right:
        raise CannotRead("none-right", NONE_RIGHT)
    reading = Reading(
        "choice" if has_right or len(right) == 1 else "choices",
        " ".join(map(str, right)),
        [one.words for one in found],
        [one.feedback for one in found],
    )
    if reading.type == "choices":
        total = sum((found[number - 1].weight for number in right), Decimal(0))
        if abs(total - WHOLE) > ROUNDING:
            raise CannotRead("weights", NO_SUM)
    elif any(0 < one.weight < WHOLE for one in found):
        reading.warnings.append(("partly-right", PARTLY))
    return reading


def _is_right(one: Answer, has_right: bool) -> bool:
    return one.weight >= WHOLE if has_right else one.weight > 0


def _short(found: Sequence[Answer]) -> Reading:
    whole = [one for one in found if one.weight >= WHOLE]
    if not whole:
        raise CannotRead("none-right", WHOLE_TEXT_ONLY)
    if any("*" in one.words for one in whole):
        raise CannotRead("wildcard", WILDCARD)
    if any(";" in one.words for one in whole):
        raise CannotRead("semicolon", SEMICOLON)
    reading = Reading("text", "; ".join(one.words for one in whole))
    if len(whole) < len(found):
        reading.warnings.append(("partly-right", PARTLY))
    return reading


def _numerical(said: str, *, is_plain: bool) -> Reading:
    said = said.partition("~")[0]
    found = _split(said, "=", is_plain) if "=" in said else [_answer(f"={said}", is_plain)]
    whole = [one for one in found if one.weight >= WHOLE]
    if not whole:
        raise CannotRead("none-right", WHOLE_TEXT_ONLY)
    reading = Reading("number", _span(whole[0].words))
    if len(found) > 1:
        reading.warnings.append(("partly-right", PARTLY))
    return reading


def _span(words: str) -> str:
    """`12`, `12:0.5` or `10..15` as `12`, `12 ± 0.5`, `12.5 ± 2.5`."""
    low, dots, high = words.partition("..")
    value, colon, off = words.partition(":")
    try:
        if dots:
            first, last = _number(low), _number(high)
            return _with_tolerance((first + last) / 2, abs(last - first) / 2)
        return _with_tolerance(_number(value), _number(off) if colon else Decimal(0))
    except InvalidOperation:
        raise CannotRead("no-number", NO_NUMBER) from None


def _number(words: str) -> Decimal:
    if not NUMBER.fullmatch(words.strip()):
        raise InvalidOperation
    return Decimal(words.strip().replace(",", "."))


def _with_tolerance(value: Decimal, off: Decimal) -> str:
    return f"{points.plain(value)} ± {points.plain(abs(off))}" if off else points.plain(value)


def _split(said: str, sign: str, is_plain: bool) -> list[Answer]:
    """Answers each begun by a sign; what stands before the first may lack it."""
    parts = [part for part in said.split(sign) if part.strip()]
    if sign == "=":
        parts = [f"={part}" for part in parts]
    return [_answer(part, is_plain) for part in parts]


def _answer(part: str, is_plain: bool) -> Answer:
    said = part.strip()
    is_marked = said.startswith("=")
    said = said.removeprefix("=")
    weight = WEIGHT.match(said)
    if weight is not None:
        said = said[weight.end() :]
    words, _sign, feedback = said.partition("#")
    share = Decimal(weight[1]) if weight is not None else WHOLE * is_marked
    return Answer(plain(words, is_plain=is_plain), share, plain(feedback, is_plain=is_plain))
