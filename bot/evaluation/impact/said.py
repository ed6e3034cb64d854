"""What the figures of level 4 mean, in plain words: what can be said, and what cannot."""

from __future__ import annotations

from collections.abc import Iterator

from bot.evaluation.impact.change import Change
from bot.evaluation.impact.comparison import Compared, Comparison
from bot.evaluation.impact.costs import COST_WORDS
from bot.evaluation.impact.differences import Difference, Interval
from bot.evaluation.impact.offices import FEWEST_OFFICES, OfficesCompared
from bot.evaluation.impact.returns import WHOLE
from bot.evaluation.impact.roi import Return
from bot.evaluation.impact.series import Level, Series
from bot.i18n import Joined, Percent, Text, Words, _, _n

THOUSAND, TEN = 1000, 10


def shown(value: float) -> float:
    """A figure as people read it: large ones whole, small ones with two decimals."""
    if abs(value) >= THOUSAND:
        return round(value)
    return round(value, 1 if abs(value) >= TEN else 2)


def before_and_after(one: Change) -> tuple[Words, ...]:
    """An indicator before and after, or what is missing of it."""
    if one.better is None:
        return one.series.missing
    return (means(one), _whose(one.series), moved(one))


def means(one: Change) -> Text:
    """Both means, of a month."""
    assert one.better is not None
    return _(
        "{indicator}: {before} before, {after} after",
        indicator=one.indicator.title,
        before=shown(one.better.first),
        after=shown(one.better.second),
    )


def moved(one: Change) -> Text:
    """Whether it became better, and within which bounds chance leaves that."""
    assert one.better is not None
    return _direction(one.better)


def _direction(found: Difference) -> Text:
    if found.interval is None:
        return _("There are too few figures to tell a change from chance.")
    low, high = shown(found.interval.low), shown(found.interval.high)
    if not found.is_sure:
        return _("No change can be shown: from {low} to {high} is possible.",
                 low=low, high=high)  # fmt: skip
    if found.by > 0:
        return _("Better by {by}, with 95 % certainty between {low} and {high}.",
                 by=shown(found.by), low=low, high=high)  # fmt: skip
    return _("Worse by {by}, with 95 % certainty between {low} and {high}.",
             by=shown(-found.by), low=shown(-found.interval.high),
             high=shown(-found.interval.low))  # fmt: skip


def _whose(one: Series) -> Text:
    if one.level is Level.PEOPLE:
        return _n(
            "A month on average, over {count} trainee, of {possible}.",
            "A month on average, over {count} trainees, of {possible}.",
            one.covered,
            possible=one.possible,
        )
    if one.level is Level.OFFICES:
        return _n(
            "A month on average, over {count} office of the trainees, of {possible}.",
            "A month on average, over {count} offices of the trainees, of {possible}.",
            one.covered,
            possible=one.possible,
        )
    return _("A month on average, for the whole administration.")


def result(found: Return) -> tuple[Words, ...]:
    """The return in words: the share, its bounds, and what it is the share of."""
    lines: list[Words] = [_("Return: {share}", share=Percent(found.percent))]
    if (bounds := found.percent_bounds) is not None:
        lines.append(
            _(
                "As far as chance goes, between {low} and {high}.",
                low=Percent(bounds.low),
                high=Percent(bounds.high),
            )
        )
    lines.append(
        _(
            "Benefits of a year {benefits}, costs {costs}. For each 1 that was spent, {ratio} "
            "came back.",
            benefits=shown(found.benefits),
            costs=shown(found.cost),
            ratio=round(found.ratio, 2),
        )
    )
    return tuple(lines)


