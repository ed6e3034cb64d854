"""A draft of a message to many, part by part: words, file, buttons, what it is about, when."""

from __future__ import annotations

from bot import shorten
from bot.campaigns.broadcasts import answering, cards, drafting
from bot.campaigns.broadcasts.cards import BroadcastCard
from bot.campaigns.broadcasts.wording import OFFERS
from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.i18n import LANGUAGES, Words, _
from bot.people import sent_files
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training import catalogue
from handlers.common import ask_form, broadcast_words
from handlers.common.class_screens import NO_LONGER, cut_search, number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of, turning
from handlers.common.routes import file, press, text
from handlers.unit.broadcast_screens import screen_of

CHOSEN, NOT_CHOSEN = "☑", "☐"
FORMS = 8
LONGEST_SHOWN = 900


@press("bctexts", Action.BROADCAST)
def show_texts(ctx: Ctx, event: Event) -> Reply:
    """The text in each language, and which stands in for a missing one: `bctexts:id`."""
    return Reply(screen=_texts(cards.card(ctx, number_in(event, 1))))


@press("bctext", Action.BROADCAST)
def write_text(ctx: Ctx, event: Event) -> Reply:
    """Ask for the words in one language: `bctext:id:language`."""
    card, language = cards.card(ctx, number_in(event, 1)), _language(event)
    purpose = {"broadcast_id": card.id, "language": language}
    service.begin(ctx, "broadcast_text", purpose, {"text": card.texts.get(language, "")})
    return ask_form.show(ctx)


@press("bcelse", Action.BROADCAST)
def choose_fallback(ctx: Ctx, event: Event) -> Reply:
    """What readers get whose language has no text: `bcelse:id:language`."""
    return Reply(screen=_texts(drafting.set_fallback(ctx, number_in(event, 1), _language(event))))


@press("bcname", Action.BROADCAST)
def rename(ctx: Ctx, event: Event) -> Reply:
    """Ask for another title or kind: `bcname:id`."""
    card = cards.card(ctx, number_in(event, 1))
    typed = {"title": card.title, "kind": card.kind.value}
    service.begin(ctx, "broadcast_rename", {"broadcast_id": card.id}, typed)
    return ask_form.show(ctx)


@press("bcfile", Action.BROADCAST)
def ask_file(ctx: Ctx, event: Event) -> Reply:
    """Ask for the picture or file that goes with it: `bcfile:id`."""
    return Reply(screen=_file(cards.card(ctx, number_in(event, 1))))


@file(Action.BROADCAST, "bcfile")
def receive_file(ctx: Ctx, event: Event) -> Reply:
    """Take the file that was asked for, a picture as a picture."""
    about, sent = number_after(event.asks), event.file
    if about is None or sent is None or sent.blob_id is None:
        raise Refusal(_("This file could not be fetched. Files up to 20 MB can be taken."))
    sent_files.take(ctx, sent.blob_id)
    card = drafting.set_file(ctx, about, sent.blob_id, is_photo=sent.is_photo)
    return Reply(screen=screen_of(ctx, card))


@text("bcfile", Action.BROADCAST)
def ask_file_again(ctx: Ctx, event: Event) -> Reply:
    """Words where a file was asked for."""
    return Reply(screen=_file(cards.card(ctx, number_after(event.asks) or 0)), fresh=True)


@press("bcnofile", Action.BROADCAST)
def drop_file(ctx: Ctx, event: Event) -> Reply:
    """Without a file: `bcnofile:id`."""
    return Reply(screen=screen_of(ctx, drafting.drop_file(ctx, number_in(event, 1))))


@press("bcbtn", Action.BROADCAST)
def show_buttons(ctx: Ctx, event: Event) -> Reply:
    """`bcbtn:id` shows which buttons it has; `bcbtn:id:name:1` puts one on, `0` takes it off."""
    about, said = number_in(event, 1), event.text.split(":")[2:]
    card = cards.card(ctx, about)
    if len(said) == 2:
        names = {name for name in card.buttons if name != said[0]}
        names |= {said[0]} if said[1] == "1" else set()
        card = drafting.set_buttons(ctx, about, sorted(names))
    return Reply(screen=_buttons(card))


@press("bcclass", Action.BROADCAST)
def choose_class(ctx: Ctx, event: Event) -> Reply:
    """The classes it can be about: `bcclass:id:page:search`."""
    parts = event.text.split(":", 3)
    search = parts[3] if len(parts) > 3 else ""
    return Reply(screen=_classes(ctx, number_in(event, 1), number_after(event.text, 2), search))


@text("bcclass", Action.BROADCAST)
def find_class(ctx: Ctx, event: Event) -> Reply:
    """Classes by a part of their code or title."""
    return Reply(screen=_classes(ctx, number_after(event.asks) or 0, 0, event.text.strip()))


@press("bcclassis", Action.BROADCAST)
def set_class(ctx: Ctx, event: Event) -> Reply:
    """It is about this class: `bcclassis:id:class`."""
    card = drafting.set_class(ctx, number_in(event, 1), number_in(event, 2))
    return Reply(screen=_buttons(card))


