"""What people are to do on the job after a course: named, put in order, replaced."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import behaviours
from bot.evaluation.behaviours import Behaviour
from bot.evaluation.behaviours_asked import is_asked
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission, on_submit
from bot.i18n import LANGUAGES, Text, Words, _, _n
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.paging import Rows
from handlers.common.routes import press

FORM = "edit_behaviour"
TITLE = _("What people do on the job")


@press("beh", Action.EDIT_CLASSES)
def show_behaviours(ctx: Ctx, event: Event) -> Reply:
    """The behaviours of a course in their order: `beh:course`."""
    about = number_in(event, 1)
    return Reply(screen=_list(ctx, about, behaviours.named(ctx, about)))


@press("beh1", Action.EDIT_CLASSES)
def show_behaviour(ctx: Ctx, event: Event) -> Reply:
    """One of them in all languages, and what can be done with it: `beh1:behaviour`."""
    return Reply(screen=_one(ctx, behaviours.one(ctx, number_in(event, 1))))


@press("behnew", Action.SET_EVALUATION)
def begin_naming(ctx: Ctx, event: Event) -> Reply:
    """Ask for one more: `behnew:course`."""
    service.begin(ctx, FORM, {"course_id": number_in(event, 1)})
    return ask_form.show(ctx)


@press("behedit", Action.SET_EVALUATION)
def begin_changing(ctx: Ctx, event: Event) -> Reply:
    """Show its words, each to be changed by its number, or replaced: `behedit:behaviour`."""
    about = number_in(event, 1)
    service.begin(ctx, FORM, {"behaviour_id": about}, behaviours.as_typed(ctx, about))
    return ask_form.show_all(ctx)


@press("behto", Action.SET_EVALUATION)
def move_behaviour(ctx: Ctx, event: Event) -> Reply:
    """Put it at a place of the list: `behto:behaviour:place`."""
    about, place = number_in(event, 1), number_in(event, 2)
    listed = behaviours.move(ctx, about, place)
    card = next(one for one in listed if one.id == about)
    return Reply(screen=_one(ctx, card), toast=_("It is number {place} now.", place=card.place))


@press("behoff", Action.SET_EVALUATION)
def drop_behaviour(ctx: Ctx, event: Event) -> Reply:
    """Ask about it no longer: `behoff:behaviour`; naming it again undoes it."""
    card = behaviours.one(ctx, number_in(event, 1))
    left = behaviours.drop(ctx, card.id)
    return Reply(
        screen=_list(ctx, card.course_id, left),
        toast=_("It is not asked about any more. Answers given stay."),
    )


@on_submit(FORM, "behaviour")
def submit(ctx: Ctx, submission: Submission) -> Text:
    """Name the behaviour, or change the one that the form was opened for."""
    if "behaviour_id" in submission.purpose:
        behaviours.change(ctx, submission.purpose["behaviour_id"], submission.answers)
        return _("It was changed. Whoever is asked from now on reads it so.")
    card = behaviours.add(ctx, submission.purpose["course_id"], submission.answers)
    return _n(
        "Number {count} of the list. It is asked about before and after each class.",
        "Number {count} of the list. It is asked about before and after each class.",
        card.place,
    )


def _list(ctx: Ctx, course_id: int, listed: list[Behaviour]) -> Screen:
    body: list[Words] = [
        _(
            "Participants and supervisors are asked how often each of these is done, so that both "
            "can be compared."
        ),
        _("Speak with those who lead the officers before you name one."),
    ]
    if not listed:
        body.append(_("None has been named for this course yet."))
    rows: Rows = [(Button(_label(card), f"beh1:{card.id}"),) for card in listed]
    if access.may(ctx, Action.SET_EVALUATION) and len(listed) < behaviours.MOST:
        rows.append((Button(_("Name one"), f"behnew:{course_id}", style=Style.PRIMARY),))
    if access.may(ctx, Action.READ_FOLLOW_UPS) and is_asked(ctx, course_id):
        label = _("Report on all classes")
        rows.append((Button(label, f"furpt:k:{course_id}", guarded=True),))
    rows.append((Button(_("« Course"), f"course:{course_id}"),))
    return Screen(title=TITLE, body=tuple(body), rows=tuple(rows))


def _one(ctx: Ctx, card: Behaviour) -> Screen:
    body = [
        _("{language}: {words}", language=LANGUAGES.get(code, code), words=words)
        for code, words in card.words.by_language
        if words
    ]
    rows: Rows = []
    if access.may(ctx, Action.SET_EVALUATION):
        rows = _choices(card, len(behaviours.of_course(ctx, card.course_id)))
    back = (Button(_("« All of them"), f"beh:{card.course_id}"),)
    title = _("Number {place}", place=card.place)
    return Screen(title=title, body=tuple(body), rows=(*rows, back))


def _choices(card: Behaviour, count: int) -> Rows:
    moves = []
    if card.place > 1:
        moves.append(Button(_("Up"), f"behto:{card.id}:{card.place - 1}", guarded=True))
    if card.place < count:
        moves.append(Button(_("Down"), f"behto:{card.id}:{card.place + 1}", guarded=True))
    rows: Rows = [(Button(_("Change"), f"behedit:{card.id}", style=Style.PRIMARY),)]
    rows += [tuple(moves)] if moves else []
    rows.append((Button(_("Take it away"), f"behoff:{card.id}", guarded=True),))
    return rows


def _label(card: Behaviour) -> Text:
    return _("{place}. {words}", place=str(card.place), words=card.words)
