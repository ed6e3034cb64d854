"""The way to what is noted while a class is held, from every page of a class."""

from __future__ import annotations

from bot.i18n import _
from bot.screens import Button
from bot.training.catalogue import ClassCard
from handlers.common.paging import Rows


def holding_rows(held: ClassCard) -> Rows:
    """Attendance, marks, closing, certificates; nothing for a class without dates."""
    if held.starts_on is None or held.cancelled:
        return []
    return [
        (Button(_("Attendance"), f"att:{held.id}:0"), Button(_("Marks"), f"marks:{held.id}:0")),
        (
            Button(_("Close the class"), f"close:{held.id}"),
            Button(_("Certificates"), f"certs:{held.id}:0"),
        ),
    ]
