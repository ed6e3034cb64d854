"""Where a filled-in check sheet arrives, and what is said before it is begun."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import answering
from bot.evaluation.check_sheets.sheets import LIBRARY
from bot.evaluation.promises import promise
from bot.evaluation.stages import CHECK_SHEET, CHECK_SHEET_FINAL
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, _

promise(
    _("Your assessment is stored with your name. Your supervisor and the training unit read it."),
    CHECK_SHEET,
)
promise(
    _("Your evaluation is stored with your name. The officer and the training unit read it."),
    CHECK_SHEET_FINAL,
)


@on_submit(LIBRARY)
def take(ctx: Ctx, submission: Submission) -> Text:
    """Take the levels of the sheet that comes with Rollcall; the unit's own are taken alike."""
    return answering.take(ctx, submission)
