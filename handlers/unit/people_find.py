"""Looking somebody up in the roster by any spelling of the name, and what can be done then."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.i18n import Words, _
from bot.people import access, directory
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.screens import Button, Reply, Screen, Style
from handlers.common import menu
from handlers.common.numbers import number_after
from handlers.common.routes import press, text

ASKS = "people:find"
MOST_SHOWN = 10

menu.menu_entry("people", _("People"), "people", Action.EDIT_PEOPLE, 45, menu.Part.PEOPLE)


@press("people", Action.EDIT_PEOPLE)
def open_people(_ctx: Ctx, _event: Event) -> Reply:
    """Ask for a name or number."""
    return Reply(screen=_search(_("Type a name or a staff number, or a part of it.")))


@text("people", Action.EDIT_PEOPLE)
def find_people(ctx: Ctx, event: Event) -> Reply:
    """Those who match, as buttons."""
    found = directory.find(ctx, event.text, Action.EDIT_PEOPLE, MOST_SHOWN + 1)
    if not found:
        sentence = _("Nobody was found for “{words}”. Try another spelling.", words=event.text)
        return Reply(screen=_search(sentence))
    more = len(found) > MOST_SHOWN
    words = _("There are more than these. Type more letters.") if more else _("Choose a person.")
    return Reply(screen=_search(words, found[:MOST_SHOWN]))


@press("person", Action.EDIT_PEOPLE)
def show_person(ctx: Ctx, event: Event) -> Reply:
    """One person's card: `person:id`."""
    return Reply(screen=person_screen(ctx, person_id(event)))


def person_id(event: Event) -> int:
    """The person that a button of this room is about: `prefix:id…`."""
    number = number_after(event.text)
    if number is None:
        raise Refusal(_("Choose the person again."))
    return number


def person_screen(ctx: Ctx, about: int, before: Words = "") -> Screen:
    """Who it is, and what may be done; refuses people outside the actor's reach."""
    card = directory.require_card(ctx, about, Action.EDIT_PEOPLE)
    return Screen(
        title=card.name,
        body=(*((before, "") if before else ()), *_facts(ctx, card)),
        rows=(*_choices(ctx, card), (Button(_("« People"), "people"),)),
        protect=True,
    )


def _search(words: Words, found: list[PersonCard] | None = None) -> Screen:
    rows = [
        (Button(_("{name}, {unit}", name=card.name, unit=card.unit), f"person:{card.id}"),)
        for card in found or ()
    ]
    add = Button(_("Add a person"), "addperson", style=Style.PLAIN if found else Style.PRIMARY)
    return Screen(
        title=_("People"), body=(words,), rows=(*rows, (add,), menu.back_to_menu()), asks=ASKS
    )


def _facts(ctx: Ctx, card: PersonCard) -> list[Words]:
    boss = directory.supervisor_on_duty(ctx, card.id, ctx.today())
    lines: list[Words] = [_("Staff number {number}", number=card.staff_no)]
    post = [words for words in (card.rank, card.position, card.unit) if words]
    lines.append(", ".join(post))
    if boss is not None:
        lines.append(_("Supervisor: {name}", name=boss.name))
    else:
        lines.append(_("No supervisor: the training unit acts for this post."))
    return [*lines, _account(card)]


def _account(card: PersonCard) -> Words:
    if not card.active:
        return _("Off the roster.")
    if not card.linked:
        return _("No account is linked.")
    if not card.reachable:
        return _("Linked, but the bot is blocked: nothing can be sent.")
    return _("Linked.")


def _choices(ctx: Ctx, card: PersonCard) -> list[tuple[Button, ...]]:
    if not card.active:
        return [(Button(_("Put on the roster again"), f"bringback:{card.id}", guarded=True),)]
    rows: list[tuple[Button, ...]] = [(Button(_("Change or move"), f"editperson:{card.id}"),)]
    if access.may_about(ctx, Action.INVITE, card.id):
        rows.append((Button(_("Invite link"), f"onelink:{card.id}", guarded=True),))
    if card.linked:
        rows.append((Button(_("Unlink the account"), f"unlink:{card.id}"),))
    rows.append((Button(_("Take off the roster"), f"takeoff:{card.id}"),))
    return rows
