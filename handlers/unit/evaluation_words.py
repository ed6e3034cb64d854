"""How the rules of the evaluation are put into words: what, of whom, when, how long."""

from __future__ import annotations

from collections.abc import Mapping

from bot.campaigns.evaluation_rules import Anchor, EvaluationRule, Who
from bot.campaigns.evaluation_settings import EVERY, CourseType, Follows, RuleCard
from bot.evaluation.rule_settings import NOTHING
from bot.i18n import Text, Words, _, _n

WHO: Mapping[Who, Text] = {
    Who.TRAINEES: _("the trainees"),
    Who.SUPERVISORS: _("the supervisor of each trainee"),
    Who.TRAINER: _("the lead trainer"),
}
QUESTIONS: Mapping[str, Text] = {
    "m": _("Type how many calendar months after the class it is asked."),
    "d": _("Type how many days after the class, or after these months, it is asked."),
    "o": _("Type how many days it stays open. What is out already closes as people were told."),
}


def type_label(kind: CourseType) -> Words:
    """A type of course with the number of its courses."""
    if kind.course_id == EVERY:
        return _("Every type of course")
    return _n(
        "{category} ({count} course)",
        "{category} ({count} courses)",
        kind.courses,
        category=kind.category,
    )


def when(rule: EvaluationRule) -> Text:
    """On which day a rule asks."""
    if not rule.movable:
        return _("When the class ends")
    if rule.anchor is Anchor.STARTS:
        if rule.days == 0:
            return _("On the first day of the class")
        return _n("{count} day before the class", "{count} days before the class", -rule.days)
    if not rule.months and not rule.days:
        return _("On the last day of the class")
    days = _n("{count} day after the class", "{count} days after the class", rule.days)
    if not rule.months:
        return days
    months = _n("{count} month after the class", "{count} months after the class", rule.months)
    if not rule.days:
        return months
    return _n("{months} and {count} day", "{months} and {count} days", rule.days, months=months)


def open_for(rule: EvaluationRule) -> Text:
    """How long what a rule asks can be answered."""
    if not rule.movable:
        return _("Open for as long as the settings say of reaction questionnaires")
    return _n("Open for {count} day", "Open for {count} days", rule.open_days)


def question(rule: EvaluationRule, field: str) -> Text:
    """What to type for one of the numbers of a rule."""
    if field == "d" and rule.anchor is Anchor.STARTS:
        return _("Type how many days before the class it is asked.")
    return QUESTIONS[field]


def state(card: RuleCard) -> Text:
    """Whether a rule is on."""
    if card.on is None:
        return _("on for the basic course for recruits only")
    return _("on") if card.on else _("off")


def rule_line(place: int, card: RuleCard) -> Text:
    """A rule in one line of the list."""
    number, title = str(place), card.rule.stage.title
    if card.on is False:
        return _("{place}. {title}. Off.", place=number, title=title)
    line = _(
        "{place}. {title}. {when}: {who}.",
        place=number,
        title=title,
        when=when(card.rule),
        who=WHO[card.rule.who],
    )
    return line if card.on else _("{rule} For recruits only.", rule=line)


def rule_lines(kind: CourseType, card: RuleCard) -> tuple[Words, ...]:
    """A rule with everything that can be changed about it, and who has set it."""
    return (
        type_label(kind),
        _("Asked: {who}", who=WHO[card.rule.who]),
        when(card.rule),
        open_for(card.rule),
        _("Now: {state}", state=state(card)),
        _origin(kind, card),
    )


def own_label(kind: CourseType) -> Text:
    """The button that takes back what was set for a type."""
    if kind.course_id == EVERY:
        return _("As it comes with Rollcall")
    return _("As for every type of course")


def follows_lines(follows: Follows) -> list[Words]:
    """What a change does to what is under way."""
    lines = (
        _n(
            "{count} questionnaire that is open is taken back.",
            "{count} questionnaires that are open are taken back.",
            follows.taken_back,
        ),
        _n(
            "{count} questionnaire that is open is taken back, and asked again on the new day.",
            "{count} questionnaires that are open are taken back, and asked again on the new day.",
            follows.later,
        ),
        _n(
            "{count} trainee is due at once: a message goes out within a minute.",
            "{count} trainees are due at once: messages go out within a minute.",
            follows.asked,
        ),
    )
    return [line for line in lines if line.count]


def _origin(kind: CourseType, card: RuleCard) -> Text:
    if card.own == NOTHING:
        return _("Nothing is set for this type of course.")
    return _("The training unit has set this for this type of course.")
