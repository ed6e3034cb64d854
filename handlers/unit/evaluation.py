"""What is asked after a course: which rules are on for which type of course, and when they ask."""

from __future__ import annotations

from dataclasses import replace

from bot.campaigns import evaluation_settings
from bot.campaigns.evaluation_rules import Anchor
from bot.campaigns.evaluation_settings import CourseType, RuleCard
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation.rule_settings import NOTHING, Chosen
from bot.events import Event
from bot.i18n import Words, _
from bot.people.access_table import Action
from bot.people.search import fold
from bot.screens import Button, Reply, Screen, Style
from handlers.common.class_screens import NO_LONGER, number_in
from handlers.common.menu import Part, back_to_menu, menu_entry
from handlers.common.numbers import number_after, number_of
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press, text
from handlers.unit import evaluation_words as words

PER_PAGE = 8
A_ROW = 5
TITLE = _("What is asked after a course")
FIELDS = frozenset({"m", "d", "o"})
"""How buttons name months, days, and days open."""

menu_entry("evaluation", TITLE, "evaluation", Action.SET_EVALUATION, 52, Part.FORMS)


@press("evaluation", Action.SET_EVALUATION)
def show_types(ctx: Ctx, event: Event) -> Reply:
    """The types of course, eight a page: `evaluation:page`."""
    page = page_of(evaluation_settings.types(ctx), number_after(event.text) or 0, PER_PAGE)
    rows = [(Button(words.type_label(one), f"evtype:{one.course_id}"),) for one in page.shown]
    turning = page.rows(lambda number: f"evaluation:{number}")
    body = _("Choose a type of course. What you set for one type goes before what holds for all.")
    return Reply(screen=Screen(title=TITLE, body=(body,), rows=(*rows, *turning, back_to_menu())))


@press("evtype", Action.SET_EVALUATION)
def show_rules(ctx: Ctx, event: Event) -> Reply:
    """Every rule as it holds for a type: `evtype:course`."""
    kind = evaluation_settings.type_of(ctx, number_in(event, 1))
    cards = evaluation_settings.cards(ctx, kind.category)
    lines = [words.rule_line(place, card) for place, card in enumerate(cards, start=1)]
    buttons = [
        Button(str(place), f"evrule:{kind.course_id}:{card.rule.name}")
        for place, card in enumerate(cards, start=1)
    ]
    rows = tuple(tuple(buttons[at : at + A_ROW]) for at in range(0, len(buttons), A_ROW))
    back = (Button(_("« Types of course"), "evaluation"),)
    press_one = _("Press a number to switch or shift it.")
    return Reply(
        screen=Screen(
            title=words.type_label(kind), body=(*lines, "", press_one), rows=(*rows, back)
        )
    )


@press("evrule", Action.SET_EVALUATION)
def show_rule(ctx: Ctx, event: Event) -> Reply:
    """One rule, with what can be changed: `evrule:course:rule`."""
    return Reply(screen=_rule_screen(*_asked_for(ctx, event.text)))


@press("evask", Action.SET_EVALUATION)
def ask_number(ctx: Ctx, event: Event) -> Reply:
    """Ask for months, days or how long it is open: `evask:course:rule:field`."""
    kind, card = _asked_for(ctx, event.text)
    return Reply(screen=_question(kind, card, _field(event.text)))


@text("evask", Action.SET_EVALUATION)
def take_number(ctx: Ctx, event: Event) -> Reply:
    """Take the typed number, or say what one looks like."""
    kind, card = _asked_for(ctx, event.asks)
    field = _field(event.asks)
    try:
        return replace(_try(ctx, kind, card, field, _number(event.text)), fresh=True)
    except Refusal as refusal:
        return Reply(screen=_question(kind, card, field, refusal.sentence), fresh=True)


@press("evset", Action.SET_EVALUATION)
def switch(ctx: Ctx, event: Event) -> Reply:
    """Switch a rule, or give it back to itself: `evset:course:rule:on:1`."""
    kind, card = _asked_for(ctx, event.text)
    return _try(ctx, kind, card, *_wanted(event.text))


@press("evyes", Action.SET_EVALUATION)
def change_all_the_same(ctx: Ctx, event: Event) -> Reply:
    """Change it after what follows was shown: `evyes:course:rule:field:number`."""
    kind, card = _asked_for(ctx, event.text)
    return _change(ctx, kind, card, _chosen(card, *_wanted(event.text)))


