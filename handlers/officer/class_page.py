"""One class as an officer sees it: what it is, how one stands to it, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping

from bot.context import Ctx
from bot.i18n import LANGUAGES, Text, Words, _, _n
from bot.screens import Button, Screen, Style
from bot.training import certificate_cards, standing
from bot.training.standing import Standing
from bot.training.states import Act, S
from handlers.common.class_screens import dates_words, hours_words
from handlers.common.foreign_offer import offer_lines
from handlers.common.paging import Rows
from handlers.officer.courses import course_lines
from handlers.officer.my_tests import own_rows

MINE: Mapping[S, Text] = {
    S.INTERESTED: _("You have shown interest. You are told when the class has dates."),
    S.REQUESTED: _("You have asked for a place."),
    S.NOMINATED: _("You have been nominated. The training unit decides."),
    S.APPROVED: _("You are approved, and wait for a seat."),
    S.ENROLLED: _("You have a place."),
    S.DECLINED: _("Your request was declined."),
    S.WITHDRAWN: _("You have withdrawn."),
    S.CANCELLED: _("You were taken off the list."),
    S.ATTENDED: _("You attended."),
    S.PARTLY_ATTENDED: _("You attended a part of it."),
    S.NO_SHOW: _("You are noted as not having come."),
    S.COMPLETED: _("You have completed it."),
}
HAS_DATES = _("Your interest has been noted.")
"""Instead of the words for interest, once the class has the dates that they promise."""
PROMISES = (
    _("• I prepare: I read what is sent before, and settle my duties for these days."),
    _("• I take part: I come to every session, on time, and do the exercises and tests."),
    _("• I apply it: I use what I learned in my work, and answer the questions afterwards."),
    _("• I report back: I pass on to my colleagues and my supervisor what I learned."),
)


def class_page(ctx: Ctx, class_id: int, before: Words = "") -> Screen:
    """The class with its facts, the actor's own state, and buttons for what is possible now."""
    shown = standing.standing(ctx, class_id)
    parts: list[list[Words]] = [
        [before] if before else [],
        _facts(ctx, shown),
        _seats(shown),
        _own_state(shown),
        _reasons(shown),
    ]
    body = [line for part in parts if part for line in ("", *part)][1:]
    return Screen(title=shown.held.title, body=tuple(body), rows=tuple(_rows(ctx, shown)))


def charter(shown: Standing) -> Screen:
    """The training charter, accepted with one tap; the request goes out with it."""
    about = shown.held
    body: list[Words] = [
        _("{course}, class {code}", course=about.title, code=about.code),
        dates_words(about),
        "",
        _("Who takes a place promises:"),
        *PROMISES,
    ]
    accept = _("I accept")
    if not shown.owes_charter:
        body += ["", *_what_follows(shown)]
        accept = _("I accept, and ask for a place")
    return Screen(
        title=_("The training charter"),
        body=tuple(body),
        rows=(
            (Button(accept, f"c:{about.id}:yes", guarded=True, style=Style.PRIMARY),),
            (Button(_("« Class {code}", code=about.code), f"c:{about.id}"),),
        ),
    )


def _facts(ctx: Ctx, shown: Standing) -> list[Words]:
    held = shown.held
    lines: list[Words] = [_("Class {code}", code=held.code)]
    if held.cancelled:
        lines.append(_("This class is cancelled."))
    lines += [dates_words(held), *([hours_words(held)] if held.starts_on else [])]
    if held.place:
        lines.append(_("Place: {place}", place=held.place))
    if held.trainer:
        lines.append(_("Lead trainer: {name}", name=held.trainer))
    if held.coordinator:
        lines.append(_("Coordinator: {name}", name=held.coordinator))
    return [*lines, *_conditions(shown), *course_lines(ctx, shown.course)[1:]]


