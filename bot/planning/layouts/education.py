"""Case 5, 4.1 and 4.2: the education plan summed up, and what has changed in which course."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.models.planning import Change
from bot.planning import categories
from bot.planning.categories import EXTERNAL, INTERNAL, OTHER, PLACES, WITH_SUBTOTAL, Place
from bot.planning.layouts.rows import WrittenLine, WrittenPlan
from bot.planning.layouts.table import Written

CATEGORY, COURSES, TIMES, TRAINEES = "Category", "No. of Courses", "Times", "No. of Trainees"
SUBTOTAL, TOTAL, GRAND_TOTAL = "Subtotal", "Total", "Grand Total"
COURSE, MODIFICATION = "Course", "Key Modification"
CHANGES: tuple[tuple[Change, str], ...] = (
    (Change.NEW, "New Course"),
    (Change.EXPANDED, "Course Expansion"),
    (Change.REDUCED, "Course reduction"),
    (Change.RETITLED, "Revise course title"),
    (Change.DISCONTINUED, "Discontinued course"),
)
Row = tuple[object, ...]


def write(plan: WrittenPlan) -> Written:
    """The summary by category; a section that it does not know is counted as “Other”."""
    by_place: dict[Place, list[WrittenLine]] = {}
    for line in plan.lines:
        place = categories.place_of(line.category, line.section)
        by_place.setdefault(place, []).append(line)
    rows: list[Row] = [
        ("", CATEGORY, "", f"Plans for {plan.label}", "", ""),
        ("", "", "", COURSES, TIMES, TRAINEES),
    ]
    bold: set[int] = set()
    for side in (INTERNAL, EXTERNAL):
        rows += _side(side, by_place, bold, len(rows))
    bold.add(len(rows))
    rows.append((GRAND_TOTAL, "", "", *_figures(plan.lines)))
    merged = (((0, 1), (0, 2)), ((0, 3), (0, 5)))
    widths = {0: 12, 1: 18, 2: 40, 3: 16, 4: 10, 5: 16}
    return Written(
        "Education plan", tuple(rows), frozenset({0, 1}), frozenset(bold), merged, widths
    )


def modifications(plan: WrittenPlan) -> Written:
    """New, expanded, reduced, renamed and discontinued courses, each with what is other."""
    rows: list[Row] = [("", COURSE, MODIFICATION)]
    for change, name in CHANGES:
        found = [one for one in plan.modifications if one.change is change]
        for place, one in enumerate(found):
            rows.append((name if place == 0 else "", one.title, one.said))
        if not found:
            rows.append((name, "", ""))
    widths = {0: 22, 1: 52, 2: 40}
    return Written("Course modification", tuple(rows), frozenset({0}), widths=widths)


def _side(
    side: str, by_place: dict[Place, list[WrittenLine]], bold: set[int], first: int
) -> list[Row]:
    rows: list[Row] = []
    everything: list[WrittenLine] = []
    places = _places(side, by_place)
    for group in dict.fromkeys(place.group for place in places):
        own = [place for place in places if place.group == group]
        lines = [line for place in own for line in by_place.get(place, [])]
        everything += lines
        for number, place in enumerate(own):
            shown = group if number == 0 else ""
            rows.append(
                (side if not rows else "", shown, place.section,
                 *_figures(by_place.get(place, [])))
            )  # fmt: skip
        if side == INTERNAL and group in WITH_SUBTOTAL:
            bold.add(first + len(rows))
            rows.append(("", "", SUBTOTAL, *_figures(lines)))
    bold.add(first + len(rows))
    rows.append(("", TOTAL, "", *_figures(everything)))
    return rows


def _places(side: str, by_place: dict[Place, list[WrittenLine]]) -> list[Place]:
    """The printed places, and after those of its group “Other” where something is in it."""
    found: list[Place] = []
    for place in PLACES:
        if place.side != side:
            continue
        found.append(place)
        last = [one for one in PLACES if one.side == side and one.group == place.group][-1]
        other = Place(place.side, place.group, OTHER, place.category)
        if place is last and other in by_place:
            found.append(other)
    return found


def _figures(lines: Iterable[WrittenLine]) -> Sequence[object]:
    found = list(lines)
    return (
        len(found),
        sum(line.cohorts for line in found),
        sum(line.seats or 0 for line in found),
    )
