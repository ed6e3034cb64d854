"""What a reader of a message to many sees: its words in their language, and its buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.context import Ctx
from bot.i18n import Text, Texts, Words, _
from bot.models.broadcasts import Broadcast, BroadcastKind
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Attachment, Button, FileKind, Screen, Style

EMERGENCY = _("Urgent")
CORRECTED = _("This message has been corrected.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A button that a message may have; `needs` is what it must be about.

    Its press opens a page that asks again whether the reader may do it.
    """

    name: str
    title: Text
    label: Text
    action: Callable[[Broadcast], str]
    needs: str = ""
    only_for: Action | None = None


OFFERS: Mapping[str, Offer] = {
    offer.name: offer
    for offer in (
        Offer(
            "enrol", _("Ask for a place in the class"), _("Ask for a place"),
            lambda row: f"c:{row.class_id}", needs="class",
        ),
        Offer(
            "interested", _("Show interest in the class"), _("I am interested"),
            lambda row: f"c:{row.class_id}", needs="class",
        ),
        Offer(
            "nominate", _("Name people for the class"), _("Name people"),
            lambda _row: "noms", needs="class", only_for=Action.NOMINATE,
        ),
        Offer(
            "answer", _("Answer a questionnaire"), _("Answer"),
            lambda row: f"bcform:{row.id}", needs="form",
        ),
        Offer(
            "read", _("Confirm: read and understood"), _("Read and understood"),
            lambda row: f"bcread:{row.id}",
        ),
    )
}  # fmt: skip


def screen(ctx: Ctx, row: Broadcast, language: str, above: Words = "") -> Screen:
    """The message in `language`, or in the fallback it names, for the context's actor.

    The button of who nominates is shown to those only who may.
    """
    is_urgent = row.kind is BroadcastKind.EMERGENCY
    return Screen(
        title=EMERGENCY if is_urgent else "",
        above=above,
        body=(words(row, language),),
        rows=tuple((button,) for button in _buttons(ctx, row)),
        attachment=attachment(row),
    )


def words(row: Broadcast, language: str) -> str:
    """The text in `language`, else in the fallback."""
    return Texts.of(row.texts).best(language, row.fallback)


def attachment(row: Broadcast) -> Attachment | None:
    """The file that goes with it."""
    if row.blob_id is None:
        return None
    return Attachment(row.blob_id, FileKind.PHOTO if row.is_photo else FileKind.DOCUMENT)


def _buttons(ctx: Ctx, row: Broadcast) -> list[Button]:
    offers = [OFFERS[name] for name in row.buttons if name in OFFERS]
    shown = [one for one in offers if one.only_for is None or access.may(ctx, one.only_for)]
    first = shown[0].name if shown else ""
    return [
        Button(
            one.label, one.action(row), style=Style.PRIMARY if one.name == first else Style.PLAIN
        )
        for one in shown
    ]
