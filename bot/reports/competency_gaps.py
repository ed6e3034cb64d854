"""Gaps of a round as a heat map of competencies, and as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bot.context import Ctx
from bot.i18n import Lines, Percent, Text, Words, _, _n
from bot.needs import analysis
from bot.needs.analysis import CUT_WORDS, Cut, GapRow, GapTable
from bot.needs.tallies import Tally
from bot.people.access_table import Action
from bot.reports.grid import Cell, Grid, Paint, Row, grid_picture, in_parts
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import FileKind, Screen

TITLE = _("Gaps in competencies")
ALL = _("All")
MOST_PICTURES, MOST_LINES = 6, 12
NARROW, WIDE = 0.5, 1.0
"""Levels missing on average: below the first a little, from the second on a whole level."""
LEGEND: tuple[tuple[Paint, Words], ...] = (
    (Paint.GOOD, _("no gap")),
    (Paint.SOON, _("less than half a level")),
    (Paint.LATE, _("less than a level")),
    (Paint.GONE, _("a level or more")),
)


def read(ctx: Ctx, params: Params) -> GapTable:
    """The gaps of round `round`, told apart by `cut`; refuses who may not read needs."""
    return analysis.gaps(ctx, int(params["round"]), cut_of(params))


def cut_of(params: Params) -> Cut:
    """By what the gaps are told apart; by position where nothing is said."""
    named = str(params.get("cut", Cut.POSITION))
    return Cut(named) if named in set(Cut) else Cut.POSITION


def screens(data: GapTable) -> tuple[Screen, ...]:
    """The widest gaps in words; pictures and workbook follow."""
    lines: list[Words] = [
        _n("{count} person was rated.", "{count} people were rated.", data.people),
        *(words_of(row) for row in data.rows[:MOST_LINES]),
    ]
    if len(data.rows) > MOST_LINES or _is_large(data):
        lines.append(_("The workbook has all of them."))
    title = _("Gaps in competencies {year}", year=data.round.year)
    return (Screen(title=title, body=tuple(lines)),)


def words_of(row: GapRow) -> Text:
    """One competency: what is rated, what is required, how many are below."""
    whole = row.whole
    if whole.mean is None or whole.needed is None or whole.share_below is None:
        return _("{name}: nobody was rated", name=row.name)
    return _(
        "{name}: {mean} of {needed} required, {share} below ({count})",
        name=row.name,
        mean=round(whole.mean, 1),
        needed=round(whole.needed, 1),
        share=Percent(whole.share_below),
        count=whole.count,
    )


def files(data: GapTable, language: str) -> tuple[MadeFile, ...]:
    """Pictures of what lacks most, then the workbook with all."""
    if not data.rows:
        return ()
    parts = islice(_parts(data), MOST_PICTURES)
    pictures = [
        MadeFile(f"gaps-{number}.png", "image/png", grid_picture(part, language), FileKind.PHOTO)
        for number, part in enumerate(parts, 1)
    ]
    return (*pictures, MadeFile("gaps.xlsx", XLSX, _workbook(data, language)))


def _is_large(data: GapTable) -> bool:
    shown = islice(_parts(data), MOST_PICTURES + 1)
    return sum(1 for _part in shown) > MOST_PICTURES


def _parts(data: GapTable) -> Iterator[Grid]:
    """The map in pictures for a phone, each of which says what its codes stand for."""
    names = {row.code: row.name for row in data.rows}
    for part in in_parts(_grid(data)):
        codes = tuple(
            _("{code}: {name}", code=code, name=names[str(code)]) for code in part.columns
        )
        yield replace(part, subtitle=Lines((part.subtitle, *codes)))


def _grid(data: GapTable) -> Grid:
    """Positions or offices one under the other, since their names are long; competencies side by
    side. Of whom or what nobody was rated is in the workbook only.
    """
    rated = tuple(row for row in data.rows if row.whole.lack is not None)
    wholes = Row(ALL, tuple(_cell(row.whole) for row in rated))
    below = (
        Row(name, tuple(_cell(row.cells[place]) for row in rated))
        for place, name in enumerate(data.columns)
    )
    return Grid(
        title=_("Gaps in competencies {year}", year=data.round.year),
        subtitle=_subtitle(data),
        columns=tuple(row.code for row in rated),
        rows=(wholes, *(row for row in below if any(row.cells))),
        legend=LEGEND,
    )


def _subtitle(data: GapTable) -> Text:
    cut = CUT_WORDS[data.cut]
    return _("Levels missing on average, {cut}. What lacks most stands first.", cut=cut)


def _cell(tally: Tally | None) -> Cell | None:
    """How many levels are missing; 0 where everybody can as much as they must, or more."""
    lack = tally.lack if tally is not None else None
    if lack is None:
        return None
    return Cell(_paint(lack), Text("{gap}", (("gap", round(lack, 1)),)))


def _paint(lack: float) -> Paint:
    if not lack:
        return Paint.GOOD
    if lack < NARROW:
        return Paint.SOON
    return Paint.LATE if lack < WIDE else Paint.GONE


def _workbook(data: GapTable, language: str) -> bytes:
    """One sheet to look at, gaps against columns, and one to filter, a row a cell."""
    from bot.reports.workbook import Column, Kind, Sheet, write_workbook

    who = (
        Column(_("Code"), "code", width=14),
        Column(_("Competency"), "competency", width=34),
        Column(_("Field"), "field", width=18),
    )
    table = Sheet(
        name=_("Gaps"),
        columns=(*who, *(Column(name, kind=Kind.DECIMAL) for name in (ALL, *data.columns))),
        rows=(
            (row.code, row.name, row.field, row.whole.lack, *map(_lack, row.cells))
            for row in data.rows
        ),
        notes=(_("Gaps in competencies {year}", year=data.round.year), _subtitle(data)),
    )
    figures = (
        Column(_("People rated"), "n", kind=Kind.INT),
        Column(_("Level rated"), "mean", kind=Kind.DECIMAL),
        Column(_("Level required"), "required", kind=Kind.DECIMAL),
        Column(_("Gap"), "gap", kind=Kind.DECIMAL),
        Column(_("Below"), "below", kind=Kind.INT),
        Column(_("Share below"), "share", kind=Kind.PERCENT),
        Column(_("Levels missing"), "missing", kind=Kind.INT),
        Column(_("Rated themselves"), "own_n", kind=Kind.INT),
        Column(_("Level by themselves"), "own", kind=Kind.DECIMAL),
    )
    single = Sheet(
        name=_("One by one"),
        columns=(*who, Column(_("Of"), "of"), *figures),
        rows=_one_by_one(data),
        with_codes=True,
        notes=(_("A gap is the level required less the level rated, on average."),),
    )
    return write_workbook((table, single), language)


def _one_by_one(data: GapTable) -> Iterator[tuple[object, ...]]:
    for row in data.rows:
        for name, tally in zip((ALL, *data.columns), (row.whole, *row.cells), strict=True):
            if tally is not None:
                yield (row.code, row.name, row.field, name, *_figures(tally))


def _figures(tally: Tally) -> tuple[object, ...]:
    share = tally.share_below
    return (
        tally.count,
        tally.mean,
        tally.needed,
        tally.gap,
        tally.below,
        Percent(share) if share is not None else None,
        tally.missing,
        tally.own,
        tally.own_mean,
    )


def _lack(tally: Tally | None) -> float | None:
    return tally.lack if tally is not None else None


GAPS = register(
    Report(
        "competency_gaps",
        TITLE,
        Action.READ_NEEDS,
        read,
        screens,
        files,
        admits=lambda ctx, params: analysis.round_card(ctx, int(params["round"])),
    )
)
