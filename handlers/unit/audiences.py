"""Audiences: the list of them, one with its rule in words and its count, its name, its end."""

from __future__ import annotations

from bot import shorten
from bot.campaigns.audiences import clauses, counting, saved, wording
from bot.campaigns.audiences.counting import REACH_WORDS, Counted
from bot.campaigns.audiences.saved import AudienceCard
from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.forms import service
from bot.i18n import Words, _, _n
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, closing
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of_lines, turning
from handlers.common.routes import press, text

ASKS_RULE = "audrule"
LONGEST_SHOWN = 1500
AUDIENCES = _("Audiences")
HOW_TO_WRITE = _(
    "Type the whole rule. Conditions are joined with “and”, “or” and “not”, and brackets hold "
    "parts together. A condition is one of these:"
)
EXAMPLES = (
    'unit "Poipet"',
    'position "Inspector", "Appraiser"',
    "grade A · gender F · language km",
    "holds CODE · lacks CODE · expiring CODE within 90 days",
    "completed CODE within 2 years · meets CLASS",
    "in class CLASS · in class CLASS completed",
    "answered FORM · answered FORM question = code",
    'staff 1011, 1012 · audience "name" · everybody',
)


@closing.offer(17)
def offer_audience(ctx: Ctx) -> Button | None:
    """After a form about an audience: the way back to it."""
    card = saved.just_changed(ctx)
    if card is None:
        return None
    return Button(_("« {name}", name=card.name), f"aud:{card.id}", style=Style.PRIMARY)


@press("auds", Action.BROADCAST)
def show_audiences(ctx: Ctx, event: Event) -> Reply:
    """All audiences by name: `auds:page`."""
    return Reply(screen=_list(ctx, number_after(event.text) or 0))


@press("audnew", Action.BROADCAST)
def begin_audience(ctx: Ctx, _event: Event) -> Reply:
    """Ask what a new audience is called."""
    service.begin(ctx, "audience_name")
    return ask_form.show(ctx)


@press("aud", Action.BROADCAST)
def show_audience(ctx: Ctx, event: Event) -> Reply:
    """Whom it means, and how many they are: `aud:id:page`."""
    card = saved.card(ctx, number_in(event, 1))
    return Reply(screen=audience_screen(ctx, card, number_after(event.text, 2) or 0))


@press("audname", Action.BROADCAST)
def rename(ctx: Ctx, event: Event) -> Reply:
    """Ask for another name: `audname:id`."""
    card = saved.card(ctx, number_in(event, 1))
    service.begin(ctx, "audience_name", {"audience": card.id}, {"name": card.name})
    return ask_form.show(ctx)


@press("audand", Action.BROADCAST)
def narrow(ctx: Ctx, event: Event) -> Reply:
    """Ask for a condition that all of them have to meet: `audand:id`."""
    card = saved.card(ctx, number_in(event, 1))
    service.begin(ctx, "audience_condition", {"audience": card.id})
    return ask_form.show(ctx)


@press("audor", Action.BROADCAST)
def widen(ctx: Ctx, event: Event) -> Reply:
    """Ask for a condition by which others come in too: `audor:id`."""
    card = saved.card(ctx, number_in(event, 1))
    service.begin(ctx, "audience_condition", {"audience": card.id, "alternative": True})
    return ask_form.show(ctx)


@press("audrule", Action.BROADCAST)
def ask_rule(ctx: Ctx, event: Event) -> Reply:
    """The rule as it is written, and how another one is: `audrule:id`."""
    return Reply(screen=_rule_screen(saved.card(ctx, number_in(event, 1))))


@text(ASKS_RULE, Action.BROADCAST)
def type_rule(ctx: Ctx, event: Event) -> Reply:
    """Another rule; what is wrong with it is said, and it can be typed again."""
    about = number_after(event.asks) or 0
    try:
        card = saved.set_rule(ctx, about, event.text)
    except OutOfReach:
        raise
    except Refusal as refusal:
        return Reply(screen=_rule_screen(saved.card(ctx, about), refusal.sentence), fresh=True)
    return Reply(screen=audience_screen(ctx, card), fresh=True)


@press("auddrop", Action.BROADCAST)
def ask_to_delete(ctx: Ctx, event: Event) -> Reply:
    """Ask before it is deleted: `auddrop:id`."""
    card = saved.card(ctx, number_in(event, 1))
    rows: Rows = [
        (Button(_("Delete"), f"auddropped:{card.id}", guarded=True, style=Style.DANGER),),
        back_to(card),
    ]
    body = _("The audience is deleted. Messages that were sent to it stay.")
    return Reply(screen=Screen(title=card.name, body=(body,), rows=tuple(rows)))


