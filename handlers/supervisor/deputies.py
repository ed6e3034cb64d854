"""Who decides in a supervisor's stead for some time: named and ended by the supervisor or the
unit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Text, Words, _
from bot.people import access, directory
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training import deputies
from bot.training.deputies import DeputyCard
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

OWN, FOR_OTHERS = "name_deputy", "name_deputy_for"
PER_PAGE = 8
Choices = list[tuple[str, Words]]


@press("dep", Action.DECIDE)
def show(ctx: Ctx, event: Event) -> Reply:
    """Who stands in for whom: `dep:page`."""
    return Reply(screen=_list(ctx, number=number_after(event.text) or 0))


@press("depnew", Action.DECIDE)
def begin_own(ctx: Ctx, _event: Event) -> Reply:
    """Ask who stands in for the actor, and until when."""
    service.begin(ctx, OWN)
    return ask_form.show(ctx)


@press("depfor", Action.OVERRULE)
def begin_for_others(ctx: Ctx, _event: Event) -> Reply:
    """Ask who stands in for somebody else."""
    service.begin(ctx, FOR_OTHERS)
    return ask_form.show(ctx)


@press("depend", Action.DECIDE)
def end(ctx: Ctx, event: Event) -> Reply:
    """Somebody decides again: `depend:person`."""
    deputies.end(ctx, number_in(event, 1))
    return Reply(screen=_list(ctx, _("Ended. Requests go to the supervisor again.")))


@service.on_submit(OWN, "deputy", "until")
def name_own(ctx: Ctx, submission: Submission) -> Text:
    """Have somebody decide in the actor's stead."""
    assert ctx.actor.person_id is not None
    return _named(_name(ctx, ctx.actor.person_id, submission.answers))


@service.on_submit(FOR_OTHERS, "supervisor", "deputy", "until")
def name_for_others(ctx: Ctx, submission: Submission) -> Text:
    """Have somebody decide in another's stead."""
    person_id = directory.find_staff_no(ctx.session, str(submission.answers["supervisor"]))
    if person_id is None:
        raise Refusal(_("This person is not in the roster any more."))
    return _named(_name(ctx, person_id, submission.answers))


@service.source("deputies")
def colleagues(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> Choices:
    """Who may stand in for the actor, once a name is typed."""
    if not typed.strip() or ctx.actor.person_id is None:
        return []
    return _choices(deputies.candidates(ctx, ctx.actor.person_id, typed))


@service.source("reached_people")
def reached(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> Choices:
    """People within the unit's reach, once a name is typed."""
    if not typed.strip():
        return []
    return _choices(directory.find(ctx, typed, Action.OVERRULE))


def _choices(found: list[directory.PersonCard]) -> Choices:
    return [(card.staff_no, _("{name}, {unit}", name=card.name, unit=card.unit)) for card in found]


def _name(ctx: Ctx, person_id: int, answers: Mapping[str, Any]) -> DeputyCard:
    until = dt.date.fromisoformat(str(answers["until"]))
    return deputies.name(ctx, person_id, str(answers["deputy"]), until)


def _named(card: DeputyCard) -> Text:
    return _(
        "{deputy} stands in for {name} until {day} and has been told.",
        deputy=card.deputy.name,
        name=card.person.name,
        day=card.until_on,
    )


def _list(ctx: Ctx, before: Words = "", number: int = 0) -> Screen:
    page = page_of(deputies.within_reach(ctx), number, PER_PAGE)
    lines: list[Words] = [_line(card) for card in page.shown]
    rows: Rows = [
        (Button(_("End it for {name}", name=card.person.name), f"depend:{card.person.id}",
                guarded=True),)
        for card in page.shown
    ]  # fmt: skip
    rows += page.rows(lambda turned: f"dep:{turned}")
    rows.append((Button(_("Somebody stands in for me"), "depnew"),))
    if access.may(ctx, Action.OVERRULE):
        rows.append((Button(_("Somebody stands in for another"), "depfor"),))
    return Screen(
        above=before,
        title=_("Who stands in"),
        body=tuple(lines) or (_("Nobody stands in for anybody now."),),
        rows=(*rows, (Button(_("« Requests"), "apps"),)),
    )


def _line(card: DeputyCard) -> Text:
    return _(
        "{deputy} decides for {name} until {day}.",
        deputy=card.deputy.name,
        name=card.person.name,
        day=card.until_on,
    )
