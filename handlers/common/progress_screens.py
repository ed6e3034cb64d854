"""How an officer's check sheets look in a chat, whoever looks."""

from __future__ import annotations

from bot.evaluation.check_sheets import progress
from bot.evaluation.check_sheets.belonging import STAGE_WORDS
from bot.evaluation.check_sheets.progress import Progress
from bot.i18n import Words, _
from bot.reports.check_sheet import change_line, rating_line
from bot.screens import Button, Screen
from handlers.common.paging import Rows

MOST_LINES = 8


def progress_screen(
    found: Progress, more: tuple[tuple[Button, ...], ...], back: tuple[Button, ...]
) -> Screen:
    """The mean of each rating, the newest last, and why this sheet."""
    body: list[Words] = [
        found.title,
        _("Career stage: {stage}", stage=STAGE_WORDS[found.belongs.stage]),
        found.belongs.why,
        "",
        *map(rating_line, found.ratings[-MOST_LINES:]),
    ]
    changed = change_line(found)
    if changed is not None:
        body.append(changed)
    rows: Rows = []
    if found.ratings:
        person = found.person.id
        rows.append((Button(_("As a picture and a workbook"), f"chkrep:{person}"),))
    else:
        body.append(progress.NOTHING_YET)
    return Screen(
        title=found.person.name, body=tuple(body), rows=(*rows, *more, back), protect=True
    )