def _try(ctx: Ctx, kind: CourseType, card: RuleCard, field: str, number: int) -> Reply:
    """Change it, unless something under way would change with it: then ask first."""
    chosen = _chosen(card, field, number)
    follows = evaluation_settings.what_follows(ctx, kind.category, card.rule.name, chosen)
    if not follows:
        return _change(ctx, kind, card, chosen)
    where = f"{kind.course_id}:{card.rule.name}"
    yes = Button(
        _("Change it"), f"evyes:{where}:{field}:{number}", guarded=True, style=Style.DANGER
    )
    return Reply(
        screen=Screen(
            title=card.rule.stage.title,
            body=(_("This changes what is under way:"), *words.follows_lines(follows)),
            rows=((yes,), (Button(_("« Leave it"), f"evrule:{where}"),)),
        )
    )


def _change(ctx: Ctx, kind: CourseType, card: RuleCard, chosen: Chosen) -> Reply:
    evaluation_settings.change(ctx, kind.category, card.rule.name, chosen)
    changed = evaluation_settings.card(ctx, kind.category, card.rule.name)
    return Reply(screen=_rule_screen(kind, changed, _("It was changed.")))


def _rule_screen(kind: CourseType, card: RuleCard, before: Words = "") -> Screen:
    where = f"{kind.course_id}:{card.rule.name}"
    switches = ((True, 1, _("Switch on")), (False, 0, _("Switch off")))
    rows: Rows = [
        (Button(label, f"evset:{where}:on:{number}"),)
        for on, number, label in switches
        if card.on is not on
    ]
    if card.rule.movable:
        rows.append(
            tuple(Button(label, f"evask:{where}:{field}") for field, label in _numbers(card))
        )
    if card.own != NOTHING:
        rows.append((Button(words.own_label(kind), f"evset:{where}:own:0"),))
    back = (Button(_("« {type}", type=words.type_label(kind)), f"evtype:{kind.course_id}"),)
    return Screen(
        above=before,
        title=card.rule.stage.title,
        body=words.rule_lines(kind, card),
        rows=(*rows, back),
    )


def _numbers(card: RuleCard) -> list[tuple[str, Words]]:
    """What can be changed by a number: counted from the start of a class there are no months."""
    found: list[tuple[str, Words]] = [("d", _("Days")), ("o", _("Days open"))]
    return found if card.rule.anchor is Anchor.STARTS else [("m", _("Months")), *found]


def _question(kind: CourseType, card: RuleCard, field: str, problem: Words = "") -> Screen:
    where = f"{kind.course_id}:{card.rule.name}"
    return Screen(
        above=problem,
        title=card.rule.stage.title,
        body=(words.when(card.rule), words.open_for(card.rule), words.question(card.rule, field)),
        rows=((Button(_("« Leave it"), f"evrule:{where}"),),),
        asks=f"evask:{where}:{field}",
    )


def _asked_for(ctx: Ctx, data: str) -> tuple[CourseType, RuleCard]:
    """The type and the rule that a button or a question is about."""
    parts = data.split(":")
    course_id = number_after(data)
    if course_id is None or len(parts) < 3:
        raise Refusal(NO_LONGER)
    kind = evaluation_settings.type_of(ctx, course_id)
    return kind, evaluation_settings.card(ctx, kind.category, parts[2])


def _field(data: str) -> str:
    parts = data.split(":")
    if len(parts) < 4 or parts[3] not in FIELDS:
        raise Refusal(NO_LONGER)
    return parts[3]


def _wanted(data: str) -> tuple[str, int]:
    """What is to be set to which number: the last two parts of a button."""
    parts, number = data.split(":"), number_after(data, 4)
    if number is None or parts[3] not in {"on", "own", *FIELDS}:
        raise Refusal(NO_LONGER)
    return parts[3], number


def _number(typed: str) -> int:
    number = number_of(fold(typed))
    if number is None:
        raise Refusal(_("Give a whole number, such as 7."))
    return number


def _chosen(card: RuleCard, field: str, number: int) -> Chosen:
    """What is set for this very type after the change."""
    if field == "own":
        return NOTHING
    if field == "on":
        return replace(card.own, switched_on=bool(number))
    if field == "m":
        return replace(card.own, months=number)
    if field == "o":
        return replace(card.own, open_days=number)
    before = card.rule.anchor is Anchor.STARTS
    return replace(card.own, days=-number if before else number)
