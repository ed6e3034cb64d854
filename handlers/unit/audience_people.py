"""The people of an audience: who they are, how many at which office, why one of them is in."""

from __future__ import annotations

from bot.campaigns.audiences import clauses, counting, explaining, saved
from bot.campaigns.audiences.counting import REACH_WORDS
from bot.campaigns.audiences.explaining import Explanation
from bot.campaigns.audiences.saved import AudienceCard
from bot.context import Ctx
from bot.events import Event
from bot.i18n import Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of_lines, turning
from handlers.common.routes import press, text
from handlers.unit.audiences import back_to

ASKS_WHY = "audwhy"
MOST_SHOWN = 10


@press("audwho", Action.BROADCAST)
def show_people(ctx: Ctx, event: Event) -> Reply:
    """Who is in, by name: `audwho:id:page`."""
    card = saved.card(ctx, number_in(event, 1))
    page = counting.members(ctx, clauses.read(card.rule), number_after(event.text, 2) or 0)
    body = [
        _(
            "{name}, {office}: {way}",
            name=one.person.name,
            office=one.person.unit,
            way=REACH_WORDS[one.reached],
        )
        for one in page.members
    ]
    rows = turning(page.number, page.pages, lambda turned: f"audwho:{card.id}:{turned}")
    screen = Screen(
        title=_n("{name}: {count} person", "{name}: {count} people", page.total, name=card.name),
        body=tuple(body) or (_("Nobody is in it now."),),
        rows=(*rows, back_to(card)),
        protect=True,
    )
    return Reply(screen=screen)


@press("audposts", Action.BROADCAST)
def show_offices(ctx: Ctx, event: Event) -> Reply:
    """How many at which office, and how many of them can be reached: `audposts:id:page`."""
    card = saved.card(ctx, number_in(event, 1))
    lines: list[Words] = [
        _n(
            "{office}: {count} person, {reached} reached",
            "{office}: {count} people, {reached} reached",
            one.counted.total,
            office=one.path,
            reached=one.counted.reachable,
        )
        for one in counting.by_office(ctx, clauses.read(card.rule))
    ]
    page = page_of_lines(lines or [_("Nobody is in it now.")], number_after(event.text, 2) or 0)
    rows = page.rows(lambda turned: f"audposts:{card.id}:{turned}")
    return Reply(screen=Screen(title=card.name, body=page.shown, rows=(*rows, back_to(card))))


@press("audwhy", Action.BROADCAST)
def show_why(ctx: Ctx, event: Event) -> Reply:
    """`audwhy:id` asks about whom; `audwhy:id:person:page` says why they are in or not."""
    card = saved.card(ctx, number_in(event, 1))
    person_id = number_after(event.text, 2)
    if person_id is None:
        return Reply(screen=_asking(card))
    found = explaining.explain(ctx, clauses.read(card.rule), person_id)
    return Reply(screen=_explained(card, found, number_after(event.text, 3) or 0))


@text(ASKS_WHY, Action.BROADCAST)
def find_person(ctx: Ctx, event: Event) -> Reply:
    """Those whose name was typed, or why the only one is in or not."""
    card = saved.card(ctx, number_after(event.asks) or 0)
    people = explaining.find(ctx, event.text, MOST_SHOWN + 1)
    if not people:
        sentence = _("Nobody was found for “{words}”. Try another spelling.", words=event.text)
        return Reply(screen=_asking(card, sentence))
    if len(people) == 1:
        found = explaining.explain(ctx, clauses.read(card.rule), people[0].id)
        return Reply(screen=_explained(card, found, 0))
    more = len(people) > MOST_SHOWN
    words = _("There are more than these. Type more letters.") if more else _("Choose a person.")
    rows: Rows = [
        (
            Button(
                _("{name}, {unit}", name=person.name, unit=person.unit),
                f"audwhy:{card.id}:{person.id}",
            ),
        )
        for person in people[:MOST_SHOWN]
    ]
    return Reply(screen=_asking(card, words, rows))


def _asking(card: AudienceCard, words: Words = "", rows: Rows | None = None) -> Screen:
    question = _("About whom? Type a name or a staff number, or a part of it.")
    return Screen(
        title=card.name,
        body=(words or question,),
        rows=(*(rows or ()), back_to(card)),
        asks=f"{ASKS_WHY}:{card.id}",
    )


def _explained(card: AudienceCard, found: Explanation, number: int) -> Screen:
    person = found.person
    is_in = _("{name} is in the audience “{audience}”.", name=person.name, audience=card.name)
    is_out = _("{name} is not in the audience “{audience}”.", name=person.name, audience=card.name)
    page = page_of_lines([is_in if found.is_in else is_out, "", *found.lines], number)
    rows = page.rows(lambda turned: f"audwhy:{card.id}:{person.id}:{turned}")
    other = (Button(_("Somebody else"), f"audwhy:{card.id}"),)
    return Screen(
        title=person.name, body=page.shown, rows=(*rows, other, back_to(card)), protect=True
    )
