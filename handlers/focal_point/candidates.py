"""Choosing whom to name for a class: who can be named, and what each is weighed by."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Joined, Text, Words, _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import nomination_lists, nominees
from bot.training.nominees import Candidate
from handlers.common.class_screens import cut_search, number_in
from handlers.common.nominee_screens import fact_lines
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, turning
from handlers.common.routes import press, text
from handlers.focal_point.nominate import list_screen

LONGEST_SEARCH = 20


@press("nomc", Action.NOMINATE)
def show_candidates(ctx: Ctx, event: Event) -> Reply:
    """Who can be named: `nomc:quota:page:search`."""
    _prefix, _quota, *rest = event.text.split(":", 3)
    search = rest[1] if len(rest) > 1 else ""
    page = number_after(event.text, 2) or 0
    return Reply(screen=_candidates(ctx, number_in(event, 1), search, page))


@text("nominate", Action.NOMINATE)
def find_candidates(ctx: Ctx, event: Event) -> Reply:
    """Who can be named, by any spelling of a name; the screen asks `nominate:quota`."""
    about = number_after(event.asks) or 0
    return Reply(screen=_candidates(ctx, about, event.text.strip(), 0))


@press("nomp", Action.NOMINATE)
def show_candidate(ctx: Ctx, event: Event) -> Reply:
    """Somebody who can be named: `nomp:quota:person`."""
    quota_id, person_id = number_in(event, 1), number_in(event, 2)
    facts = nominees.facts(ctx, quota_id, person_id)
    add = f"nomadd:{quota_id}:{person_id}"
    rows = (
        (Button(_("Name this person"), f"{add}:0", style=Style.PRIMARY),),
        (Button(_("Name as a reserve"), f"{add}:1"),),
        (Button(_("« Who can be named"), f"nomc:{quota_id}:0"),),
    )
    return Reply(
        screen=Screen(title=facts.person.name, body=fact_lines(facts), rows=rows, protect=True)
    )


@press("nomadd", Action.NOMINATE)
def add_name(ctx: Ctx, event: Event) -> Reply:
    """Put somebody on the list: `nomadd:quota:person:1` as a reserve, `:0` with a seat."""
    reserve = number_after(event.text, 3) == 1
    card = nomination_lists.name(ctx, number_in(event, 1), number_in(event, 2), reserve=reserve)
    added = (card.reserves if reserve else card.names)[-1]
    return Reply(screen=list_screen(card, 0), toast=_("{name} is on the list.", name=added.name))


def _candidates(ctx: Ctx, quota_id: int, search: str, number: int) -> Screen:
    page = nominees.candidates(ctx, quota_id, search, number)
    rows: Rows = [
        (Button(_candidate_label(one), f"nomp:{quota_id}:{one.person.id}"),) for one in page.found
    ]
    kept = cut_search(search, LONGEST_SEARCH)
    rows += turning(page.number, page.pages, lambda turned: f"nomc:{quota_id}:{turned}:{kept}")
    rows.append((Button(_("« List"), f"nom:{quota_id}"),))
    words = _("Nobody was found. Type another part of a name, or a staff number.")
    if page.found:
        words = _(
            "Those who are interested in the course come first, then those whose last training "
            "is the longest ago. Choose somebody, or type a part of a name."
        )
    return Screen(
        title=_("Who can be named"),
        body=(words,),
        rows=tuple(rows),
        asks=f"nominate:{quota_id}",
        protect=True,
    )


def _candidate_label(one: Candidate) -> Text:
    last: Words = _("no training on record")
    if one.last_on is not None:
        last = _("last trained {day}", day=one.last_on)
    notes = (_("interested"), last) if one.wants else (last,)
    return _("{name}: {notes}", name=one.person.name, notes=Joined(notes))