@press("bcforms", Action.BROADCAST)
def choose_form(ctx: Ctx, event: Event) -> Reply:
    """The questionnaires it can lead to: `bcforms:id:page`."""
    about = cards.card(ctx, number_in(event, 1)).id
    page = page_of(answering.choices(ctx), number_after(event.text, 2) or 0, FORMS)
    rows: Rows = [(Button(one.title, f"bcformis:{about}:{one.version_id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"bcforms:{about}:{turned}")
    rows.append((Button(_("« Buttons"), f"bcbtn:{about}"),))
    body = _("Choose the questionnaire that the button leads to.")
    return Reply(screen=Screen(title=_("Questionnaires"), body=(body,), rows=tuple(rows)))


@press("bcformis", Action.BROADCAST)
def set_form(ctx: Ctx, event: Event) -> Reply:
    """It leads to this questionnaire: `bcformis:id:version`."""
    form = answering.choice(ctx, number_in(event, 2))
    return Reply(screen=_buttons(drafting.set_form(ctx, number_in(event, 1), form.name)))


@press("bctime", Action.BROADCAST)
def show_time(ctx: Ctx, event: Event) -> Reply:
    """When it goes out: `bctime:id`."""
    card = cards.card(ctx, number_in(event, 1))
    rows: Rows = [
        (Button(_("At once"), f"bcnow:{card.id}"),),
        (Button(_("At a time"), f"bcat:{card.id}"),),
        (_back(card),),
    ]
    body = (
        broadcast_words.when(ctx, card),
        _("Quiet hours hold back all but emergencies, whatever the time is."),
    )
    return Reply(screen=Screen(title=_("When it goes out"), body=body, rows=tuple(rows)))


@press("bcnow", Action.BROADCAST)
def send_at_once(ctx: Ctx, event: Event) -> Reply:
    """It goes out as soon as it is sent off: `bcnow:id`."""
    return Reply(screen=screen_of(ctx, drafting.send_at_once(ctx, number_in(event, 1))))


@press("bcat", Action.BROADCAST)
def ask_time(ctx: Ctx, event: Event) -> Reply:
    """Ask for day and hour, and whose clock: `bcat:id`."""
    card = cards.card(ctx, number_in(event, 1))
    service.begin(ctx, "broadcast_time", {"broadcast_id": card.id})
    return ask_form.show(ctx)


def _back(card: BroadcastCard) -> Button:
    return Button(_("« The draft"), f"bc:{card.id}")


def _language(event: Event) -> str:
    named = event.text.split(":")[2:3]
    if not named or named[0] not in LANGUAGES:
        raise Refusal(NO_LONGER)
    return named[0]


def _texts(card: BroadcastCard) -> Screen:
    rows: Rows = []
    for language, name in LANGUAGES.items():
        row = [Button(_("Write: {language}", language=name), f"bctext:{card.id}:{language}")]
        if language in card.texts and language != card.fallback:
            label = _("For all others: {language}", language=name)
            row.append(Button(label, f"bcelse:{card.id}:{language}"))
        rows.append(tuple(row))
    body: list[Words] = [*broadcast_words.texts(card)]
    for language, words in card.texts.items():
        body += [
            "",
            _("{language}:", language=LANGUAGES[language]),
            shorten.cut(words, LONGEST_SHOWN),
        ]
    return Screen(title=_("Texts"), body=tuple(body), rows=(*rows, (_back(card),)))


def _file(card: BroadcastCard) -> Screen:
    rows: Rows = []
    if card.blob_id is not None:
        rows.append((Button(_("Without a file"), f"bcnofile:{card.id}"),))
    body: list[Words] = [
        *broadcast_words.file(card),
        _("Send the picture or the file now. With one, a text has room for 900 characters."),
    ]
    return Screen(
        title=_("Picture or file"),
        body=tuple(body),
        rows=(*rows, (_back(card),)),
        asks=f"bcfile:{card.id}",
    )


def _buttons(card: BroadcastCard) -> Screen:
    rows: Rows = []
    for offer in OFFERS.values():
        has = offer.name in card.buttons
        label = _("{mark} {button}", mark=CHOSEN if has else NOT_CHOSEN, button=offer.title)
        rows.append((Button(label, f"bcbtn:{card.id}:{offer.name}:{0 if has else 1}"),))
    needs = {OFFERS[name].needs for name in card.buttons if name in OFFERS}
    if "class" in needs:
        rows.append((Button(_("Choose the class"), f"bcclass:{card.id}:0"),))
    if "form" in needs:
        rows.append((Button(_("Choose the questionnaire"), f"bcforms:{card.id}:0"),))
    body = (*broadcast_words.buttons(card), _("Press a line to put it on or take it off."))
    return Screen(title=_("Buttons"), body=body, rows=(*rows, (_back(card),)))


def _classes(ctx: Ctx, about: int, number: int | None, search: str) -> Screen:
    card = cards.card(ctx, about)
    page = catalogue.visible_to_unit(ctx, number or 0, search)
    kept = cut_search(search)
    rows: Rows = [
        (
            Button(
                _("{code} {course}", code=line.code, course=line.title),
                f"bcclassis:{card.id}:{line.id}",
            ),
        )
        for line in page.lines
    ]
    rows += turning(page.number, page.pages, lambda turned: f"bcclass:{card.id}:{turned}:{kept}")
    rows.append((Button(_("« Buttons"), f"bcbtn:{card.id}"),))
    body = _("Choose a class, or type a part of its code or title.")
    if not page.lines:
        body = _("No class was found for “{words}”.", words=search)
    return Screen(
        title=_("Which class?"), body=(body,), rows=tuple(rows), asks=f"bcclass:{card.id}"
    )
