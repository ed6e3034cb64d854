"""The nightly backup, for the alert chat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import _
from bot.screens import Attachment, Screen

MEGABYTE = 1_000_000


@notice("backup_made")
def backup_made(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The newest one as a document; one that is too large for a chat is only named."""
    params = items[-1].params
    size = f"{params['size'] / MEGABYTE:.1f}"
    title = _("Backup of Rollcall")
    if "blob" not in params:
        line = _(
            "{file} has {size} MB, too large for a chat. It lies on the machine only.",
            file=params["file"],
            size=size,
        )
        return Screen(title=title, body=(line,))
    line = _(
        "{file}, {size} MB. Only the holder of its key can open it.",
        file=params["file"],
        size=size,
    )
    return Screen(title=title, body=(line,), attachment=Attachment(params["blob"]))