def _conditions(shown: Standing) -> list[Words]:
    """Language, what to bring, how and until when one gets in."""
    lines: list[Words] = []
    if shown.language:
        lines.append(
            _(
                "Language of the class: {language}",
                language=LANGUAGES.get(shown.language, shown.language),
            )
        )
    lines += offer_lines(shown.offer)
    if shown.bring:
        lines.append(_("Bring: {what}", what=shown.bring))
    if shown.entry:
        lines.append(shown.entry)
    if shown.enrol_until is not None:
        lines.append(_("Ask for a place until {moment}.", moment=shown.enrol_until))
    return lines


def _seats(shown: Standing) -> list[Words]:
    if shown.held.starts_on is None or shown.held.cancelled or shown.over:
        return []
    if shown.free:
        return [_n("{count} seat of {seats} is free.", "{count} seats of {seats} are free.",
                   shown.free, seats=shown.held.seats)]  # fmt: skip
    full = _n("The {count} seat is taken.", "All {count} seats are taken.", shown.held.seats)
    if not shown.waiting:
        return [full]
    waiting = _n("{count} officer waits for one.", "{count} officers wait for one.", shown.waiting)
    return [full, waiting]


def _own_state(shown: Standing) -> list[Words]:
    if shown.state is None:
        return []
    gathered = shown.state is S.INTERESTED and shown.held.starts_on is not None
    lines: list[Words] = [HAS_DATES if gathered else MINE[shown.state]]
    if shown.place:
        lines.append(_("Your place on the wait list: {place}.", place=shown.place))
    if shown.reason:
        lines.append(_("Reason: {reason}", reason=shown.reason))
    if shown.is_asked and shown.asked is not None:
        lines.append(_("{name} has been asked to decide.", name=shown.asked))
    elif shown.is_asked:
        lines.append(_("The training unit has been asked to decide."))
    return lines


def _reasons(shown: Standing) -> list[Words]:
    if not shown.reasons or shown.held.cancelled:
        return []
    if Act.WITHDRAW not in shown.can and shown.state in (S.ENROLLED, S.APPROVED):
        heading = _("You cannot withdraw:")
    elif shown.held.starts_on is None:
        heading = _("You cannot show interest:")
    else:
        heading = _("You cannot ask for a place:")
    return [heading, *(_("• {one}", one=reason) for reason in shown.reasons)]


def _what_follows(shown: Standing) -> list[Words]:
    """What becomes of the request, where there is something to know before."""
    if shown.free:
        return []
    return [_("The class is full. Once approved you wait for a seat that is given back.")]


def _rows(ctx: Ctx, shown: Standing) -> Rows:
    about = shown.held.id
    rows: Rows = []
    if Act.REQUEST in shown.can:
        rows.append((_ask_button(shown),))
    if Act.INTEREST in shown.can:
        interest = _("Show interest")
        rows.append((Button(interest, f"c:{about}:int", guarded=True, style=Style.PRIMARY),))
    if shown.owes_charter:
        rows.append((Button(_("Accept the charter"), f"c:{about}:ask", style=Style.PRIMARY),))
    if Act.WITHDRAW in shown.can:
        rows.append((Button(_("Withdraw"), f"c:{about}:out"),))
    certificate = certificate_cards.valid_id(ctx, shown.enrolment_id)
    if certificate is not None:
        rows.append((Button(_("Send my certificate again"), f"cert:{certificate}"),))
    rows += own_rows(ctx, about)
    if shown.enrolment_id is not None:
        label = _("How it came about")
        rows.append((Button(label, f"why:{shown.enrolment_id}"),))
        rows.append((Button(_("« My classes"), "my"),))
    rows.append((Button(_("« Courses"), "co"),))
    return rows


def _ask_button(shown: Standing) -> Button:
    about, label = shown.held.id, _("Ask for a place")
    if shown.course.has_charter:
        return Button(label, f"c:{about}:ask", style=Style.PRIMARY)
    return Button(label, f"c:{about}:yes", guarded=True, style=Style.PRIMARY)
