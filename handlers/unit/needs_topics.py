"""The list of topics: named, corrected, out of use."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _
from bot.needs import topics
from bot.needs.topics import TopicCard
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

TOPICS = _("The list of topics")
PAGE = 10


@press("topics", Action.RUN_NEEDS)
def show_topics(ctx: Ctx, event: Event) -> Reply:
    """Every topic: `topics:page`."""
    page = page_of(topics.everything(ctx), number_after(event.text) or 0, PAGE)
    rows: Rows = [(Button(_label(one), f"topic:{one.id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"topics:{turned}")
    rows.append((Button(_("A new topic"), "topicnew", style=Style.PRIMARY),))
    rows.append((Button(_("« What is needed"), "needan"),))
    body = (
        _("Wishes are put to these topics. A file of them can be sent as well.")
        if page.shown
        else _("There are no topics yet. Make one, or send a file of them.")
    )
    return Reply(screen=Screen(title=TOPICS, body=(body,), rows=tuple(rows)))


@press("topic", Action.RUN_NEEDS)
def show_topic(ctx: Ctx, event: Event) -> Reply:
    """One topic: `topic:id`."""
    return Reply(screen=_screen(topics.card(ctx, number_in(event, 1))))


@press("topicnew", Action.RUN_NEEDS)
def begin_topic(ctx: Ctx, _event: Event) -> Reply:
    """Ask for a new topic."""
    service.begin(ctx, "topic")
    return ask_form.show(ctx)


@press("topicedit", Action.RUN_NEEDS)
def begin_correcting(ctx: Ctx, event: Event) -> Reply:
    """Show all facts at once, each to be changed by its number: `topicedit:id`."""
    about = number_in(event, 1)
    service.begin(ctx, "topic", {"topic_id": about}, topics.as_typed(ctx, about))
    return ask_form.show_all(ctx)


@press("topicuse", Action.RUN_NEEDS)
def use_topic(ctx: Ctx, event: Event) -> Reply:
    """Offer a topic for wishes, or offer it no longer: `topicuse:id:1`."""
    card = topics.set_active(ctx, number_in(event, 1), event.text.endswith(":1"))
    toast = (
        _("It is offered for wishes again.")
        if card.active
        else _("It is not offered any more. What was put to it stays.")
    )
    return Reply(screen=_screen(card), toast=toast)


def _label(one: TopicCard) -> Text | Words:
    return one.name if one.active else _("{name}, not in use", name=one.name)


def _screen(card: TopicCard) -> Screen:
    body: list[Words] = [
        _("Competency: {name}", name=card.competency)
        if card.competency
        else _("It is about no competency: no gap counts for it."),
        _("Course: {title}", title=card.course)
        if card.course
        else _("No course of the catalogue is named for it."),
    ]
    if not card.active:
        body.append(_("It is not in use."))
    label = _("Use it no longer") if card.active else _("Use it again")
    wanted = "0" if card.active else "1"
    rows = (
        (
            Button(_("Correct"), f"topicedit:{card.id}"),
            Button(label, f"topicuse:{card.id}:{wanted}", guarded=True),
        ),
        (Button(_("« The list of topics"), "topics"),),
    )
    return Screen(title=card.name, body=tuple(body), rows=rows)
