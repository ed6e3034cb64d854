"""The list of a closed class for HR: a sentence for the chat and a workbook."""

from __future__ import annotations

from bot.context import Ctx
from bot.i18n import Lines, Percent, Words, _, _n
from bot.people.access_table import Action
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.reports.workbook import Column, Kind, Sheet, write_workbook
from bot.screens import Screen
from bot.training import closing_list
from bot.training.closing_list import ClassList, ListedTrainee
from bot.training.enrolments import STATE_WORDS
from bot.training.outcomes import TESTS

COLUMNS = (
    Column(_("Staff number"), "staff_no", width=14),
    Column(_("Name"), "name"),
    Column(_("Name in Latin letters"), "name_latin"),
    Column(_("Rank"), "rank"),
    Column(_("Office"), "unit"),
    Column(_("On the list as"), "state"),
    Column(_("Attendance"), "attendance", kind=Kind.PERCENT),
    *(Column(label, test, kind=Kind.DECIMAL) for test, label in TESTS.items()),
    Column(_("Completed on"), "completed_on", kind=Kind.DATE),
    Column(_("Certificate"), "certificate"),
    Column(_("Why not completed"), "why_not", width=40),
)


def read(ctx: Ctx, params: Params) -> ClassList:
    """The list within the reader's part; refuses a class that is open."""
    return closing_list.read(ctx, int(params["class"]))


def screens(found: ClassList) -> tuple[Screen, ...]:
    """How many completed the class; the names are in the workbook."""
    return (
        Screen(
            title=_("Class {code} has been closed", code=found.code),
            body=(
                found.title,
                _n(
                    "{completed} of {count} person completed it.",
                    "{completed} of {count} people completed it.",
                    len(found.people),
                    completed=found.completed,
                ),
                _("The list follows as a workbook."),
            ),
        ),
    )


def files(found: ClassList, language: str) -> tuple[MadeFile, ...]:
    """One row a person, with the headings that an import of records can be made from."""
    note: Words = _("{course}, class {code}", course=found.title, code=found.code)
    sheet = Sheet(
        name=_("Class list"),
        columns=COLUMNS,
        rows=[_row(one) for one in found.people],
        notes=(note,),
        with_codes=True,
    )
    content = write_workbook([sheet], language)
    return (MadeFile(f"class-{found.code}.xlsx", XLSX, content),)


def _row(one: ListedTrainee) -> tuple[object, ...]:
    return (
        one.staff_no,
        one.name,
        one.name_latin,
        one.rank,
        one.unit,
        STATE_WORDS[one.state],
        Percent(one.share) if one.share is not None else None,
        *(one.marks.get(test) for test in TESTS),
        one.completed_on,
        one.certificate,
        Lines(one.why_not) if one.why_not else None,
    )


register(Report("class_outcome", _("A closed class"), Action.EDIT_PEOPLE, read, screens, files))
