"""Level 3 in every report: what changed at work, without names, for whoever reads results.

A class adds to a figure only where enough people gave one, so that nobody is recognised and no
two reports give away by their difference what each of them hides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import true

from bot import policy
from bot.context import Ctx
from bot.evaluation import follow_up_pairs, follow_up_results, recruit_results, scopes
from bot.evaluation.follow_up_pairs import TIMINGS, Pair
from bot.evaluation.follow_up_results import Rated, Side
from bot.evaluation.levels import Line, Scope, ScopeKind, Section, summary
from bot.i18n import Percent, Words, _

TITLE = _("Behaviour: what changed at work")
SCALE = _("Averages on a scale from 1 to 5, one month after the class.")
WITHHELD = _("A figure is given only where enough people of a class rated it.")
BY_OFFICE = _("Ratings are not shown by office, so that nobody can be recognised.")
NO_FIGURE = Rated()


@dataclass(frozen=True, slots=True)
class Figure:
    """One rating of one side over the classes that show it."""

    code: str
    label: Words
    rated: Rated


@summary("behaviour", 3)
def of_scope(ctx: Ctx, scope: Scope) -> Section | None:
    """Response of both sides and each rating; None where nobody was asked for a follow-up."""
    rates = _rates(ctx, scope)
    if not rates:
        return None
    if scope.kind is ScopeKind.UNIT:
        return Section(3, TITLE, rates, (BY_OFFICE,))
    now = figures(ctx, scope)
    earlier = scopes.before(ctx, scope)
    past = figures(ctx, earlier) if earlier is not None else {}
    lines = tuple(_line(one, past.get(one.code)) for one in now.values())
    return Section(3, TITLE, (*rates, *lines), (SCALE, WITHHELD))


def figures(ctx: Ctx, scope: Scope) -> dict[str, Figure]:
    """Every rating by its code, summed up over the classes in which enough people gave it."""
    least = policy.value(ctx.session, "smallest_group")
    classes = scopes.classes(ctx, scope)
    found: dict[str, Figure] = {}
    pairs = follow_up_pairs.pairs(ctx, classes, true())
    by_class: dict[int, list[Pair]] = {}
    for pair in pairs:
        if pair.timing is TIMINGS[0]:
            by_class.setdefault(pair.class_id, []).append(pair)
    for of_class in by_class.values():
        _add(found, _of_pairs(ctx, of_class), least)
    for answers in recruit_results.given_by_class(ctx, classes, true()).values():
        _add(found, _of_recruits(ctx, answers), least)
    return found


def _of_pairs(ctx: Ctx, pairs: Sequence[Pair]) -> Iterator[Figure]:
    for item in follow_up_results.items_of(ctx, pairs, {}):
        own = _("{what} (participants)", what=item.label)
        yield Figure(f"own_{item.key}", own, item.own)
        other = _("{what} (supervisors)", what=item.label)
        yield Figure(f"supervisor_{item.key}", other, item.supervisor)


def _of_recruits(ctx: Ctx, answers: list[dict[str, Any]]) -> Iterator[Figure]:
    for item in recruit_results.items(ctx, answers):
        label = _("{what} (new officers, by supervisors)", what=item.label)
        yield Figure(f"recruit_{item.name}", label, item.rated)


def _add(found: dict[str, Figure], more: Iterator[Figure], least: int) -> None:
    for one in more:
        shown = one.rated if one.rated.n >= least else NO_FIGURE
        before = found.get(one.code, Figure(one.code, one.label, NO_FIGURE))
        counts = zip(before.rated.counts, shown.counts, strict=True)
        found[one.code] = Figure(one.code, one.label, Rated(tuple(map(sum, counts))))


def _line(one: Figure, past: Figure | None) -> Line:
    return Line(
        one.label,
        one.rated.mean,
        one.rated.n or None,
        past.rated.mean if past is not None else None,
        one.code,
    )


def _rates(ctx: Ctx, scope: Scope) -> tuple[Line, ...]:
    classes, whom = scopes.classes(ctx, scope), scopes.people(ctx, scope)
    rounds = follow_up_results.rounds(ctx, classes, whom)
    own, other = [one.own for one in rounds], [one.supervisor for one in rounds]
    recruits = recruit_results.of_classes(ctx, classes, whom)
    sides: Mapping[str, tuple[Words, Side]] = {
        "own_response": (_("Participants who answered"), _together(own)),
        "supervisor_response": (_("Supervisors who answered"), _together(other)),
        "recruit_response": (
            _("Supervisors of new officers who answered"),
            recruits.side if recruits is not None else Side(),
        ),
    }
    return tuple(
        Line(label, Percent(side.answered / side.asked), side.asked, code=code)
        for code, (label, side) in sides.items()
        if side.asked
    )


def _together(sides: Sequence[Side]) -> Side:
    return Side(sum(one.asked for one in sides), sum(one.answered for one in sides))
