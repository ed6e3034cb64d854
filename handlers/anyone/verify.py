"""Anybody who holds a certificate asks whether it is genuine, by its code or by scanning it."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Moment, Words, _
from bot.screens import Button, Reply, Screen
from bot.training import verification
from bot.training.verification import Finding, Verdict
from handlers.common.routes import command, text

ASKS = "verify:code"


@command("verify", None, menu=_("Check whether a certificate is genuine"))
def ask_for_code(ctx: Ctx, event: Event) -> Reply:
    """Check the code that follows the command, or ask for one."""
    return check(ctx, event.text) if event.text.strip() else Reply(screen=_question())


@text("verify", None)
def type_code(ctx: Ctx, event: Event) -> Reply:
    """Check what was typed."""
    return check(ctx, event.text)


def check(ctx: Ctx, code: str) -> Reply:
    """Genuine or not, valid or revoked, and no more."""
    return Reply(screen=_verdict(ctx, verification.verify(ctx, code)))


def _question(before: Words = "") -> Screen:
    body = (_("Type the code that stands on the certificate, such as 7KQ3-M9XT-2BHW."),)
    return Screen(above=before, title=_("Check a certificate"), body=body, rows=_home(), asks=ASKS)


def _verdict(ctx: Ctx, found: Verdict) -> Screen:
    if found.finding is Finding.UNKNOWN:
        return _question(_("No certificate has this code. Compare it letter by letter."))
    if found.finding is Finding.LOCKED:
        assert found.until is not None
        until = Moment(found.until, ctx.actor.zone)
        wait = _("Too many tries. This account can try again after {time}.", time=until)
        return Screen(title=_("Please wait"), body=(wait,), rows=_home())
    assert found.title is not None
    is_valid = found.finding is Finding.VALID
    title = _("Genuine and valid") if is_valid else _("Genuine, but not valid any more")
    return Screen(
        title=title,
        body=(
            found.title,
            _("Issued on {day}.", day=found.issued_on),
            _("Compare course and date with the paper. No name is told here."),
        ),
        rows=_home(),
        asks=ASKS,
    )


def _home() -> tuple[tuple[Button, ...], ...]:
    return ((Button(_("« Start"), "home"),),)
