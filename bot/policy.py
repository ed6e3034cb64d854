"""What the training unit may set in the chat, each with its default and its bounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot import audit
from bot.calendar import QuietHours, public_holidays, week_of, working_days_after
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, _
from bot.models.system import PolicyValue

LONGEST_WORDS = 60
_OF_MESSAGING = ("quiet_from", "quiet_until", "daily_messages")
_STORED_OF_MESSAGING = select(PolicyValue.name, PolicyValue.value).where(
    PolicyValue.name.in_(_OF_MESSAGING)
)


@dataclass(frozen=True, slots=True)
class Policy:
    """One setting: `parse` turns what was typed into a JSON value or raises Refusal."""

    name: str
    title: Text
    default: Any
    parse: Callable[[str], Any]


def _number_between(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.strip().isdecimal() or not low <= int(text) <= high:
            raise Refusal(_("Give a whole number from {low} to {high}.", low=low, high=high))
        return int(text)

    return parse


def _on_or_off(text: str) -> str:
    typed = text.strip().lower()
    if typed not in ("on", "off"):
        raise Refusal(_("Write on or off."))
    return typed


def _days_up_to(most: int) -> Callable[[str], list[int]]:
    def parse(text: str) -> list[int]:
        parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
        if not all(part.isdecimal() and 1 <= int(part) <= most for part in parts):
            raise Refusal(_("Give days as numbers with commas between them, such as 2, 5."))
        return sorted({int(part) for part in parts})

    return parse


_days = _days_up_to(60)


def _list(text: str) -> list[str]:
    parts = (" ".join(part.split()) for part in text.replace(";", ",").split(","))
    return sorted({part for part in parts if part and part != "-"}, key=str.casefold)


def _wall_time(text: str) -> str:
    try:
        return dt.time.fromisoformat(text.strip()).strftime("%H:%M")
    except ValueError:
        raise Refusal(_("Give a time such as 20:00.")) from None


def _date(text: str) -> str:
    try:
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise Refusal(_("Give a date such as 2026-11-22.")) from None


def _day_of_year(text: str) -> str:
    try:
        return dt.date.fromisoformat(f"2028-{text.strip()}").strftime("%m-%d")
    except ValueError:
        raise Refusal(_("Give month and day such as 07-16.")) from None


def _week(text: str) -> str:
    try:
        week_of(text)
    except ValueError:
        raise Refusal(_("Give days such as Mon-Fri, or Sun-Thu,Sat.")) from None
    return ",".join(part.strip().title() for part in text.split(","))


def _words(text: str) -> str:
    words = " ".join(text.split())
    if not 1 <= len(words) <= LONGEST_WORDS:
        raise Refusal(_("Give 1 to {most} letters.", most=LONGEST_WORDS))
    return words


POLICIES = {
    policy.name: policy
    for policy in (
        Policy("go_live", _("Nothing is asked or reminded for dates before"), None, _date),
        Policy("quiet_from", _("Quiet hours begin at"), "20:00", _wall_time),
        Policy("quiet_until", _("Quiet hours end at"), "07:00", _wall_time),
        Policy(
            "daily_messages",
            _("Messages a person gets in one day, at most"),
            3,
            _number_between(1, 20),
        ),
        Policy(
            "nudge_days",
            _("Days after which those who have not answered are reminded"),
            [2, 5],
            _days,
        ),
        Policy(
            "reaction_days",
            _("Days a reaction questionnaire stays open"),
            7,
            _number_between(1, 60),
        ),
        Policy("smallest_group", _("Fewest answers that are shown"), 5, _number_between(5, 50)),
        Policy(
            "backup_to_chat",
            _("The nightly backup, sealed, also goes to the operator's chat"),
            "off",
            _on_or_off,
        ),
        Policy("working_week", _("Days on which people work"), "Mon-Fri", _week),
        Policy(
            "approval_reminder_days",
            _("Working days after which a supervisor is reminded of a request"),
            2,
            _number_between(1, 20),
        ),
        Policy(
            "approval_escalation_days",
            _("Working days after which a request goes to the next in line"),
            4,
            _number_between(2, 40),
        ),
        Policy(
            "class_days",
            _("Days before a class on which those who have a place are reminded"),
            [1, 7],
            _days,
        ),
        Policy(
            "roster_days",
            _("Days before a class on which its trainers get the list of names"),
            [2],
            _days,
        ),
        Policy(
            "minimum_days",
            _("Days before a class on which too few trainees are reported"),
            [5],
            _days,
        ),
        Policy(
            "qualification_days",
            _("Days before a qualification ends on which its holder is reminded"),
            [7, 30, 90],
            _days_up_to(730),
        ),
        Policy(
            "assignment_days",
            _("Days before an assigned qualification has to be earned on which one is reminded"),
            [7, 30],
            _days_up_to(730),
        ),
        Policy(
            "return_days",
            _("Days that somebody has to renew after coming back from an absence"),
            30,
            _number_between(0, 365),
        ),
        Policy(
            "cascade_days",
            _("Days within which what was learned is passed on to colleagues; 0 for never"),
            30,
            _number_between(0, 365),
        ),
        Policy(
            "cascade_types",
            _("Types of course after which it is passed on, beside foreign offers; - for none"),
            [],
            _list,
        ),
        Policy(
            "broadcast_second_eyes",
            _("A message to more people than this is approved by a second person"),
            500,
            _number_between(1, 1_000_000),
        ),
        Policy(
            "silent_days",
            _("Days after which somebody who has not used the bot counts as silent"),
            60,
            _number_between(7, 730),
        ),
        Policy(
            "recruit_category",
            _("Category of the basic course for recruits"),
            "basic",
            _words,
        ),
        Policy(
            "plan_year_starts",
            _("Month and day on which a plan year begins"),
            "01-01",
            _day_of_year,
        ),
        Policy(
            "needs_weeks",
            _("Weeks before a plan year at which its survey of needs opens"),
            12,
            _number_between(1, 50),
        ),
        Policy("needs_days", _("Days a survey of needs stays open"), 21, _number_between(3, 90)),
        Policy(
            "needs_nudge_days",
            _("Days of a survey of needs on which those who have not answered are reminded"),
            [7, 14, 19],
            _days_up_to(90),
        ),
        Policy(
            "donor_days",
            _("Days before the deadline of a donor's survey on which the unit is reminded"),
            [3, 14],
            _days,
        ),
    )
}


def value(session: Session, name: str) -> Any:
    """The value in force; refuses a name that no policy has with KeyError."""
    policy = POLICIES[name]
    stored = session.get(PolicyValue, name)
    return policy.default if stored is None else stored.value


def change(ctx: Ctx, name: str, text: str) -> Any:
    """Set a policy from typed text; refuses text that is no valid value."""
    new = POLICIES[name].parse(text)
    old = value(ctx.session, name)
    ctx.session.merge(PolicyValue(name=name, value=new))
    audit.record(ctx, "policy.changed", "policy", name=name, old=old, new=new)
    return new


def quiet_hours(session: Session) -> QuietHours:
    """The hours in which ordinary messages wait."""
    return QuietHours(
        dt.time.fromisoformat(value(session, "quiet_from")),
        dt.time.fromisoformat(value(session, "quiet_until")),
    )


def messaging(session: Session) -> tuple[QuietHours, int]:
    """The quiet hours, and how many messages a person gets in one day; asked for at once."""
    stored = dict(session.execute(_STORED_OF_MESSAGING).all())
    found = {name: POLICIES[name].default for name in _OF_MESSAGING} | stored
    hours = (dt.time.fromisoformat(found[name]) for name in _OF_MESSAGING[:2])
    return QuietHours(*hours), found["daily_messages"]


def go_live(session: Session) -> dt.date:
    """The first date that counts; before the first `migrate` has set it, all dates do."""
    text = value(session, "go_live")
    return dt.date.fromisoformat(text) if text else dt.date.min


def working_days_on(ctx: Ctx, day: dt.date, count: int) -> dt.date:
    """The date `count` working days after `day`, by the working week and the public holidays."""
    week = week_of(value(ctx.session, "working_week"))
    years = {day.year, day.year + 1}
    days_off = frozenset().union(*(public_holidays(ctx.settings.country, one) for one in years))
    return working_days_after(day, count, week, days_off)
