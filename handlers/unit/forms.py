"""Questionnaires: which there are, trying one, putting a new version in force."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service, versions
from bot.i18n import LANGUAGES, Joined, _
from bot.people import sent_files
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.work import queue
from handlers.common import ask_form, menu
from handlers.common.numbers import number_after
from handlers.common.question_heading import length_words, rules_words
from handlers.common.question_screen import words_of
from handlers.common.routes import press

PER_PAGE = 8

menu.menu_entry("forms", _("Questionnaires"), "forms", Action.IMPORT, 50, menu.Part.FORMS)


@press("forms", Action.IMPORT)
def list_forms(ctx: Ctx, event: Event) -> Reply:
    """Every published form, eight a page: `forms` or `forms:page`."""
    page = _number(event.text)
    cards = sorted(versions.published(ctx), key=lambda card: card.title.best(ctx.language))
    shown = cards[page * PER_PAGE : (page + 1) * PER_PAGE]
    rows = [(Button(words_of(card.title, ctx, 40), f"form:{card.version_id}"),) for card in shown]
    turn = [Button("‹", f"forms:{page - 1}")] if page else []
    turn += [Button("›", f"forms:{page + 1}")] if len(cards) > (page + 1) * PER_PAGE else []
    return Reply(
        screen=Screen(
            title=_("Questionnaires"),
            body=(_("Send a workbook in XLSForm to add or replace one."),),
            rows=(*rows, tuple(turn), menu.back_to_menu()),
        )
    )


@press("form", Action.IMPORT)
def show_form(ctx: Ctx, event: Event) -> Reply:
    """One form: its version, languages, length."""
    card = versions.published_form(ctx, _number(event.text))
    return Reply(
        screen=Screen(
            title=card.title,
            body=(
                _("Name: {name}, version {version}", name=card.name, version=card.version),
                length_words(service.length(ctx, card.version_id)),
                *rules_words(versions.definition(ctx, card.version_id)),
                _("Languages: {languages}", languages=_languages(card)),
            ),
            rows=(
                (Button(_("Try it"), f"try:{card.version_id}", style=Style.PRIMARY),),
                (Button(_("« Questionnaires"), "forms"),),
            ),
        )
    )


@press("try", Action.IMPORT)
def try_form(ctx: Ctx, event: Event) -> Reply:
    """Answer a form as anybody would; nothing is stored."""
    card = versions.published_form(ctx, _number(event.text))
    service.begin(ctx, card.name, {service.REHEARSAL: True})
    return ask_form.show(ctx)


@press("formyes", Action.IMPORT)
def publish_form(ctx: Ctx, event: Event) -> Reply:
    """Put a checked file in force: `formyes:blob`."""
    number = _number(event.text)
    if not number:
        raise Refusal(_("Send the file again."))
    params = {"blob": sent_files.require_own(ctx, number)}
    if queue.is_asked_for(ctx, "form_publish", params, ended=True):
        raise Refusal(_("That has been decided already. Nothing was changed."))
    queue.queue(ctx, "form_publish", params)
    return Reply(toast=_("The questionnaire is being put in force."))


def _languages(card: versions.FormCard) -> Joined:
    return Joined(tuple(LANGUAGES.get(code, code) for code in card.languages))


def _number(text: str) -> int:
    return number_after(text) or 0
