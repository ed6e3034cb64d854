"""Follow-ups as paragraphs for the chat: response, ratings of both sides, drivers, obstacles."""

from __future__ import annotations

from collections.abc import Sequence

from bot.evaluation.follow_up_results import Item, Rated, Reason, Round, Side
from bot.evaluation.recruit_results import Recruits
from bot.i18n import Text, Words, _, _n
from bot.long_text import and_more

QUESTIONS: dict[str, Text] = {
    "support": _("What helps:"),
    "accountability": _("What keeps people at it:"),
    "obstacles": _("What stands in the way:"),
}
RECRUITS = _("New officers, months after the basic course")
MOST_OFFICES = 10
NONE = "–"


def of_round(found: Round) -> tuple[Words, ...]:
    """All of one round, but for what needs a table."""
    return (*head(found), *_ratings(found), *_reasons(found.reasons), *_lacking(found.lacking))


def of_recruits(found: Recruits) -> tuple[Words, ...]:
    """How new officers are rated, a line a rating."""
    lines: list[Words] = [RECRUITS, _side(_("Supervisors"), found.side)]
    rated = [item for item in found.items if item.rated.n]
    if rated:
        lines.append(_("Averages from 1 to 5:"))
    lines += [_("{what}: {mean}", what=item.label, mean=mean_words(item.rated)) for item in rated]
    return tuple(lines)


def head(found: Round) -> tuple[Words, ...]:
    """When it was asked, and how many of each side have answered."""
    lines: list[Words] = [found.timing.title, _side(_("Participants"), found.own)]
    lines.append(_side(_("Supervisors"), found.supervisor))
    return tuple(lines)


def mean_words(rated: Rated) -> Words:
    """An average with one decimal, or a dash where nobody rated."""
    return _("{mean}", mean=round(rated.mean, 1)) if rated.mean is not None else NONE


def is_apart(item: Item) -> bool:
    """Whether the two sides see it differently by a step or more, on average."""
    return item.difference is not None and abs(item.difference) >= 1


def _side(who: Text, side: Side) -> Text:
    if side.cannot:
        return _(
            "{who}: {answered} of {asked} have answered, {cannot} cannot judge.",
            who=who,
            answered=side.answered,
            asked=side.asked,
            cannot=side.cannot,
        )
    return _(
        "{who}: {answered} of {asked} have answered.",
        who=who,
        answered=side.answered,
        asked=side.asked,
    )


def _ratings(found: Round) -> list[Words]:
    rated = [item for item in found.items if item.own.n or item.supervisor.n]
    if not rated:
        return []
    lines: list[Words] = ["", _("Averages from 1 to 5, participants / supervisors:")]
    lines += [_rating(item) for item in rated]
    apart = [item for item in rated if is_apart(item)]
    if apart:
        lines.append(
            _n(
                "In {count} of these the two sides differ by a step or more.",
                "In {count} of these the two sides differ by a step or more.",
                len(apart),
            )
        )
    return lines


def _rating(item: Item) -> Words:
    own, other = mean_words(item.own), mean_words(item.supervisor)
    if item.before.mean is None:
        return _("{what}: {own} / {supervisor}", what=item.label, own=own, supervisor=other)
    return _(
        "{what}: {own} / {supervisor}, before the class {before}",
        what=item.label,
        own=own,
        supervisor=other,
        before=mean_words(item.before),
    )


def _reasons(reasons: Sequence[Reason]) -> list[Words]:
    lines: list[Words] = []
    for question, heading in QUESTIONS.items():
        named = [one for one in reasons if one.question == question]
        if named:
            lines += ["", heading]
            lines += [
                _(
                    "{what}: {own} / {supervisor}",
                    what=one.label,
                    own=one.own,
                    supervisor=one.supervisor,
                )
                for one in named
            ]
    return lines


def _lacking(offices: Sequence[tuple[str, int]]) -> list[Words]:
    if not offices:
        return []
    lines: list[Words] = ["", _("Not answered, by office:")]
    lines += [
        _("{office}: {count}", office=office, count=count)
        for office, count in offices[:MOST_OFFICES]
    ]
    lines += and_more(len(offices) - MOST_OFFICES)
    return lines
