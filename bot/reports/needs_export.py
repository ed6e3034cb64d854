"""The raw ratings and needs of a round in one workbook, in codes and without names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from bot.context import Ctx
from bot.i18n import Words, _, _n
from bot.needs import analysis, raw
from bot.needs.raw import Raw
from bot.people.access_table import Action
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import Screen

if TYPE_CHECKING:  # whoever only names a report does not load what writes it
    from bot.reports.workbook import Column

TITLE = _("Raw figures of a survey of needs")
SUPERVISOR, SELF = "supervisor", "self"
NUMBERS = frozenset({"person", "need", "people", "importance", "level", "goals"})


def read(ctx: Ctx, params: Params) -> Raw:
    """Everything that round `round` is reckoned from, within the reader's reach."""
    return raw.read(ctx, int(params["round"]))


def screens(data: Raw) -> tuple[Screen, ...]:
    """What the workbook holds, and what it does not."""
    body: tuple[Words, ...] = (
        _n("Ratings of {count} person.", "Ratings of {count} people.", len(data.people)),
        _n("{count} need.", "{count} needs.", len(data.needs)),
        _("It has numbers instead of names. Numbers change from file to file."),
    )
    title = _("Raw figures of the survey of needs {year}", year=data.round.year)
    return (Screen(title=title, body=body),)


def files(data: Raw, language: str) -> tuple[MadeFile, ...]:
    """One workbook; headings and values are codes, the same for every reader."""
    from bot.reports.workbook import Sheet, write_workbook

    rated = [f"{code} {who}" for code in data.competencies for who in (SUPERVISOR, SELF)]
    needs = ("need", "person", "channel", "unit", "people", "importance", "competency", "topic")
    tables: tuple[tuple[Words, tuple[str, ...], Iterable[Sequence[object]]], ...] = (
        (_("Ratings"), ("person", "unit", "position", *rated), data.ratings()),
        (_("Levels required"), ("position", "competency", "level", "importance"), data.required),
        (
            _("Needs"),
            (*needs, "topic_competency", "management", "words"),
            [(*row[:-2], "yes" if row[-2] else "no", row[-1]) for row in data.needs],
        ),
        (_("Weights"), ("figure", "weight"), list(data.weights.items())),
        (_("Goals"), ("topic", "goals"), data.goals),
        (_("Decisions"), ("topic", "way"), data.decisions),
    )
    sheets = [Sheet(name=name, columns=_columns(heads), rows=rows) for name, heads, rows in tables]
    return (MadeFile("needs-raw.xlsx", XLSX, write_workbook(sheets, language)),)


def _columns(names: Sequence[str]) -> tuple[Column, ...]:
    from bot.reports.workbook import Column, Kind

    def kind(name: str) -> Kind:
        if name == "weight":
            return Kind.DECIMAL
        is_number = name in NUMBERS or name.endswith((f" {SUPERVISOR}", f" {SELF}"))
        return Kind.INT if is_number else Kind.TEXT

    return tuple(Column(name, width=16, kind=kind(name)) for name in names)


EXPORT = register(
    Report(
        "needs_export",
        TITLE,
        Action.READ_NEEDS,
        read,
        screens,
        files,
        admits=lambda ctx, params: analysis.round_card(ctx, int(params["round"])),
    )
)
