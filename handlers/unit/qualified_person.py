"""What one person holds and is to earn, for the training unit: looked up by name or number."""

from __future__ import annotations

from bot.calendar import local_date
from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _
from bot.people import access, directory
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.screens import Button, Reply, Screen, Style
from bot.training.qualifications import by_hand, holdings, missing
from bot.training.qualifications.holdings import Holding
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.qualification_screens import state_words, way_lines
from handlers.common.routes import press, text

ASKS = "qualone:find"
ONE = _("One person")
PER_PAGE, MOST_FOUND = 8, 8


@press("qualone", Action.SEE_QUALIFICATIONS)
def open_search(_ctx: Ctx, _event: Event) -> Reply:
    """Ask for a name or number."""
    return Reply(screen=_search(_("Type a name or a staff number, or a part of it.")))


@text("qualone", Action.SEE_QUALIFICATIONS)
def find_person(ctx: Ctx, event: Event) -> Reply:
    """Those within reach who match, as buttons."""
    found = directory.find(ctx, event.text, Action.SEE_QUALIFICATIONS, MOST_FOUND + 1)
    if not found:
        sentence = _("Nobody was found for “{words}”. Try another spelling.", words=event.text)
        return Reply(screen=_search(sentence))
    more = len(found) > MOST_FOUND
    words = _("There are more than these. Type more letters.") if more else _("Choose a person.")
    return Reply(screen=_search(words, found[:MOST_FOUND]))


@press("qualp", Action.SEE_QUALIFICATIONS)
def show_person(ctx: Ctx, event: Event) -> Reply:
    """What somebody holds and is to earn: `qualp:person:page`."""
    number = number_after(event.text, 2) or 0
    return Reply(screen=_screen(ctx, number_in(event, 1), number))


@press("qualway", Action.SEE_QUALIFICATIONS)
def show_way(ctx: Ctx, event: Event) -> Reply:
    """One qualification of somebody, and the way to it: `qualway:person:curriculum`."""
    about, curriculum_id = number_in(event, 1), number_in(event, 2)
    way = missing.of_person(ctx, about, curriculum_id)
    body, rows = way_lines(way, own=False), []
    if access.may_about(ctx, Action.ASSIGN, about):
        body += _history(ctx, about, curriculum_id)
        if by_hand.is_asked(ctx, about, curriculum_id):
            taking = f"qualtake:{about}:{curriculum_id}"
            rows.append((Button(_("Take the assignment away"), taking),))
    rows.append((Button(_("« {name}", name=way.person.name), f"qualp:{about}"),))
    return Reply(
        screen=Screen(
            title=way.holding.title,
            above=way.person.name,
            body=tuple(body),
            rows=tuple(rows),
            protect=True,
        )
    )


@press("qualtake", Action.ASSIGN)
def begin_taking_away(ctx: Ctx, event: Event) -> Reply:
    """Ask why it is not asked of somebody any more: `qualtake:person:curriculum`."""
    about, curriculum_id = number_in(event, 1), number_in(event, 2)
    by_hand.require_asked(ctx, about, curriculum_id)
    service.begin(ctx, "take_assignment", {"person": about, "curriculum": curriculum_id})
    return ask_form.show(ctx)


@press("qualgive", Action.ASSIGN)
def begin_assigning(ctx: Ctx, event: Event) -> Reply:
    """Ask what somebody is to earn, and by when: `qualgive:person`."""
    about = number_in(event, 1)
    person = directory.require_card(ctx, about, Action.ASSIGN)
    if not person.active:
        raise Refusal(_("This person is not in the roster any more."))
    service.begin(ctx, "assign_qualification", {}, {"person": person.staff_no})
    return ask_form.show(ctx)


def _history(ctx: Ctx, about: int, curriculum_id: int) -> list[Words]:
    """Who assigned it by hand and who took it away, the newest first."""
    steps = by_hand.history(ctx, about, curriculum_id)
    return ["", *(_step(ctx, one) for one in steps)] if steps else []


def _step(ctx: Ctx, one: by_hand.Step) -> Words:
    who: Words = one.who if one.who is not None else _("Rollcall")
    day = local_date(one.at, ctx.actor.zone)
    if not one.made:
        return _("• {day}: taken away by {name}. Reason: {reason}", day=day, name=who,
                 reason=one.reason)  # fmt: skip
    said = _("• {day}: assigned by {name}", day=day, name=who)
    if one.due_on is not None:
        said = _("• {day}: assigned by {name}, to be earned by {due}", day=day, name=who,
                 due=one.due_on)  # fmt: skip
    return _("{said}. Reason: {reason}", said=said, reason=one.reason) if one.reason else said


def _search(words: Words, found: list[PersonCard] | None = None) -> Screen:
    rows = [
        (Button(_("{name}, {unit}", name=card.name, unit=card.unit), f"qualp:{card.id}"),)
        for card in found or ()
    ]
    back = (Button(_("« Qualifications"), "quals"),)
    return Screen(title=ONE, body=(words,), rows=(*rows, back), asks=ASKS)


def _screen(ctx: Ctx, about: int, number: int) -> Screen:
    found = holdings.of_person(ctx, about)
    page = page_of(found.lines, number, PER_PAGE)
    card = found.person
    post = [words for words in (card.staff_no, card.rank, card.position, card.unit) if words]
    body: list[Words] = [", ".join(post), "", *map(_line, page.shown)]
    if not found.lines:
        body.append(_("Nothing is held, and nothing is required."))
    rows: Rows = [
        (Button(_label(one), f"qualway:{about}:{one.curriculum_id}"),) for one in page.shown
    ]
    rows += page.rows(lambda turned: f"qualp:{about}:{turned}")
    if card.active and access.may_about(ctx, Action.ASSIGN, about):
        give = Button(_("Assign a qualification"), f"qualgive:{about}", style=Style.PRIMARY)
        rows.append((give,))
    rows.append((Button(_("« One person"), "qualone"),))
    return Screen(title=card.name, body=tuple(body), rows=tuple(rows), protect=True)


def _line(one: Holding) -> Text:
    return _("• {title}: {state}", title=one.title, state=state_words(one))


def _label(one: Holding) -> Text:
    return _("{code} {title}", code=one.code, title=one.title)