@press("auddropped", Action.BROADCAST)
def delete(ctx: Ctx, event: Event) -> Reply:
    """Delete it: `auddropped:id`."""
    saved.delete(ctx, number_in(event, 1))
    return Reply(screen=_list(ctx, 0), toast=_("The audience was deleted."))


def back_to(card: AudienceCard) -> tuple[Button, ...]:
    """The row that leads back to an audience."""
    return (Button(_("« The audience"), f"aud:{card.id}"),)


def count_lines(counted: Counted) -> list[Words]:
    """How many there are, and how each of them can be reached."""
    lines: list[Words] = [
        _n(
            "{count} person, of whom {reached} can be reached.",
            "{count} people, of whom {reached} can be reached.",
            counted.total,
            reached=counted.reachable,
        )
    ]
    for way, words in REACH_WORDS.items():
        if counted.by.get(way):
            lines.append(_("{way}: {count}", way=words, count=counted.by[way]))
    return lines


def audience_screen(ctx: Ctx, card: AudienceCard, number: int = 0) -> Screen:
    """An audience with its rule in words, and what can be done; a long rule is turned over."""
    lines: list[Words] = [_("It means nobody yet. Say whom.")]
    if card.rule:
        lines = [*_counted(ctx, card), "", _("Each of them:"), *_in_words(ctx, card)]
    page = page_of_lines(lines, number)
    turn = page.rows(lambda turned: f"aud:{card.id}:{turned}")
    rows = (*turn, *_choices(card), (Button(_("« Audiences"), "auds"),))
    return Screen(title=card.name, body=page.shown, rows=rows)


def _counted(ctx: Ctx, card: AudienceCard) -> list[Words]:
    """Its count, or why the rule means nothing any more."""
    try:
        return count_lines(counting.count(ctx, clauses.read(card.rule)))
    except Refusal as refusal:
        return [refusal.sentence]


def _in_words(ctx: Ctx, card: AudienceCard) -> list[Words]:
    return [wording.indented(line) for line in wording.lines(ctx, clauses.read(card.rule))]


def _choices(card: AudienceCard) -> Rows:
    about = card.id
    if not card.rule:
        return [
            (Button(_("Add a condition"), f"audand:{about}", style=Style.PRIMARY),),
            (Button(_("Type the rule"), f"audrule:{about}"),),
            (Button(_("Rename"), f"audname:{about}"), Button(_("Delete"), f"auddrop:{about}")),
        ]
    return [
        (
            Button(_("Narrow: and …"), f"audand:{about}"),
            Button(_("Widen: or …"), f"audor:{about}"),
        ),
        (Button(_("Type the rule"), f"audrule:{about}"),),
        (
            Button(_("Who is in"), f"audwho:{about}"),
            Button(_("Why somebody is"), f"audwhy:{about}"),
        ),
        (
            Button(_("By office"), f"audposts:{about}"),
            Button(_("Reach report"), f"audrep:{about}"),
        ),
        (Button(_("Who cannot be reached"), f"audgap:{about}"),),
        (Button(_("Assign a qualification"), f"audasg:{about}"),),
        (Button(_("Rename"), f"audname:{about}"), Button(_("Delete"), f"auddrop:{about}")),
    ]


def _rule_screen(card: AudienceCard, problem: Words = "") -> Screen:
    body: list[Words] = [problem, ""] if problem else []
    if card.rule:
        body += [_("The rule is now:"), shorten.cut(card.rule, LONGEST_SHOWN), ""]
    return Screen(
        title=card.name,
        body=(*body, HOW_TO_WRITE, *EXAMPLES),
        rows=(back_to(card),),
        asks=f"{ASKS_RULE}:{card.id}",
    )


def _list(ctx: Ctx, number: int) -> Screen:
    page = saved.page_of(ctx, number)
    rows: Rows = [(Button(card.name, f"aud:{card.id}"),) for card in page.cards]
    rows += turning(page.number, page.pages, lambda turned: f"auds:{turned}")
    rows.append((Button(_("New audience"), "audnew", style=Style.PRIMARY),))
    rows.append((Button(_("How everybody can be reached"), "audrep:0"),))
    rows.append((Button(_("« Messages to many"), "bcs"),))
    body = _("Choose an audience.") if page.cards else _("There are no audiences yet.")
    return Screen(title=AUDIENCES, body=(body,), rows=tuple(rows))
