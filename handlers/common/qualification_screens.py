"""How qualifications look in a chat, whoever looks: a line of a list, and the way to renew one."""

from __future__ import annotations

import datetime as dt

from bot.i18n import Text, Words, _, _n
from bot.screens import Button
from bot.training.enrolments import STATE_WORDS
from bot.training.qualifications.holdings import Holding
from bot.training.qualifications.missing import Need, Way
from bot.training.qualifications.next_classes import NextClass
from bot.training.qualifications.validity import Standing
from handlers.common.paging import Rows

MOST_CLASSES = 6


def state_words(holding: Holding) -> Text:
    """How it stands, with the day that matters; short enough for a button."""
    if holding.standing is None:
        return _not_earned(holding)
    return standing_words(holding.standing, holding.last_day)


def standing_words(standing: Standing, last_day: dt.date | None) -> Text:
    """How something earned stands; without a last day it does not end."""
    if last_day is None:
        return _("valid without end")
    if standing is Standing.HOLDS:
        return _("valid until {day}", day=last_day)
    if standing is Standing.DUE:
        return _("ends on {day}, can be renewed", day=last_day)
    if standing is Standing.OVERDUE:
        return _("ended on {day}, overdue", day=last_day)
    return _("lapsed, ended on {day}", day=last_day)


def whole_state(holding: Holding) -> Words:
    """The state as a sentence, with what follows from it."""
    day, lapses_on = holding.last_day, holding.lapses_on
    if holding.standing is None:
        if holding.due_on is None:
            return _("Not earned yet.")
        if holding.due_on < holding.today:
            return _("Not earned yet. It was to be earned by {day}.", day=holding.due_on)
        return _("Not earned yet. It is to be earned by {day}.", day=holding.due_on)
    if day is None:
        return _("It is valid without end.")
    if holding.standing is Standing.HOLDS:
        return _("It is valid until {day}.", day=day)
    if holding.standing is Standing.DUE:
        return _("It is valid until {day} and can be renewed now.", day=day)
    if holding.standing is Standing.OVERDUE:
        return _("It ended on {day}. It can be renewed until {lapses_on}; after that it has "
                 "lapsed.", day=day, lapses_on=lapses_on)  # fmt: skip
    return _("It ended on {day} and has lapsed.", day=day)


def way_lines(way: Way, *, own: bool) -> list[Words]:
    """How it stands and why, and what is still to be completed, course by course."""
    lines = [*_facts(way.holding), *_allowed(way.holding, own=own)]
    if not way.needs:
        return lines
    lines += ["", _heading(way)]
    lines += [_need(need) for need in way.needs if not need.optional]
    optional = [need for need in way.needs if need.optional]
    if optional and way.more:
        lines.append(_n("And {count} of these:", "And {count} of these:", way.more))
    elif optional:
        lines.append(_("Of these enough is completed:"))
    lines += [_need(need) for need in optional]
    if way.instead is not None:
        lines.append(_("Completing “{title}” anew renews it, too.", title=way.instead))
    return lines


def class_rows(way: Way) -> Rows:
    """A button to each class that brings something that is missing, each class once."""
    found: dict[int, NextClass] = {}
    for need in way.needs:
        if need.next_class is not None and need.done_on is None:
            found.setdefault(need.next_class.class_id, need.next_class)
    shown = list(found.values())[:MOST_CLASSES]
    return [(Button(_class_label(one), f"c:{one.class_id}"),) for one in shown]


def _not_earned(holding: Holding) -> Text:
    if holding.due_on is None:
        return _("to be earned")
    if holding.due_on < holding.today:
        return _("was to be earned by {day}", day=holding.due_on)
    return _("to be earned by {day}", day=holding.due_on)


def _facts(holding: Holding) -> list[Words]:
    lines: list[Words] = [_("Qualification {code}", code=holding.code), whole_state(holding)]
    if holding.earned_on is not None:
        lines.append(_("Earned on {day}.", day=holding.earned_on))
    if holding.is_core:
        lines.append(_("It is required."))
    elif holding.required is not None:
        lines.append(_("It is recommended."))
    return lines


def _allowed(holding: Holding, *, own: bool) -> list[Words]:
    """What a supervisor and an absence have changed."""
    lines: list[Words] = []
    if holding.extended_until is not None:
        until = holding.extended_until
        lines.append(_("The supervisor has given time until {day}.", day=until))
    if holding.is_away:
        away = _("Nobody is reminded during an absence.")
        lines.append(_("You are not reminded while you are away.") if own else away)
    return lines


def _heading(way: Way) -> Words:
    holding = way.holding
    if holding.standing is None:
        return _("To earn it, complete:")
    if holding.standing is Standing.HOLDS:
        return _("What is completed from {day} on renews it:", day=holding.since)
    if way.through is not None:
        return _("It is renewed by “{title}”. Complete:", title=way.through)
    return _("To renew it, complete:")


def _need(need: Need) -> Words:
    if need.done_on is not None:
        return _("✓ {course}: completed on {day}", course=need.title, day=need.done_on)
    if need.early_on is not None:
        return _("• {course}: {day} was too early to renew it", course=need.title,
                 day=need.early_on)  # fmt: skip
    found = need.next_class
    if found is None:
        return _("• {course}", course=need.title)
    if found.state is not None:
        return _("• {course}: class {code}, {state}", course=need.title, code=found.code,
                 state=STATE_WORDS[found.state])  # fmt: skip
    if found.starts_on is None:
        return _("• {course}: class {code} gathers interest", course=need.title, code=found.code)
    return _("• {course}: class {code} on {day}", course=need.title, code=found.code,
             day=found.starts_on)  # fmt: skip


def _class_label(one: NextClass) -> Text:
    if one.starts_on is None:
        return _("{code} {course}", code=one.code, course=one.title)
    return _("{code} {course}, {day}", code=one.code, course=one.title, day=one.starts_on)
