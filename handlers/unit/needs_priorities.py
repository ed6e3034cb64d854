"""Topics by priority: how each got its points, how it is met, and the letters to donors."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Moment, Text, Words, _, _n
from bot.needs import analysis, decisions, priority, requests, sums, topics
from bot.needs.analysis import RoundCard
from bot.needs.decisions import WAY_WORDS, Able, Decision
from bot.needs.priority import FORMULA, Ranked
from bot.people import access
from bot.people.access_table import Action
from bot.reports.donor_letter import LETTER
from bot.reports.needs_priorities import PRIORITIES, line_of
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.report_orders import ordered
from handlers.common.routes import press
from handlers.unit.needs_analysis import back_home

TITLE = _("Topics by priority")
PAGE, MOST_ABLE = 8, 5
UNREADY = _(
    "The figures of so many people take a moment to be added up. Look again in a few minutes, or"
    " have the report made."
)


@press("rank", Action.READ_NEEDS)
def show_ranking(ctx: Ctx, event: Event) -> Reply:
    """The topics, the most urgent first: `rank:round:page`."""
    round_id, number = number_in(event, 1), number_after(event.text, 2) or 0
    card = analysis.round_card(ctx, round_id)
    if not _is_ranked(ctx, card):
        return Reply(screen=_unranked(ctx, round_id, number))
    page = page_of(priority.ranking(ctx, round_id), number, PAGE)
    decided = decisions.of_round(ctx, round_id)
    body: list[Words] = [_line(one, decided.get(one.topic.id)) for one in page.shown]
    body += _as_of(ctx, card)
    if not page.shown:
        body.append(_("Nothing has been put to a topic yet, and no gap was measured."))
    rows: Rows = [_button(round_id, one.topic.id, one.topic.name) for one in page.shown]
    rows += page.rows(lambda turned: f"rank:{round_id}:{turned}")
    rows += _ways(ctx, round_id)
    title = _("What is needed most in {year}", year=card.year)
    return Reply(screen=Screen(title=title, body=tuple(body), rows=(*rows, back_home(round_id))))


@press("rank1", Action.READ_NEEDS)
def show_topic(ctx: Ctx, event: Event) -> Reply:
    """One topic with its sum, who could teach it and what was decided: `rank1:round:topic`."""
    return Reply(screen=_topic(ctx, number_in(event, 1), number_in(event, 2)))


@press("rankrep", Action.READ_NEEDS)
def make_report(ctx: Ctx, event: Event) -> Reply:
    """Have the picture and the workbook made: `rankrep:round`."""
    return ordered(ctx, PRIORITIES, {"round": number_in(event, 1)})


@press("rankset", Action.RUN_NEEDS)
def begin_weights(ctx: Ctx, event: Event) -> Reply:
    """Ask what each figure counts, all four at once: `rankset:round`."""
    card = analysis.round_card(ctx, number_in(event, 1))
    weights = priority.weights_of(card.row)
    typed = {name: f"{weight:.0f}" for name, weight in weights.items()}
    service.begin(ctx, "priority_weights", {"round_id": card.id}, typed)
    return ask_form.show_all(ctx)


@press("rankway", Action.RUN_NEEDS)
def begin_decision(ctx: Ctx, event: Event) -> Reply:
    """Ask how a topic is met: `rankway:round:topic`."""
    round_id, topic_id = number_in(event, 1), number_in(event, 2)
    analysis.round_card(ctx, round_id)
    topics.card(ctx, topic_id)
    typed = decisions.as_typed(ctx, round_id, topic_id)
    purpose = {"round_id": round_id, "topic_id": topic_id}
    service.begin(ctx, "topic_decision", purpose, typed)
    return ask_form.show_all(ctx) if typed else ask_form.show(ctx)


@press("needlets", Action.RUN_NEEDS)
def show_letters(ctx: Ctx, event: Event) -> Reply:
    """Those of whom something is asked, a letter each: `needlets:round`."""
    round_id = number_in(event, 1)
    names = requests.partners(ctx, round_id)
    rows: Rows = [
        (Button(name, f"needlet:{round_id}:{place}", guarded=True),)
        for place, name in enumerate(names)
    ]
    body = (
        _("Choose to whom. The letter comes as a PDF, in your language and in English.")
        if names
        else _("Nothing is asked of a partner or donor yet. Decide so at a topic first.")
    )
    title = _("Letters to donors")
    return Reply(screen=Screen(title=title, body=(body,), rows=(*rows, back_home(round_id))))


@press("needlet", Action.RUN_NEEDS)
def make_letter(ctx: Ctx, event: Event) -> Reply:
    """Have a letter made: `needlet:round:place`; refuses where nobody stands any more."""
    params = {"round": number_in(event, 1), "partner": number_in(event, 2)}
    return ordered(ctx, LETTER, params)


def _is_ranked(ctx: Ctx, card: RoundCard) -> bool:
    """Whether there are sums to rank by; old or missing ones are made while nobody waits."""
    if not sums.are_needed(ctx):
        return analysis.is_quick(ctx)
    sums.refresh(ctx, card)
    return card.row.sums_at is not None


def _as_of(ctx: Ctx, card: RoundCard) -> list[Words]:
    made = card.row.sums_at
    if made is None or not sums.are_needed(ctx):
        return []
    return ["", _("Ratings as of {moment}", moment=Moment(made, ctx.actor.zone))]


def _button(round_id: int, topic_id: int, name: Words) -> tuple[Button, ...]:
    return (Button(name, f"rank1:{round_id}:{topic_id}"),)


def _ways(ctx: Ctx, round_id: int) -> Rows:
    rows: Rows = [
        (Button(_("Make the report"), f"rankrep:{round_id}", guarded=True, style=Style.PRIMARY),)
    ]
    if access.may(ctx, Action.RUN_NEEDS):
        rows.append((Button(_("What counts how much"), f"rankset:{round_id}"),))
    return rows


def _unranked(ctx: Ctx, round_id: int, number: int) -> Screen:
    page = page_of(topics.everything(ctx, active=True), number, PAGE)
    rows: Rows = [_button(round_id, one.id, one.name) for one in page.shown]
    rows += page.rows(lambda turned: f"rank:{round_id}:{turned}")
    rows += _ways(ctx, round_id)
    return Screen(title=TITLE, body=(UNREADY,), rows=(*rows, back_home(round_id)))


def _line(one: Ranked, decided: Decision | None) -> Words:
    if decided is None:
        return line_of(one)
    return _("{line}: {way}", line=line_of(one), way=WAY_WORDS[decided.way])


def _topic(ctx: Ctx, round_id: int, topic_id: int) -> Screen:
    card = topics.card(ctx, topic_id)
    decided = decisions.of_round(ctx, round_id).get(topic_id)
    body: list[Words] = [*_figures(ctx, round_id, topic_id), "", *_ability(ctx, topic_id), ""]
    body.append(_decided(decided))
    if decided is not None and decided.reason:
        body.append(_("Reason: {reason}", reason=decided.reason))
    rows: Rows = [(Button(_("What was said"), f"topwish:{round_id}:{topic_id}"),)]
    if access.may(ctx, Action.RUN_NEEDS):
        label = _("Decide anew") if decided is not None else _("Decide how it is met")
        decide = Button(label, f"rankway:{round_id}:{topic_id}", style=Style.PRIMARY)
        rows.insert(0, (decide,))
    back = (Button(_("« Topics by priority"), f"rank:{round_id}"),)
    return Screen(title=card.name, body=tuple(body), rows=(*rows, back))


def _figures(ctx: Ctx, round_id: int, topic_id: int) -> list[Words]:
    if not _is_ranked(ctx, analysis.round_card(ctx, round_id)):
        return [UNREADY]
    ranked = priority.ranking(ctx, round_id)
    one = next((one for one in ranked if one.topic.id == topic_id), None)
    if one is None:
        return [_("Nobody wishes it in this survey, and no gap was measured.")]
    place = _(
        "Place {place} of {count}, {points} points of 100",
        place=one.place,
        count=len(ranked),
        points=round(one.points, 1),
    )
    parts = [_("• {words}", words=line) for line in priority.worked(one)]
    return [place, *parts, FORMULA, *_evidence(one)]


def _evidence(one: Ranked) -> list[Words]:
    figures = one.figures
    if not figures.appraisals and not figures.errors:
        return []
    return [
        _(
            "Beside the sum: poor appraisals {appraisals}, errors counted {errors}",
            appraisals=figures.appraisals,
            errors=figures.errors,
        )
    ]


def _ability(ctx: Ctx, topic_id: int) -> list[Words]:
    found = decisions.able(ctx, topic_id)
    if not found:
        return [_("Nobody of the pool has led a class like this.")]
    return [_("Who has led classes like this:"), *map(_able, found[:MOST_ABLE])]


def _able(one: Able) -> Words:
    return _n(
        "• {name}: {count} class, {course}",
        "• {name}: {count} classes, {course}",
        one.classes,
        name=one.name,
        course=one.course,
    )


def _decided(decided: Decision | None) -> Text:
    if decided is None:
        return _("Not decided yet.")
    if decided.by:
        way = WAY_WORDS[decided.way]
        return _("Decided: {way}, {name}", way=way, name=decided.by)
    return _("Decided: {way}", way=WAY_WORDS[decided.way])
