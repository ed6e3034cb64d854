"""Progress by check sheet: a picture for the phone and a workbook, of an officer or an office."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.check_sheets import office, progress
from bot.evaluation.check_sheets.belonging import STAGE_WORDS
from bot.evaluation.check_sheets.levels import LEVEL_WORDS
from bot.evaluation.check_sheets.office import ItemFigures, OfficeResults, RoundFigures
from bot.evaluation.check_sheets.progress import Progress, Rating
from bot.i18n import Text, Words, _, _n
from bot.people.access_table import Action
from bot.reports.grid import Cell, Grid, Paint, Row, grid_picture, in_parts
from bot.reports.months import narrow_month
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.reports.workbook import Column, Kind, Sheet, write_workbook
from bot.screens import FileKind, Screen

PAINTS = {"5": Paint.GOOD, "4": Paint.GOOD, "3": Paint.SOON, "2": Paint.LATE, "1": Paint.GONE}
LEGEND = (
    (Paint.GOOD, _("4 and 5: understood")),
    (Paint.SOON, _("3: generally")),
    (Paint.LATE, _("2: partly")),
    (Paint.GONE, _("1: not achieved")),
    (Paint.OPEN, _("6 and 7: no opportunity")),
)
LEFT_OUT = _("Means are of the levels 1 to 5; 6 and 7 say that there was no opportunity.")
MOST_PICTURES = 6


def read(ctx: Ctx, params: Params) -> Progress:
    """One officer's sheets; refuses readers without reach."""
    return progress.of_person(ctx, int(params["person"]))


def screens(data: Progress) -> tuple[Screen, ...]:
    """The mean of each round, and how it has changed."""
    lines: list[Words] = [
        data.title,
        _("Career stage: {stage}", stage=STAGE_WORDS[data.belongs.stage]),
        *map(rating_line, data.ratings),
    ]
    changed = change_line(data)
    if changed is not None:
        lines.append(changed)
    lines.append(LEFT_OUT if data.ratings else progress.NOTHING_YET)
    return (Screen(title=data.person.name, body=tuple(lines), protect=True),)


def tenths(mean: float | None) -> Words:
    """A mean with one decimal as the reader writes it; a dash where there is none."""
    return Text("{mean}", (("mean", round(mean, 1)),)) if mean is not None else "–"


def change_line(data: Progress) -> Text | None:
    """How the officer's own mean has changed since the time before; None if there was none."""
    change = data.change()
    if change is None:
        return None
    by = round(abs(change), 1)
    if not by:
        return _("The mean is as it was the time before.")
    if change > 0:
        return _("The mean is {by} higher than the time before.", by=by)
    return _("The mean is {by} lower than the time before.", by=by)


def rating_line(rating: Rating) -> Text:
    """One rating: when, by whom, the mean, and how many items had no opportunity."""
    shown = tenths(rating.mean)
    label = _("{day}: {mean}", day=rating.opens_on, mean=shown)
    if rating.final:
        label = _("{day}, by {name}: {mean}", day=rating.opens_on, name=rating.by, mean=shown)
    if not rating.no_chance:
        return label
    return _n(
        "{rating}; {count} item without opportunity",
        "{rating}; {count} items without opportunity",
        rating.no_chance,
        rating=label,
    )


def files(data: Progress, language: str) -> tuple[MadeFile, ...]:
    """Items against rounds as pictures, and the same as a workbook."""
    if not data.ratings:
        return ()
    grid = Grid(
        title=data.person.name,
        subtitle=data.title,
        columns=tuple(map(_heading, data.ratings)),
        rows=tuple(
            Row(item.label, tuple(_cell(one.levels[place]) for one in data.ratings))
            for place, item in enumerate(data.items)
        ),
        legend=LEGEND,
    )
    book = write_workbook((_sheet(data),), language)
    return (*_pictures(grid, language), MadeFile("check-sheet.xlsx", XLSX, book))


def _pictures(grid: Grid, language: str) -> list[MadeFile]:
    return [
        MadeFile(f"check-sheet-{number}.png", "image/png", grid_picture(part, language),
                 FileKind.PHOTO)
        for number, part in enumerate(list(in_parts(grid))[:MOST_PICTURES], 1)
    ]  # fmt: skip


def _heading(rating: Rating | RoundFigures) -> Words:
    month = narrow_month(rating.opens_on)
    return _("{month} final", month=month) if rating.final else month


def _cell(level: str) -> Cell | None:
    if not level:
        return None
    return Cell(PAINTS.get(level, Paint.OPEN), level)


