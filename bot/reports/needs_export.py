"""The raw ratings and needs of a round in one workbook, in codes and without names."""

from __future__ import annotations

from bot.context import Ctx
from bot.i18n import Words, _, _n
from bot.needs import analysis, raw
from bot.needs.raw import Raw
from bot.people.access_table import Action
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import Screen

TITLE = _("Raw figures of a survey of needs")
SUPERVISOR, SELF = "supervisor", "self"


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
    from bot.reports.workbook import Column, Kind, Sheet, write_workbook

    def columns(*names: str, kind: Kind = Kind.TEXT) -> tuple[Column, ...]:
        return tuple(Column(name, width=16, kind=kind) for name in names)

    rated = [f"{code} {who}" for code in data.competencies for who in (SUPERVISOR, SELF)]
    sheets = (
        Sheet(
            name=_("Ratings"),
            columns=(
                *columns("person", kind=Kind.INT),
                *columns("unit", "position"),
                *columns(*rated, kind=Kind.INT),
            ),
            rows=data.ratings(),
        ),
        Sheet(
            name=_("Required"),
            columns=(
                *columns("position", "competency"),
                *columns("level", "importance", kind=Kind.INT),
            ),
            rows=data.required,
        ),
        Sheet(
            name=_("Needs"),
            columns=(
                *columns("need", kind=Kind.INT),
                *columns("channel", "unit"),
                *columns("people", "importance", kind=Kind.INT),
                *columns("competency", "topic", "topic_competency", "management", "words"),
            ),
            rows=[(*row[:8], "yes" if row[8] else "no", row[9]) for row in data.needs],
        ),
        Sheet(
            name=_("Weights"),
            columns=(*columns("figure"), *columns("weight", kind=Kind.DECIMAL)),
            rows=list(data.weights.items()),
        ),
        Sheet(name=_("Decisions"), columns=columns("topic", "way"), rows=data.decisions),
    )
    return (MadeFile("needs-raw.xlsx", XLSX, write_workbook(sheets, language)),)


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
