"""Linking in three ways: one's own contact, an invite, a staff number that somebody confirms."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Moment, Text, _
from bot.people import link_requests, linking
from bot.people.linking import Outcome, OutcomeKind
from bot.screens import Reply, Screen
from handlers.anyone import home
from handlers.common.routes import text

NO_MATCH = _(
    "This account could not be linked by its telephone number. "
    "Please use one of the other two ways."
)
BAD_INVITE = _(
    "This invite does not work: it has been used, has expired or was replaced. "
    "Ask your office for a new one, or use another way."
)
NOT_OWN = _("That is somebody else's number. Please share your own with the button below.")
REQUESTED = _(
    "If this number is yours, your supervisor or the training unit confirms it, and you get a "
    "message here. If nothing comes within a week, please ask them directly."
)
NO_STAFF_NO = _("A staff number is one word with digits in it, such as 10423.")


@text("contact", None)
def share_contact(ctx: Ctx, event: Event) -> Reply:
    """A shared contact links, if it is the sender's own and the roster has its number."""
    assert event.contact is not None
    return _said(ctx, linking.by_contact(ctx, event.contact))


def open_invite(ctx: Ctx, token: str) -> Reply:
    """An invite that was opened links the account that opened it."""
    return _said(ctx, linking.by_token(ctx, token))


@text("link", None)
def type_staff_no(ctx: Ctx, event: Event) -> Reply:
    """A typed staff number asks somebody to confirm; anything else is told what to type."""
    if ctx.actor.person_id is None and not link_requests.looks_like_staff_no(event.text):
        return Reply(screen=home.how_to_link(NO_STAFF_NO))
    return _said(ctx, link_requests.ask(ctx, event.text, event.display_name))


def _said(ctx: Ctx, outcome: Outcome) -> Reply:
    if outcome.kind is OutcomeKind.LINKED:
        return _linked(outcome)
    if outcome.kind is OutcomeKind.REQUESTED:
        screen = Screen(body=(REQUESTED,), remove_keyboard=True, asks=home.STAFF_NO)
        return Reply(screen=screen)
    if outcome.kind is OutcomeKind.LOCKED:
        return Reply(screen=_locked(ctx, outcome))
    return Reply(screen=home.first_screen(ctx, _why(outcome)))


def _linked(outcome: Outcome) -> Reply:
    assert outcome.person is not None
    card = outcome.person
    screen = Screen(
        title=_("Welcome, {name}.", name=card.greeting),
        body=(_("This account is now linked to {name}, {unit}.", name=card.name, unit=card.unit),),
        remove_keyboard=True,
    )
    return Reply(screen=screen, language=outcome.language)


def _locked(ctx: Ctx, outcome: Outcome) -> Screen:
    assert outcome.until is not None
    until = Moment(outcome.until, ctx.actor.zone)
    return Screen(
        title=_("Please wait"),
        body=(
            _(
                "This account has tried to link too often. It can try again after {time}.",
                time=until,
            ),
            _("If you need help, ask your supervisor or the training unit directly."),
        ),
        remove_keyboard=True,
        asks=home.STAFF_NO,
    )


def _why(outcome: Outcome) -> Text:
    if outcome.person is not None and outcome.kind is OutcomeKind.OTHER_PERSON:
        return _(
            "This account is linked to {name} already. One account is one person; "
            "the training unit can change that.",
            name=outcome.person.name,
        )
    sentences = {
        OutcomeKind.ALREADY: _("This account is linked to you already."),
        OutcomeKind.NOT_OWN_CONTACT: NOT_OWN,
        OutcomeKind.NO_MATCH: NO_MATCH,
        OutcomeKind.BAD_INVITE: BAD_INVITE,
    }
    return sentences[outcome.kind]
