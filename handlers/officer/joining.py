"""A class joined and left by an officer: asked for with the charter, interest, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Text, Words, _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training import reasons, standing
from bot.training.states import Act, S
from handlers.common import ask_form
from handlers.common.class_screens import class_id
from handlers.common.routes import press
from handlers.officer.class_page import charter, class_page

FORM = "withdraw"
GIVEN_BACK = _("You have given your place back. It goes to the next who waits.")
WITHDRAWN = _("You have withdrawn.")
OTHER = "other"
Step: TypeAlias = Callable[[Ctx, int, str], Reply]


@press("c", Action.USE_DESK)
def show_class(ctx: Ctx, event: Event) -> Reply:
    """One class: `c:class`, and what is done with it: `c:class:ask|yes|int|out:reason`."""
    about = class_id(event)
    _c, _id, *said = event.text.split(":", 3)
    step = STEPS.get(said[0]) if said else None
    if step is None:
        return Reply(screen=class_page(ctx, about))
    return step(ctx, about, said[1] if len(said) > 1 else "")


@service.on_submit(FORM, "reason")
def withdraw_by_form(ctx: Ctx, submission: Submission) -> Text:
    """Withdraw with the reason that was typed."""
    about, reason = int(submission.purpose["class"]), str(submission.answers["reason"])
    return GIVEN_BACK if standing.withdraw(ctx, about, reason) else WITHDRAWN


def _ask(ctx: Ctx, about: int, _said: str) -> Reply:
    """The charter, or the class again where nothing can be asked for by now."""
    shown = standing.standing(ctx, about)
    if Act.REQUEST not in shown.can and not shown.owes_charter:
        return Reply(screen=class_page(ctx, about))
    return Reply(screen=charter(shown))


def _accept(ctx: Ctx, about: int, _said: str) -> Reply:
    shown = standing.standing(ctx, about)
    if shown.owes_charter:
        standing.accept_charter(ctx, about)
        return Reply(screen=class_page(ctx, about, _("You have accepted the training charter.")))
    if Act.REQUEST not in shown.can:
        return Reply(screen=class_page(ctx, about))
    state = standing.ask(ctx, about, accepts=shown.course.has_charter)
    return Reply(screen=class_page(ctx, about, _asked_words(state)))


def _asked_words(state: S) -> Words:
    """What came of it at once; the page below says with whom it lies."""
    if state is S.ENROLLED:
        return _("This course needs no approval, and a seat was free.")
    if state is S.APPROVED:
        return _("This course needs no approval, but the class is full.")
    return _("Your request has been sent. You are told as soon as it is decided.")


def _interest(ctx: Ctx, about: int, _said: str) -> Reply:
    if Act.INTEREST not in standing.standing(ctx, about).can:
        return Reply(screen=class_page(ctx, about))
    standing.show_interest(ctx, about)
    return Reply(screen=class_page(ctx, about), toast=_("Your interest has been noted."))


def _leave(ctx: Ctx, about: int, said: str) -> Reply:
    """Ask for the reason, one tap each; with one, withdraw."""
    shown = standing.standing(ctx, about)
    standing.require_leaving(shown)
    if said == OTHER:
        service.begin(ctx, FORM, {"class": about})
        return ask_form.show(ctx)
    if not said:
        return Reply(screen=_why_leave(shown))
    if said not in reasons.LEAVING:
        raise Refusal(_("Choose one of the reasons shown."))
    had_seat = standing.withdraw(ctx, about, reasons.kept(said))
    return Reply(screen=class_page(ctx, about, GIVEN_BACK if had_seat else ""))


def _why_leave(shown: standing.Standing) -> Screen:
    about = shown.held.id
    rows = [
        (Button(words, f"c:{about}:out:{code}", guarded=True),)
        for code, words in reasons.LEAVING.items()
    ]
    body: list[Words] = [
        _("{course}, class {code}", course=shown.held.title, code=shown.held.code)
    ]
    if shown.state is S.ENROLLED:
        body.append(_("Your place goes to the next who waits."))
    body.append(_("Your supervisor can see the reason."))
    return Screen(
        title=_("Why can you not come?"),
        body=tuple(body),
        rows=(
            *rows,
            (Button(_("Another reason"), f"c:{about}:out:{OTHER}"),),
            (Button(_("« I can come"), f"c:{about}"),),
        ),
    )


STEPS: Mapping[str, Step] = {"ask": _ask, "yes": _accept, "int": _interest, "out": _leave}
