"""The topics of a round by priority: a picture of bars, and a workbook that shows the sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.context import Ctx
from bot.i18n import Lines, Percent, Words, _, _n
from bot.needs import analysis, decisions, priority
from bot.needs.analysis import RoundCard
from bot.needs.decisions import WAY_WORDS, Decision
from bot.needs.priority import FIGURE_WORDS, FORMULA, GAP, Ranked
from bot.people.access_table import Action
from bot.reports.bars import BarChart, Count, bar_picture
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import FileKind, Screen

TITLE = _("What is needed most")
BARS, MOST_LINES = 20, 15


@dataclass(frozen=True, slots=True)
class Priorities:
    """The topics of a round in order, and what was decided about them."""

    round: RoundCard
    ranked: tuple[Ranked, ...]
    decided: dict[int, Decision]
    weights: dict[str, float]


def read(ctx: Ctx, params: Params) -> Priorities:
    """The topics of round `round` within the reader's reach; refuses who may not read needs."""
    round_id = int(params["round"])
    card = analysis.round_card(ctx, round_id)
    ranked = tuple(priority.ranking(ctx, round_id, live=True))
    decided = decisions.of_round(ctx, round_id)
    return Priorities(card, ranked, decided, priority.weights_of(card.row))


def screens(data: Priorities) -> tuple[Screen, ...]:
    """The first topics in words; the picture and the workbook follow."""
    lines: list[Words] = [line_of(one) for one in data.ranked[:MOST_LINES]]
    if not lines:
        lines.append(_("Nothing has been put to a topic yet, and no gap was measured."))
    if len(data.ranked) > MOST_LINES:
        lines.append(_("The workbook has all of them."))
    title = _("What is needed most in {year}", year=data.round.year)
    return (Screen(title=title, body=tuple(lines)),)


def line_of(one: Ranked) -> Words:
    """A topic with its place, its points and how many people it is about."""
    return _n(
        "{place}. {topic}: {points} points, {count} person",
        "{place}. {topic}: {points} points, {count} people",
        one.figures.people,
        place=one.place,
        topic=one.topic.name,
        points=round(one.points),
    )


def files(data: Priorities, language: str) -> tuple[MadeFile, ...]:
    """The picture, then the workbook; nothing where there is no topic."""
    if not data.ranked:
        return ()
    chart = BarChart(
        title=_("What is needed most in {year}", year=data.round.year),
        subtitle=Lines((_("Points of 100:"), *_weights(data))),
        bars=tuple(Count(one.topic.name, round(one.points)) for one in data.ranked[:BARS]),
        footer=FORMULA,
    )
    picture = MadeFile("needs.png", "image/png", bar_picture(chart, language, 100), FileKind.PHOTO)
    return (picture, MadeFile("needs.xlsx", XLSX, _workbook(data, language)))


def _weights(data: Priorities) -> list[Words]:
    whole = sum(data.weights.values()) or 1.0
    return [
        _("{share} {what}", share=Percent(weight / whole), what=FIGURE_WORDS[name])
        for name, weight in data.weights.items()
    ]


def _workbook(data: Priorities, language: str) -> bytes:
    from bot.reports.workbook import Column, Kind, Sheet, write_workbook

    sheet = Sheet(
        name=_("Topics"),
        columns=(
            Column(_("Rank"), "place", kind=Kind.INT),
            Column(_("Topic"), "topic", width=36),
            Column(_("Points"), "points", kind=Kind.DECIMAL),
            Column(_("Wishes"), "wishes", kind=Kind.INT),
            Column(_("People"), "people", kind=Kind.INT),
            Column(_("Importance"), "importance", kind=Kind.DECIMAL),
            Column(FIGURE_WORDS[GAP], "gap", width=20, kind=Kind.DECIMAL),
            Column(_("People rated"), "rated", kind=Kind.INT),
            Column(_("Weight of goals"), "goals", kind=Kind.INT),
            *(
                Column(_("Points by: {what}", what=words), f"points_{name}", kind=Kind.DECIMAL)
                for name, words in FIGURE_WORDS.items()
            ),
            Column(_("Poor appraisals"), "appraisals", kind=Kind.INT),
            Column(_("Errors counted"), "errors", kind=Kind.INT),
            Column(_("How it is met"), "way"),
            Column(_("By whom"), "by"),
            Column(_("Reason"), "reason", width=40),
        ),
        rows=[_row(data, one) for one in data.ranked],
        notes=(
            _("What is needed most in {year}", year=data.round.year),
            FORMULA,
            *_weights(data),
            _("Appraisals and errors stand beside the sum and are no part of it."),
        ),
        with_codes=True,
    )
    return write_workbook([sheet], language)


def _row(data: Priorities, one: Ranked) -> tuple[Any, ...]:
    figures, decided = one.figures, data.decided.get(one.topic.id)
    return (
        one.place,
        one.topic.name,
        one.points,
        figures.wishes,
        figures.people,
        figures.importance,
        figures.tally.lack,
        figures.tally.count,
        figures.goals,
        *(part.points for part in one.parts),
        figures.appraisals,
        figures.errors,
        WAY_WORDS[decided.way] if decided else None,
        decided.by if decided else None,
        decided.reason if decided else None,
    )


PRIORITIES = register(
    Report(
        "needs_priorities",
        TITLE,
        Action.READ_NEEDS,
        read,
        screens,
        files,
        admits=lambda ctx, params: analysis.round_card(ctx, int(params["round"])),
    )
)