def _sheet(data: Progress) -> Sheet:
    return Sheet(
        name=_("Check sheet"),
        columns=(
            Column(_("Section"), "section"),
            Column(_("Item"), "item", width=60),
            *(Column(_heading(one), one.opens_on.isoformat(), width=14) for one in data.ratings),
        ),
        rows=[
            (item.section, item.label, *(_worded(one.levels[place]) for one in data.ratings))
            for place, item in enumerate(data.items)
        ],
        notes=(data.person.name, data.title, LEFT_OUT),
    )


def _worded(level: str) -> Words | None:
    return _("{level}: {words}", level=level, words=LEVEL_WORDS[level]) if level else None


def read_office(ctx: Ctx, params: Params) -> OfficeResults:
    """Everybody rated by one sheet; refuses all but the training unit."""
    return office.of_sheet(ctx, int(params["sheet"]))


def office_screens(data: OfficeResults) -> tuple[Screen, ...]:
    """The mean of each round, and the items that lag behind in the last."""
    lines: list[Words] = [
        _("{unit}, {stage}", unit=data.sheet.unit, stage=STAGE_WORDS[data.sheet.stage])
    ]
    lines += [_round_line(one) for one in data.rounds]
    own = [one for one in data.rounds if not one.final]
    if own:
        lines += _weakest(data, own[-1])
    lines.append(LEFT_OUT if data.rounds else progress.NOTHING_YET)
    return (Screen(title=data.sheet.title, body=tuple(lines), protect=True),)


def _round_line(one: RoundFigures) -> Text:
    mean = tenths(one.mean)
    if one.final:
        return _n(
            "{day}, by supervisors: {mean} ({count} sheet)",
            "{day}, by supervisors: {mean} ({count} sheets)",
            one.answered,
            day=one.opens_on,
            mean=mean,
        )
    return _n(
        "{day}: {mean} ({count} sheet)",
        "{day}: {mean} ({count} sheets)",
        one.answered,
        day=one.opens_on,
        mean=mean,
    )


WEAKEST = 3


def _weakest(data: OfficeResults, last: RoundFigures) -> list[Words]:
    means = sorted(
        (figures.mean, place)
        for place, figures in enumerate(last.items)
        if figures.mean is not None
    )
    lines: list[Words] = [_("Lowest in the last round:")] if means else []
    lines += [
        _("• {item}: {mean}", item=data.items[place].label, mean=tenths(mean))
        for mean, place in means[:WEAKEST]
    ]
    return lines


def office_files(data: OfficeResults, language: str) -> tuple[MadeFile, ...]:
    """Items against rounds with their means, as pictures and as a workbook."""
    if not data.rounds:
        return ()
    grid = Grid(
        title=data.sheet.title,
        subtitle=_("{unit}, {stage}", unit=data.sheet.unit, stage=STAGE_WORDS[data.sheet.stage]),
        columns=tuple(map(_heading, data.rounds)),
        rows=tuple(
            Row(item.label, tuple(_mean_cell(one.items[place]) for one in data.rounds))
            for place, item in enumerate(data.items)
        ),
        legend=LEGEND,
    )
    book = write_workbook((_office_sheet(data),), language)
    return (*_pictures(grid, language), MadeFile("check-sheets.xlsx", XLSX, book))


def _mean_cell(figures: ItemFigures) -> Cell | None:
    if figures.mean is None:
        return Cell(Paint.OPEN, "–") if figures.no_chance else None
    nearest = str(min(5, max(1, int(figures.mean + 0.5))))
    return Cell(PAINTS[nearest], tenths(figures.mean))


def _office_sheet(data: OfficeResults) -> Sheet:
    columns = [Column(_("Section"), "section"), Column(_("Item"), "item", width=60)]
    for one in data.rounds:
        code = one.opens_on.isoformat() + ("-final" if one.final else "")
        columns += [
            Column(_heading(one), code, kind=Kind.DECIMAL),
            Column(_("Rated"), f"{code}-rated", kind=Kind.INT),
            Column(_("No opportunity"), f"{code}-none", kind=Kind.INT),
        ]
    rows = [
        (
            item.section,
            item.label,
            *(
                value
                for one in data.rounds
                for value in (one.items[place].mean, one.items[place].rated,
                              one.items[place].no_chance)
            ),
        )
        for place, item in enumerate(data.items)
    ]  # fmt: skip
    notes = (data.sheet.title, _("{unit}, {stage}", unit=data.sheet.unit,
             stage=STAGE_WORDS[data.sheet.stage]), LEFT_OUT)  # fmt: skip
    return Sheet(_("Check sheet"), tuple(columns), rows, notes, with_codes=True)


CHECK_SHEET = register(
    Report("check_sheet", _("Check sheet of an officer"), Action.USE_DESK, read, screens, files)
)
CHECK_SHEET_OFFICE = register(
    Report(
        "check_sheet_office",
        _("Check sheets of an office"),
        Action.ASSIGN,
        read_office,
        office_screens,
        office_files,
    )
)
