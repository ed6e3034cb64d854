"""What became of a file somebody sent to be imported."""

from __future__ import annotations

from collections.abc import Sequence

from bot import imports
from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.errors import Fault, Severity
from bot.i18n import Text, Words, _, _n
from bot.imports import Report, RunState, Verdict
from bot.screens import Attachment, Button, Screen, Style

MOST_LINES = 10


@notice("import_checked")
def import_checked(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """What the file would change and what is wrong with it; yes or no."""
    report = imports.report_of(ctx.session, items[0].params["run"])
    if report is None:
        return Drop("the check is gone")
    found = (counts(report), report.samples[:MOST_LINES], _faults(report))
    if report.verdict is Verdict.REFUSED:
        mend = _("Nothing was written. Mend these places and send the file again.")
        return Screen(title=_title(report), body=_paragraphs(*found, (mend,)))
    asks = (report.asks,) if report.asks is not None else ()
    body = _paragraphs(*found, asks)
    return Screen(title=_title(report), body=body, rows=(_yes_or_no(report),))


def _paragraphs(*groups: Sequence[Words]) -> tuple[Words, ...]:
    """Groups of lines with a blank line between those that hold any."""
    lines: list[Words] = []
    for group in groups:
        lines += ["", *group] if lines and group else group
    return tuple(lines)


@notice("import_faults")
def import_faults(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The clerk's own workbook with the faulty cells coloured."""
    sentence = _("Your file with the cells coloured: red stops the import, yellow becomes blank.")
    return Screen(body=(sentence,), attachment=Attachment(items[0].params["blob"]))


@notice("import_done")
def import_done(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The file is in force, or was taken back."""
    report = imports.report_of(ctx.session, items[0].params["run"])
    if report is None:
        return Drop("the import is gone")
    if report.state is RunState.UNDONE:
        return Screen(body=(_("{file} was taken back. All is as before.", file=report.file_name),))
    undo = Button(_("Undo this import"), f"impundo:{report.run_id}", style=Style.DANGER)
    return Screen(
        title=_("{file} is in force", file=report.file_name),
        body=tuple(counts(report)),
        rows=((undo,),),
    )


def counts(report: Report) -> list[Words]:
    """One line for each kind of change, those that are nought left out."""
    found = report.counts
    lines = (
        (found.new, _n("{count} new", "{count} new", found.new)),
        (found.changed, _n("{count} changed", "{count} changed", found.changed)),
        (
            found.moved,
            _n("{count} moved to another post", "{count} moved to another post", found.moved),
        ),
        (found.deactivated, _n("{count} leaves", "{count} leave", found.deactivated)),
        (found.unchanged, _n("{count} unchanged", "{count} unchanged", found.unchanged)),
        (
            found.missing,
            _n(
                "{count} is not in the file and stays as it is",
                "{count} are not in the file and stay as they are",
                found.missing,
            ),
        ),
    )
    return [line for number, line in lines if number]


def place_of(fault: Fault) -> Text:
    """A fault with its place: sheet, row, column."""
    if fault.row is None:
        return fault.sentence
    if fault.column is None:
        return _("Row {row}: {sentence}", row=str(fault.row), sentence=fault.sentence)
    return _(
        "Row {row}, {column}: {sentence}",
        row=str(fault.row),
        column=fault.column,
        sentence=fault.sentence,
    )


def _title(report: Report) -> Text:
    if report.verdict is Verdict.REFUSED:
        return _("{file} cannot be taken as it is", file=report.file_name)
    return _("{file} was checked", file=report.file_name)


def _faults(report: Report) -> list[Words]:
    worst_first = sorted(report.faults, key=lambda fault: fault.severity is Severity.WARNING)
    lines: list[Words] = [place_of(fault) for fault in worst_first[:MOST_LINES]]
    more = len(report.faults) - MOST_LINES
    if more > 0:
        lines.append(
            _n(
                "… and {count} more, in the coloured file.",
                "… and {count} more, in the coloured file.",
                more,
            )
        )
    return lines


def _yes_or_no(report: Report) -> tuple[Button, ...]:
    return (
        Button(_("Take it"), f"impyes:{report.run_id}", style=Style.SUCCESS),
        Button(_("Leave it"), f"impno:{report.run_id}"),
    )
