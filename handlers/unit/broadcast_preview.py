"""A message to many before it goes out: as any officer would read it, or sent to oneself."""

from __future__ import annotations

from bot.campaigns.broadcasts import cards, previewing, sending
from bot.context import Ctx
from bot.events import Event
from bot.i18n import LANGUAGES, Words, _
from bot.people import directory
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.screens import Button, Reply, Screen
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows
from handlers.common.routes import press, text

MOST_FOUND = 8


@press("bcsee", Action.BROADCAST)
def choose_reader(ctx: Ctx, event: Event) -> Reply:
    """Ask as whom to see it: `bcsee:id`."""
    about = cards.card(ctx, number_in(event, 1)).id
    return Reply(screen=_search(about, _("Type the name or staff number of any officer.")))


@text("bcsee", Action.BROADCAST)
def find_reader(ctx: Ctx, event: Event) -> Reply:
    """Those who match, as buttons."""
    about = cards.card(ctx, number_after(event.asks) or 0).id
    found = directory.find(ctx, event.text, Action.BROADCAST, MOST_FOUND + 1)
    if not found:
        sentence = _("Nobody was found for “{words}”. Try another spelling.", words=event.text)
        return Reply(screen=_search(about, sentence))
    more = len(found) > MOST_FOUND
    words = _("There are more than these. Type more letters.") if more else _("Choose a person.")
    return Reply(screen=_search(about, words, found[:MOST_FOUND]))


@press("bcas", Action.BROADCAST)
def show_as(ctx: Ctx, event: Event) -> Reply:
    """The message as somebody would read it: `bcas:id:person`."""
    about = number_in(event, 1)
    seen = previewing.as_person(ctx, about, number_in(event, 2))
    above = _(
        "As {name} would see it, in {language}:",
        name=seen.person.name,
        language=LANGUAGES.get(seen.language, seen.language),
    )
    body: list[Words] = [*seen.lines]
    if seen.has_file:
        body.insert(0, _("(the picture or file)"))
    body += [_("[{button}]", button=label) for label in seen.buttons]
    if not seen.is_meant:
        body += ["", _("This person is not in the audience.")]
    rows = (
        (Button(_("As somebody else"), f"bcsee:{about}"),),
        (Button(_("« The message"), f"bc:{about}"),),
    )
    return Reply(
        screen=Screen(above=above, title=seen.title, body=tuple(body), rows=rows, protect=True)
    )


@press("bctest", Action.BROADCAST)
def test_to_me(ctx: Ctx, event: Event) -> Reply:
    """Send it to the actor alone: `bctest:id`."""
    sending.try_out(ctx, number_in(event, 1))
    return Reply(toast=_("It is being sent to you alone."))


def _search(about: int, words: Words, found: list[PersonCard] | None = None) -> Screen:
    rows: Rows = [
        (Button(_("{name}, {unit}", name=card.name, unit=card.unit), f"bcas:{about}:{card.id}"),)
        for card in found or ()
    ]
    rows.append((Button(_("« The message"), f"bc:{about}"),))
    return Screen(
        title=_("As somebody sees it"), body=(words,), rows=tuple(rows), asks=f"bcsee:{about}"
    )
