"""A questionnaire sent by mistake is taken back, after its numbers were shown."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import recall
from bot.evaluation.recall import RecallCard
from bot.events import Event
from bot.i18n import Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common.class_screens import class_id
from handlers.common.routes import press
from handlers.unit.classes import class_screen


@press("recall", Action.RECALL)
def choose_questionnaire(ctx: Ctx, event: Event) -> Reply:
    """Which questionnaires about the class are out: `recall:class`."""
    about = class_id(event)
    found = recall.what_can_be_recalled(ctx, about)
    if not found:
        return Reply(toast=_("No questionnaire about this class is out."))
    rows = tuple((Button(card.title, f"recallit:{about}:{card.stage}"),) for card in found)
    return Reply(
        screen=Screen(
            title=_("Which questionnaire was sent by mistake?"),
            rows=(*rows, (Button(_("« Class"), f"class:{about}"),)),
        )
    )


@press("recallit", Action.RECALL)
def ask_before_recalling(ctx: Ctx, event: Event) -> Reply:
    """Show what would happen: `recallit:class:stage`."""
    card = _card(ctx, event)
    return Reply(
        screen=Screen(
            title=_("Take it back: {title}", title=card.title),
            body=_consequences(card),
            rows=(
                (
                    Button(
                        _("Take it back"),
                        f"recallyes:{card.class_id}:{card.stage}",
                        guarded=True,
                        style=Style.DANGER,
                    ),
                ),
                (Button(_("« Class"), f"class:{card.class_id}"),),
            ),
        )
    )


@press("recallyes", Action.RECALL)
def take_back(ctx: Ctx, event: Event) -> Reply:
    """Take it back: `recallyes:class:stage`."""
    card = _card(ctx, event)
    recall.recall(ctx, card.class_id, card.stage)
    return Reply(
        screen=class_screen(ctx, card.class_id), toast=_("The questionnaire was taken back.")
    )


def _card(ctx: Ctx, event: Event) -> RecallCard:
    stage = event.text.split(":")[2] if event.text.count(":") > 1 else ""
    found = recall.what_can_be_recalled(ctx, class_id(event))
    card = next((one for one in found if one.stage == stage), None)
    if card is None:
        raise Refusal(_("There is nothing to take back: this questionnaire is not out."))
    return card


def _consequences(card: RecallCard) -> tuple[Words, ...]:
    lines = (
        _n(
            "{count} person has not answered and is not asked any more.",
            "{count} people have not answered and are not asked any more.",
            card.open,
        ),
        _n(
            "{count} person has answered: the answers are deleted for good.",
            "{count} people have answered: their answers are deleted for good.",
            card.answered,
        ),
        _n(
            "{count} person got the message and will be told.",
            "{count} people got the message and will be told.",
            card.told,
        ),
    )
    return tuple(line for line in lines if line.count)
