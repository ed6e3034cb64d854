"""The way to what is noted while a class is held, from every page of a class."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import course_forms
from bot.i18n import _
from bot.screens import Button
from bot.training.catalogue import ClassCard
from handlers.common.paging import Rows


def holding_rows(ctx: Ctx, held: ClassCard) -> Rows:
    """Attendance, marks, tests, closing, certificates; nothing for a class without dates.

    Tests only where the course has any.
    """
    if held.starts_on is None or held.cancelled:
        return []
    own = course_forms.of_course(ctx, held.course_id)
    has_tests = any(row.stage in course_forms.TEST_NAMES for row in own)
    return [
        (Button(_("Attendance"), f"att:{held.id}:0"), Button(_("Marks"), f"marks:{held.id}:0")),
        *([(Button(_("Tests"), f"tests:{held.id}"),)] if has_tests else []),
        (
            Button(_("Close the class"), f"close:{held.id}"),
            Button(_("Certificates"), f"certs:{held.id}:0"),
        ),
    ]
