"""To whom a draft goes: a saved audience, or a rule that is typed; with who can be reached."""

from __future__ import annotations

from bot.campaigns.audiences import counting, saved
from bot.campaigns.audiences.counting import REACH_WORDS, UNREACHABLE, Counted
from bot.campaigns.broadcasts import cards, drafting, headcount
from bot.campaigns.broadcasts.cards import BroadcastCard
from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.i18n import Text, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from handlers.common import broadcast_words
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, turning
from handlers.common.routes import press, text


@press("bcaud", Action.BROADCAST)
def choose_audience(ctx: Ctx, event: Event) -> Reply:
    """The audience of a draft and the saved ones: `bcaud:id:page`."""
    card = cards.card(ctx, number_in(event, 1))
    return Reply(screen=_screen(ctx, card, number_after(event.text, 2) or 0))


@press("bcuse", Action.BROADCAST)
def use_audience(ctx: Ctx, event: Event) -> Reply:
    """A saved audience as it is now: `bcuse:id:audience`."""
    chosen = saved.card(ctx, number_in(event, 2))
    card = drafting.set_audience(ctx, number_in(event, 1), saved.as_it_is(ctx, chosen.rule))
    return Reply(screen=_screen(ctx, card, 0))


@text("bcaud", Action.BROADCAST)
def type_rule(ctx: Ctx, event: Event) -> Reply:
    """A typed rule; one that cannot be read says why, and changes nothing."""
    about = number_after(event.asks) or 0
    try:
        card = drafting.set_audience(ctx, about, saved.as_it_is(ctx, event.text))
    except Refusal as refusal:
        card = cards.card(ctx, about)
        return Reply(screen=_screen(ctx, card, 0, refusal.sentence), fresh=True)
    return Reply(screen=_screen(ctx, card, 0), fresh=True)


def counted(ctx: Ctx, card: BroadcastCard) -> Counted | None:
    """How many are meant and how they can be reached; None where the rule cannot be read."""
    found = headcount.of(ctx, card.id)
    return found.counted if found is not None else None


def count_lines(found: Counted | None) -> list[Words]:
    """How many there are, and why some of them cannot be reached."""
    if found is None:
        return []
    lines: list[Words] = [
        _n("{count} person", "{count} people", found.total),
        *(_unreachable(way, found) for way in UNREACHABLE if found.by.get(way)),
    ]
    return lines


def _unreachable(way: counting.Reached, found: Counted) -> Text:
    return _("Not reached, {why}: {count}", why=REACH_WORDS[way], count=found.by[way])


def _screen(ctx: Ctx, card: BroadcastCard, number: int, before: Words = "") -> Screen:
    page = saved.page_of(ctx, number)
    rows: Rows = [
        (Button(_("“{name}”", name=one.name), f"bcuse:{card.id}:{one.id}"),) for one in page.cards
    ]
    rows += turning(page.number, page.pages, lambda turned: f"bcaud:{card.id}:{turned}")
    rows.append((Button(_("Audiences"), "auds"), Button(_("« The draft"), f"bc:{card.id}")))
    body: list[Words] = [*broadcast_words.to_whom(ctx, card), *count_lines(counted(ctx, card)), ""]
    body.append(_('Choose an audience, or type a rule such as: unit "Poipet" and lacks VALUER'))
    return Screen(
        above=before,
        title=_("To whom"),
        body=tuple(body),
        rows=tuple(rows),
        asks=f"bcaud:{card.id}",
    )
