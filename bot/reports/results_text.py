"""Results of a questionnaire as paragraphs for the chat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.evaluation.interviews import Said
from bot.evaluation.results import ClassResults, Figures, Kind, QuestionResult
from bot.i18n import Joined, Labelled, Percent, Text, Words, _, _n
from bot.long_text import in_screens
from bot.screens import Screen

MOST_COMMENT_SCREENS = 3


def head(found: ClassResults) -> tuple[Words, ...]:
    """How many answered, and why nothing more is said where that is so."""
    if not found.asked:
        return (_("The group was too small for a questionnaire without names."),)
    rate = _(
        "Answered: {answered} of {asked} ({share}).",
        answered=found.answered,
        asked=found.asked,
        share=Percent(found.rate),
    )
    kind = (
        _("Nobody's name is kept with these answers.")
        if found.anonymous
        else _("These answers were given by name.")
    )
    if found.keyed_in:
        return rate, kind, _keyed_in(found.keyed_in)
    if found.shown:
        return rate, kind
    return rate, kind, too_few(found.threshold)


def _keyed_in(count: int) -> Text:
    return _n(
        "{count} of them was keyed in from paper by somebody else.",
        "{count} of them were keyed in from paper by somebody else.",
        count,
    )


def too_few(threshold: int) -> Text:
    """Why results are withheld."""
    return _n(
        "Results are shown from {count} answer on, so that nobody can be recognised.",
        "Results are shown from {count} answers on, so that nobody can be recognised.",
        threshold,
    )


def questions(found: ClassResults) -> tuple[Words, ...]:
    """One line a question; a note at the end where some are withheld."""
    withheld = found.shown and any(item.suppressed for item in found.questions)
    note = (_("A dash stands for too few answers to be shown."),) if withheld else ()
    return (*lines(found), *note)


def lines(found: ClassResults) -> tuple[Words, ...]:
    """One line a question."""
    return tuple(line(item) for item in found.questions)


def one_by_one(found: ClassResults) -> tuple[Words, ...]:
    """One line a question where a single person answered by name: what they chose."""
    return tuple(
        Labelled(item.label or item.name, one.label or one.code)
        for item in found.questions
        for one in item.figures.counts
        if one.count
    )


def said(talk: tuple[Said, ...]) -> tuple[Words, ...]:
    """An interview, one paragraph a question."""
    return tuple(Labelled(one.label, one.answer) for one in talk)


def by_gender(found: ClassResults) -> tuple[Words, ...]:
    """The averages of groups large enough, or nothing at all."""
    split = [
        _(
            "{question}: {averages}",
            question=item.label or item.name,
            averages=Joined(tuple(_group(gender, figures) for gender, figures in item.by_gender)),
        )
        for item in found.questions
        if item.kind is Kind.SCALE and item.by_gender
    ]
    return (_("By gender, where enough people answered:"), *split) if split else ()


def comment_screens(title: Text, found: ClassResults) -> tuple[Screen, ...]:
    """Comments apart from the figures, on up to three screens; the workbook has the others."""
    lines = list(_comment_lines(found))
    if not lines:
        return ()
    screens = in_screens(title, lines)
    if len(screens) <= MOST_COMMENT_SCREENS:
        return screens
    *shown, last = screens[:MOST_COMMENT_SCREENS]
    return (*shown, replace(last, body=(*last.body, _("The workbook has all of them."))))


def line(item: QuestionResult) -> Text:
    """One question: its average, else how many chose what; a dash where it is withheld."""
    label = item.label or item.name
    figures = item.figures
    if item.suppressed:
        return _("{question}: –", question=label)
    if figures.mean is None:
        shares = Joined(
            tuple(
                _("{choice} {count}", choice=one.label or one.code, count=one.count)
                for one in figures.counts
            )
        )
        return _("{question}: {shares}", question=label, shares=shares)
    return _n(
        "{question}: {mean} on average ({count} answer)",
        "{question}: {mean} on average ({count} answers)",
        figures.n,
        question=label,
        mean=round(figures.mean, 1),
    )


def _group(gender: str, figures: Figures) -> Text:
    mean = round(figures.mean, 1) if figures.mean is not None else "–"
    return _("{gender} {mean}", gender=gender_word(gender), mean=mean)


def gender_word(gender: str) -> Words:
    """A gender as the roster names it, with words of our own for the two usual codes."""
    known = {"f": _("women"), "m": _("men"), "": _("not stated")}
    return known.get(gender.casefold(), gender)


def _comment_lines(found: ClassResults) -> Iterator[Words]:
    for comments in found.comments:
        yield comments.label or comments.name
        yield from (_("• {comment}", comment=text) for text in comments.texts)
