"""How good a course is: its sections, what to mend first, and the last time beside them."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.own_work import matrix_results
from bot.evaluation.own_work.matrix_results import Item, Matrix, Section
from bot.i18n import Text, Words, _
from bot.long_text import in_screens
from bot.people.access_table import Action
from bot.reports import results_text
from bot.reports.registry import MadeFile, Params, Report, register
from bot.screens import Screen


def read(ctx: Ctx, params: Params) -> Matrix:
    """The latest evaluation of course `params["course"]`; refuses one without any."""
    return matrix_results.read(ctx, int(params["course"]))


def screens(data: Matrix) -> tuple[Screen, ...]:
    """Sections, then what to mend first, then what reviewers wrote."""
    title = _("Course {code} in {year}", code=data.code, year=str(data.year))
    lines: list[Words] = [data.title, *results_text.head(data.found), "", SCALE]
    if data.earlier is not None:
        lines.append(_("In brackets: {year}.", year=str(data.earlier)))
    lines += [_section(one) for one in data.sections]
    weak = [_item(one) for one in data.weak]
    lines += ["", _("To be mended first:"), *weak] if weak else ["", NOTHING_WEAK]
    comments = results_text.comment_screens(_("What reviewers wrote"), data.found)
    return (*in_screens(title, lines), *comments)


def files(data: Matrix, language: str) -> tuple[MadeFile, ...]:
    """A picture of the sections and a workbook with every item."""
    from bot.reports import own_work_files  # drawing takes a second to load

    return own_work_files.of_course(data, language)


SCALE = _("Averages from 1 (not at all) to 4 (fully); what does not apply is left out.")
NOTHING_WEAK = _("No item is below 2.5.")


def _section(one: Section) -> Text:
    mean = round(one.mean, 1)
    if one.before is None:
        return _("• {section}: {mean}", section=one.label, mean=mean)
    before = round(one.before, 1)
    return _("• {section}: {mean} ({before})", section=one.label, mean=mean, before=before)


def _item(one: Item) -> Text:
    mean = round(one.mean, 1)
    if one.before is None:
        return _("• {item} {mean}", item=one.label, mean=mean)
    before = round(one.before, 1)
    return _("• {item} {mean} ({before})", item=one.label, mean=mean, before=before)


COURSE_MATRIX = register(
    Report("course_matrix", _("How good a course is"), Action.READ_REPORTS, read, screens, files)
)