def assumed(found: Return) -> tuple[Words, ...]:
    """Everything the return rests on, so that nobody takes it for more than it is."""
    given = found.assumed
    lines: list[Words] = [
        _n(
            "Compared: {count} month before the class and as many after it.",
            "Compared: {count} months before the class and as many after it.",
            given.months,
        ),
        _(
            "{due} of the change is put down to the training; how sure of this: {sure}. So "
            "{share} is counted.",
            due=Percent(given.due_to_training / WHOLE),
            sure=Percent(given.confidence / WHOLE),
            share=Percent(found.share),
        ),
        _("The change of a month is multiplied by twelve: it is assumed to last a year."),
        _("What one unit is worth in money was set by the training unit."),
        _("The bounds hold for chance from month to month, not for what else has changed."),
    ]
    if found.uncounted:
        kinds = Joined(tuple(COST_WORDS[kind] for kind in found.uncounted))
        lines.append(_("Costs that nobody entered, and that are not counted: {kinds}.",
                       kinds=kinds))  # fmt: skip
    if given.remark:
        lines.append(given.remark)
    return tuple(lines)


def offices(one: OfficesCompared) -> tuple[Words, ...]:
    """Offices that sent people beside those that did not."""
    found = one.difference
    if found is None:
        few = _(
            "{indicator}: offices with all figures that sent people: {trained}, that did not: "
            "{others}. At least {least} of each are needed.",
            indicator=one.indicator.title,
            trained=one.trained,
            others=one.others,
            least=FEWEST_OFFICES,
        )
        return (few,)
    means_of = _(
        "{indicator}: offices that sent people ({trained}) became better by {one}, those "
        "that did not ({others}) by {other}",
        indicator=one.indicator.title,
        trained=one.trained,
        one=shown(found.second),
        others=one.others,
        other=shown(found.first),
    )
    return (means_of, _apart(found.interval, found))


def _apart(bounds: Interval | None, found: Difference) -> Text:
    if bounds is None or not found.is_sure:
        return _("The two groups of offices cannot be told apart from chance.")
    if found.by > 0:
        return _("Offices that sent people did better, by {low} to {high}.",
                 low=shown(bounds.low), high=shown(bounds.high))  # fmt: skip
    return _("Offices that sent people did worse, by {low} to {high}.",
             low=shown(-bounds.high), high=shown(-bounds.low))  # fmt: skip


NOT_BY_LOT = _(
    "No lot decided which offices sent people, so this shows no cause: they may differ in other "
    "ways, too."
)


def verdict(one: Compared, fewest: int) -> Text:
    """What can be said of one outcome after a draw."""
    found = one.difference
    if found is None:
        return _n(
            "Nothing can be said: a group has fewer than {count} figure.",
            "Nothing can be said: a group has fewer than {count} figures.",
            fewest,
        )
    if found.interval is None:
        return _("Nothing can be said: all figures are alike.")
    low, high = shown(found.interval.low), shown(found.interval.high)
    if not found.is_sure:
        return _(
            "It cannot be said that winning a place made a difference. From {low} to {high}, "
            "everything is possible.",
            low=low,
            high=high,
        )
    if found.by > 0:
        return _(
            "Winning a place made it better, by {low} to {high} on average.", low=low, high=high
        )
    return _(
        "Winning a place made it worse, by {low} to {high} on average.",
        low=shown(-found.interval.high),
        high=shown(-found.interval.low),
    )


def groups(one: Compared) -> Text:
    """Both means and from how many people they come."""
    found = one.difference
    assert found is not None
    return _(
        "{outcome}: {won} on average of {winners} who won a place, {lost} of {others} who did not",
        outcome=one.outcome.title,
        won=shown(found.second),
        winners=one.winners,
        lost=shown(found.first),
        others=one.others,
    )


def about_draw(found: Comparison) -> Iterator[Words]:
    """What the whole comparison allows to say, and what not."""
    yield _(
        "The lot alone decided, so the two groups differ by chance only. Bounds hold in 95 of "
        "100 such draws."
    )
    yield _n(
        "Compared is who won a place with who did not, whoever came in the end: {count} who did "
        "not win had a place in the course later.",
        "Compared is who won a place with who did not, whoever came in the end: {count} who did "
        "not win had a place in the course later.",
        found.came_later,
    )
    if any(one.winners < found.winners or one.others < found.others for one in found.compared):
        yield _("Not everybody has a figure. Who has one may differ from who has none.")
    yield _("Nothing follows for single people, nor for other courses.")
