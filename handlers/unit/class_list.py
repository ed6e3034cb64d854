"""The list of one class: who is in it, added, removed, and what became of each."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, _
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import catalogue, class_reach, enrolments
from bot.training.enrolments import (
    ATTENDANCE,
    CORRECTIONS,
    STATE_WORDS,
    MemberCard,
)
from bot.training.states import WAITING
from handlers.common import ask_form
from handlers.common.class_screens import class_id, number_in
from handlers.common.paging import Rows, turning
from handlers.common.routes import press
from handlers.unit.member_rows import member_rows


@press("members", Action.USE_DESK)
def show_members(ctx: Ctx, event: Event) -> Reply:
    """The list of a class: `members:class:page`; its trainers see it too."""
    return Reply(screen=members_screen(ctx, class_id(event), number_in(event, 2)))


@press("member", Action.USE_DESK)
def show_member(ctx: Ctx, event: Event) -> Reply:
    """One person on the list: `member:enrolment`."""
    return Reply(screen=member_screen(ctx, enrolments.member(ctx, number_in(event, 1))))


@press("became", Action.USE_DESK)
def set_state(ctx: Ctx, event: Event) -> Reply:
    """Say what became of somebody: `became:enrolment:place`."""
    place = number_in(event, 2)
    if place >= len(CORRECTIONS):
        raise Refusal(_("Choose one of the states shown."))
    member = enrolments.set_state(ctx, number_in(event, 1), CORRECTIONS[place])
    return Reply(
        screen=member_screen(ctx, member),
        toast=_("{name}: {state}", name=member.name, state=STATE_WORDS[member.state]),
    )


@press("addmember", Action.EDIT_CLASSES)
def begin_adding(ctx: Ctx, event: Event) -> Reply:
    """Ask who is added: `addmember:class`."""
    held = class_reach.require_editor(ctx, class_id(event))
    service.begin(ctx, "add_to_class", {"class_id": held.id})
    return ask_form.show(ctx)


@press("offlist", Action.EDIT_CLASSES)
def remove_member(ctx: Ctx, event: Event) -> Reply:
    """Take somebody off the list: `offlist:enrolment`; adding them again undoes it."""
    member = enrolments.remove(ctx, number_in(event, 1))
    return Reply(
        screen=members_screen(ctx, member.class_id, 0),
        toast=_("{name} is off the list.", name=member.name),
    )


def members_screen(ctx: Ctx, about: int, number: int) -> Screen:
    """One page of a class's list; refuses classes that are not the actor's."""
    page = enrolments.members(ctx, about, number)
    held = catalogue.card(ctx, about)
    rows: Rows = [
        (Button(_line(member), f"member:{member.enrolment_id}"),) for member in page.members
    ]
    rows += turning(page.number, page.pages, lambda turned: f"members:{about}:{turned}")
    if _may_correct(ctx):
        add = Button(_("Add somebody"), f"addmember:{about}", style=Style.PRIMARY)
        rows.append((add, Button(_("Guests"), f"classguests:{about}")))
    back = f"class:{about}" if _may_correct(ctx) else f"myclass:{about}"
    rows.append((Button(_("« Class {code}", code=held.code), back),))
    return Screen(
        title=_("Who is in class {code}", code=held.code),
        body=() if page.members else (_("Nobody is on the list yet."),),
        rows=tuple(rows),
    )


def member_screen(ctx: Ctx, member: MemberCard) -> Screen:
    """One person on a list, and what the actor may do about them."""
    rows = _attendance(ctx, member)
    if _may_correct(ctx):
        rows += _decisions(member)
        rows += member_rows(member)
    return Screen(
        title=member.name,
        body=(
            _("Staff number {number}", number=member.staff_no),
            member.unit,
            _on_list(member),
            *((_("This training is required."),) if member.required else ()),
            _("Uses Telegram") if member.linked else _("Does not use Telegram"),
        ),
        rows=(
            *rows,
            (Button(_("How it came about"), f"why:{member.enrolment_id}"),),
            (Button(_("« List"), f"members:{member.class_id}:0"),),
        ),
        protect=True,
    )


def _attendance(ctx: Ctx, member: MemberCard) -> Rows:
    """What became of somebody, once the class has begun; before that, giving them a place."""
    if member.begun:
        allowed = CORRECTIONS if _may_correct(ctx) else ATTENDANCE
        return [
            (_state_button(member, place),)
            for place, state in enumerate(CORRECTIONS)
            if state in allowed
        ]
    if not _may_correct(ctx) or member.counts or member.place:
        return []
    return [(Button(_("Give a place"), f"became:{member.enrolment_id}:0"),)]


def _decisions(member: MemberCard) -> Rows:
    """Off the list, and what is still to be decided."""
    rows: Rows = []
    if member.request is not None:
        rows.append((Button(_("The request"), f"ap:{member.request}"),))
    if member.counts or member.state in WAITING:
        off = Button(_("Take off the list"), f"offlist:{member.enrolment_id}", guarded=True)
        rows.append((off,))
    return rows


def _state_button(member: MemberCard, place: int) -> Button:
    state = CORRECTIONS[place]
    words = STATE_WORDS[state]
    label = _("✓ {choice}", choice=words) if state is member.state else words
    return Button(label, f"became:{member.enrolment_id}:{place}")


def _on_list(member: MemberCard) -> Text:
    if member.place:
        return _("On the wait list as number {place}", place=member.place)
    return _("On the list as: {state}", state=STATE_WORDS[member.state])


def _line(member: MemberCard) -> Text:
    if member.place:
        return _("{name}: number {place} on the wait list", name=member.name, place=member.place)
    return _("{name}: {state}", name=member.name, state=STATE_WORDS[member.state])


def _may_correct(ctx: Ctx) -> bool:
    return access.may(ctx, Action.EDIT_CLASSES)
