"""Marks typed as a list: in each line a staff number, then the practical, oral and paper test."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Lines, Text, Words, _
from bot.people import search
from bot.training import class_reach, keeping, marks
from bot.training.outcomes import TESTS, WHOLE

NONE = "-"
MOST_FAULTS = 5


def enter(ctx: Ctx, class_id: int, typed: str) -> int:
    """Set the marks of everybody on a list, or of nobody; of how many that were.

    A hyphen, and what a line leaves out at its end, leave a mark as it is. Refuses classes that
    are not the actor's and, with the first few of them, lines that cannot be read.
    """
    class_reach.require_keeper(ctx, class_id)
    people = {
        search.fold(person.staff_no): row.id for row, person in keeping.held_by(ctx, class_id)
    }
    lines = [words for line in typed.splitlines() if (words := search.fold(line).split())]
    faults = [
        fault
        for number, words in enumerate(lines, 1)
        if (fault := _fault(number, words, words[0] in people)) is not None
    ]
    if faults:
        raise Refusal(Text("{faults}", (("faults", Lines(tuple(faults[:MOST_FAULTS]))),)))
    wanted = {people[words[0]]: _given(words[1:]) or {} for words in lines}
    old = marks.by_enrolment(ctx, list(wanted))
    for enrolment_id, given in wanted.items():
        assert enrolment_id is not None
        marks.enter(ctx, enrolment_id, {**old.get(enrolment_id, {}), **given})
    return len(wanted)


def _fault(number: int, words: Sequence[str], is_known: bool) -> Words | None:
    """What is wrong with a line, if anything."""
    if not is_known:
        return _(
            "Line {line}: nobody in the class has the number {number}.",
            line=number,
            number=words[0],
        )
    if not _given(words[1:]):
        return _(
            "Line {line}: after the number write one to three marks from 0 to 100, with - where "
            "there is none.",
            line=number,
        )
    return None


def _given(words: Sequence[str]) -> dict[str, float] | None:
    """The marks of one line by test; None for what is no list of marks."""
    if not 1 <= len(words) <= len(TESTS):
        return None
    given = {}
    for test, word in zip(TESTS, words, strict=False):
        if word == NONE:
            continue
        percent = _percent(word)
        if percent is None:
            return None
        given[test] = percent
    return given


def _percent(word: str) -> float | None:
    try:
        percent = float(word.replace(",", "."))
    except ValueError:
        return None
    return percent if 0 <= percent <= WHOLE else None
