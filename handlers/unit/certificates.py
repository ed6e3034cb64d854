"""The certificates of a class: looked up, printed together, issued anew, revoked."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training import catalogue, certificate_cards, certificates
from bot.training.certificate_cards import CertificateCard
from bot.work import paperwork
from handlers.common import ask_form
from handlers.common.class_screens import NO_LONGER, class_id, class_page, number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

PAGE = 8
ACTS = ("reissue", "revoke")


@press("certs", Action.USE_DESK)
def show_certificates(ctx: Ctx, event: Event) -> Reply:
    """The certificates of a class: `certs:class:page`; its trainers see them too."""
    about = class_id(event)
    found = certificate_cards.of_class(ctx, about)
    held = catalogue.card(ctx, about)
    page = page_of(found, number_after(event.text, 2) or 0, PAGE)
    rows: Rows = [(Button(_line(one), f"certone:{one.id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"certs:{about}:{turned}")
    if found:
        label = _("All as one file, to print")
        rows.append((Button(label, f"certall:{about}", guarded=True, style=Style.PRIMARY),))
    rows.append((Button(_("« Class {code}", code=held.code), class_page(ctx, about)),))
    return Reply(
        screen=Screen(
            title=_("Certificates of class {code}", code=held.code),
            body=() if found else (_("There are none yet. They are issued when it is closed."),),
            rows=tuple(rows),
            protect=True,
        )
    )


@press("certone", Action.USE_DESK)
def show_certificate(ctx: Ctx, event: Event) -> Reply:
    """One certificate: `certone:certificate`."""
    card = certificate_cards.kept(ctx, number_in(event, 1))
    body: list[Words] = [
        card.name,
        card.title,
        _("Code: {code}", code=card.code),
        _("Issued on {day}.", day=card.issued_on),
    ]
    rows: Rows = []
    if card.revoked_at is not None:
        body.append(_("Revoked: {reason}", reason=card.revoked_words))
    elif access.may(ctx, Action.EDIT_CLASSES):
        rows += [
            (Button(_("Issue it anew"), f"certact:{card.id}:0"),),
            (Button(_("Revoke it"), f"certact:{card.id}:1", style=Style.DANGER),),
        ]
    rows.append((Button(_("« Certificates"), f"certs:{card.class_id}:0"),))
    return Reply(
        screen=Screen(
            title=_("Certificate {number}", number=card.number),
            body=tuple(body),
            rows=tuple(rows),
            protect=True,
        )
    )


@press("certact", Action.EDIT_CLASSES)
def begin_changing(ctx: Ctx, event: Event) -> Reply:
    """Ask for the reason: `certact:certificate:place`."""
    place = number_in(event, 2)
    if place >= len(ACTS):
        raise Refusal(NO_LONGER)
    found = certificates.to_decide(ctx, number_in(event, 1))
    purpose = {"certificate_id": found.id, "act": ACTS[place]}
    service.begin(ctx, "certificate_reason", purpose, {"number": found.number})
    return ask_form.show(ctx)


@press("certall", Action.USE_DESK)
def print_all(ctx: Ctx, event: Event) -> Reply:
    """Have all of them made as one file: `certall:class`."""
    paperwork.ask_for_class(ctx, class_id(event))
    return Reply(toast=_("The file is being made. It comes as a message."))


def _line(one: CertificateCard) -> Text:
    if one.revoked_at is not None:
        return _("{name}, {number} (revoked)", name=one.name, number=one.number)
    return _("{name}, {number}", name=one.name, number=one.number)
