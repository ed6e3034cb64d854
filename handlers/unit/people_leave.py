"""Somebody leaves the roster, comes back, or loses an account; each asks once more first."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.i18n import Text, _, _n
from bot.people import directory, editing, linking
from bot.people.access_table import Action
from bot.people.editing import Leaving
from bot.screens import Button, Reply, Screen, Style
from handlers.common.routes import press
from handlers.unit.people_find import person_id, person_screen

REASONS: dict[Leaving, Text] = {
    Leaving.RETIRED: _("Retired"),
    Leaving.RESIGNED: _("Resigned"),
    Leaving.TRANSFERRED: _("Left for another service"),
    Leaving.DIED: _("Died"),
    Leaving.MISTAKE: _("Was entered by mistake"),
}


@press("takeoff", Action.EDIT_PEOPLE)
def take_off(ctx: Ctx, event: Event) -> Reply:
    """`takeoff:id` asks why, `takeoff:id:reason` does it."""
    about = person_id(event)
    _takeoff, _number, *said = event.text.split(":")
    if not said:
        return Reply(screen=_why(ctx, about))
    if said[0] not in set(Leaving):
        raise Refusal(_("Choose one of the reasons shown."))
    left_alone = editing.deactivate(ctx, about, Leaving(said[0]))
    done = _("Done. Nobody speaks for this person here any more.")
    if left_alone:
        done = _n(
            "Done. {count} person has no supervisor now: the unit acts instead.",
            "Done. {count} people have no supervisor now: the unit acts instead.",
            left_alone,
        )
    return Reply(screen=person_screen(ctx, about, done))


@press("bringback", Action.EDIT_PEOPLE)
def bring_back(ctx: Ctx, event: Event) -> Reply:
    """Somebody who left is here again: `bringback:id`."""
    about = person_id(event)
    editing.bring_back(ctx, about)
    return Reply(screen=person_screen(ctx, about, _("On the roster again. They link anew.")))


@press("unlink", Action.EDIT_PEOPLE)
def unlink(ctx: Ctx, event: Event) -> Reply:
    """`unlink:id` asks once more, `unlink:id:yes` takes the account away."""
    about = person_id(event)
    if not event.text.endswith(":yes"):
        return Reply(screen=_sure(ctx, about))
    linking.unlink(ctx, about)
    return Reply(screen=person_screen(ctx, about, _("The account is unlinked.")))


def _why(ctx: Ctx, about: int) -> Screen:
    card = directory.require_card(ctx, about, Action.EDIT_PEOPLE)
    rows = [
        (Button(label, f"takeoff:{about}:{reason.value}", guarded=True),)
        for reason, label in REASONS.items()
    ]
    return Screen(
        title=_("Take {name} off the roster?", name=card.name),
        body=(
            _("The account loses its access at once. History and answers stay."),
            _("Why does this person leave?"),
        ),
        rows=(*rows, (Button(_("« Keep on the roster"), f"person:{about}"),)),
    )


def _sure(ctx: Ctx, about: int) -> Screen:
    card = directory.require_card(ctx, about, Action.EDIT_PEOPLE)
    yes = Button(_("Unlink"), f"unlink:{about}:yes", guarded=True, style=Style.DANGER)
    return Screen(
        title=_("Unlink the account of {name}?", name=card.name),
        body=(_("Do this when a phone is lost or stolen. The person can link anew afterwards."),),
        rows=((yes,), (Button(_("« Leave it linked"), f"person:{about}"),)),
    )
