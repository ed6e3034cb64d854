"""The bank of questions: topics, questions, which are in use, and tests made of them."""

from __future__ import annotations

from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.tests import assembling, bank
from bot.evaluation.tests.bank import BankAnswer, BankCard, Topic
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in, with_menu
from handlers.common.menu import Part, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.question_screen import words_of
from handlers.common.routes import press

PAGE = 8
LONGEST_LABEL = 60
BANK = _("Questions for tests")

menu_entry("bank", BANK, "bank", Action.EDIT_TESTS, 52, Part.FORMS)


@press("bank", Action.EDIT_TESTS)
def show_topics(ctx: Ctx, event: Event) -> Reply:
    """All topics by name: `bank:page`."""
    found = bank.topics(ctx)
    page = page_of(found, number_after(event.text) or 0, PAGE)
    rows: Rows = [(Button(_topic_line(one), f"banktopic:{one.first_id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"bank:{turned}")
    if any(topic.in_use for topic in found):
        label = _("Make a test of them")
        rows.append((Button(label, "banknew", style=Style.PRIMARY),))
    told = (_n("{count} topic.", "{count} topics.", len(found)),) if found else ()
    how = _("Send a table of questions, or a GIFT file from Moodle, to add to them.")
    return Reply(screen=Screen(title=BANK, body=(*told, how), rows=with_menu(rows)))


@press("banktopic", Action.EDIT_TESTS)
def show_topic(ctx: Ctx, event: Event) -> Reply:
    """The questions of a topic: `banktopic:one of its questions:page`."""
    first = number_in(event, 1)
    topic = bank.topic_of(ctx, first)
    page = page_of(bank.of_topic(ctx, topic), number_after(event.text, 2) or 0, PAGE)
    rows: Rows = [(Button(_label(ctx, one), f"bankq:{one.id}"),) for one in page.shown]
    rows += page.rows(lambda turned: f"banktopic:{first}:{turned}")
    return Reply(
        screen=Screen(title=topic, rows=(*rows, (Button(_("« Questions for tests"), "bank"),)))
    )


@press("bankq", Action.EDIT_TESTS)
def show_question(ctx: Ctx, event: Event) -> Reply:
    """One question with what is right: `bankq:id`."""
    return Reply(screen=_question_screen(bank.card(ctx, number_in(event, 1))))


@press("bankuse", Action.EDIT_TESTS)
def use_question(ctx: Ctx, event: Event) -> Reply:
    """Take it into use or lay it aside: `bankuse:id:1` or `bankuse:id:0`."""
    card = bank.use(ctx, number_in(event, 1), active=number_in(event, 2) == 1)
    return Reply(screen=_question_screen(card))


@press("banknew", Action.EDIT_TESTS)
def begin_test(ctx: Ctx, _event: Event) -> Reply:
    """Ask how many questions of which topic make a test."""
    topics, shown = assembling.listed(ctx)
    if not topics:
        raise Refusal(_("There are no questions in use. Send a file with questions first."))
    service.begin(ctx, "assemble_test", {"topics": topics}, {"list": shown})
    return ask_form.show(ctx)


def _topic_line(topic: Topic) -> Text:
    if not topic.laid_aside:
        return _("{topic} ({count})", topic=topic.name, count=topic.in_use)
    return _(
        "{topic} ({count}, {aside} laid aside)",
        topic=topic.name,
        count=topic.in_use,
        aside=topic.laid_aside,
    )


def _label(ctx: Ctx, one: BankCard) -> Words:
    label = words_of(one.label, ctx, LONGEST_LABEL)
    return label if one.active else _("{question} (laid aside)", question=label)


def _question_screen(card: BankCard) -> Screen:
    body: list[Words] = [card.label, "", *(_answer(one) for one in card.answers)]
    if card.right:
        body.append(_("Right: {right}", right=card.right))
    if card.points:
        body.append(_("Points: {points}", points=card.points))
    if card.feedback:
        body += ["", card.feedback]
    if not card.active:
        body += ["", _("Laid aside: no test is made with it.")]
    use = (
        Button(_("Lay it aside"), f"bankuse:{card.id}:0", guarded=True)
        if card.active
        else Button(_("Take it into use"), f"bankuse:{card.id}:1", guarded=True)
    )
    back = Button(_("« {topic}", topic=card.topic), f"banktopic:{card.id}")
    return Screen(title=card.name or card.topic, body=tuple(body), rows=((use,), (back,)))


def _answer(one: BankAnswer) -> Words:
    words = _("✓ {answer}", answer=one.words) if one.right else _("• {answer}", answer=one.words)
    if not one.feedback:
        return words
    return _("{answer} – {feedback}", answer=words, feedback=one.feedback)
