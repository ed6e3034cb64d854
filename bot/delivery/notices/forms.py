"""What became of a questionnaire somebody sent."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.imports import place_of
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.errors import Fault
from bot.forms import versions
from bot.i18n import Text, Words, _, _n
from bot.imports.wording import unpack_fault
from bot.long_text import and_more
from bot.screens import Button, Screen, Style


@notice("form_checked")
def form_checked(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Every fault with its sheet and row; yes or no where there is none that stops."""
    params = items[0].params
    lines: list[Words] = [_place(unpack_fault(packed)) for packed in params["faults"]]
    lines += and_more(params["more"])
    if not params["good"]:
        title = _("{file} cannot be used as it is", file=params["file"])
        mend = _("Nothing was changed. Mend these places and send the file again.")
        return Screen(title=title, body=(*lines, "", mend))
    count = _n(
        "{count} row is asked, shown or calculated.",
        "{count} rows are asked, shown or calculated.",
        params["questions"],
    )
    yes = Button(_("Put it in force"), f"formyes:{params['blob']}", style=Style.SUCCESS)
    return Screen(
        title=_("{file} can be used", file=params["file"]), body=(count, *lines), rows=((yes,),)
    )


@notice("form_published")
def form_published(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The form is in force and can be tried."""
    card = versions.published_form(ctx, items[0].params["version"])
    return Screen(
        title=_("{form} is in force", form=card.title),
        body=(
            _(
                "Version {version}. Answers begun earlier stay on their version.",
                version=card.version,
            ),
        ),
        rows=((Button(_("Try it"), f"try:{card.version_id}"),),),
    )


def _place(fault: Fault) -> Text:
    if fault.sheet is None:
        return place_of(fault)
    return _("{sheet} – {fault}", sheet=fault.sheet, fault=place_of(fault))
