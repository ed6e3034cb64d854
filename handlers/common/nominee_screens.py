"""How nominations look in a chat, whoever looks: a list of names, and one name with its facts."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Joined, Lines, Text, Words, _, _n
from bot.screens import Button
from bot.training.catalogue import ClassCard
from bot.training.enrolments import STATE_WORDS
from bot.training.list_cards import ListCard, NameCard
from bot.training.nominees import Facts
from bot.training.round_cards import QuotaCard, RoundCard
from handlers.common.paging import Rows

PER_PAGE = 8


def entry_rows(held: ClassCard) -> Rows:
    """Where the unit goes on with a class that is not open to everybody."""
    nominations = Button(_("Nominations"), f"round:{held.id}")
    order = Button(_("Order people to attend"), f"roundorder:{held.id}")
    if held.entry == "nominated":
        return [(nominations, order)]
    return [(order,)] if held.entry == "ordered" else []


def deadline(card: RoundCard) -> Words:
    """Until when names can come in, and by which order."""
    if card.is_settled:
        line = _("The round is closed.")
    elif card.is_open:
        line = _("Names can come in until {day}.", day=card.deadline)
    else:
        line = _("Names could come in until {day}.", day=card.deadline)
    if not card.order_no:
        return line
    return Lines((line, _("By order {order}.", order=card.order_no)))


def quota_lines(quota: QuotaCard) -> list[Words]:
    """Seats, names, reserves, what is decided, and who is named by gender."""
    lines: list[Words] = [
        _n(
            "{named} of {count} seat named, {accepted} accepted",
            "{named} of {count} seats named, {accepted} accepted",
            quota.seats,
            named=quota.named,
            accepted=quota.accepted,
        )
    ]
    if quota.reserves:
        lines.append(_n("{count} reserve", "{count} reserves", quota.reserves))
    if quota.returned:
        lines.append(
            _n("{count} seat came back unused", "{count} seats came back unused", quota.returned)
        )
    if quota.genders:
        lines.append(by_gender(quota.genders))
    return lines


def by_gender(genders: Sequence[tuple[str, int]]) -> Text:
    """How many of each gender are named; the roster's own words."""
    parts = tuple(
        _("{gender} {count}", gender=gender, count=count)
        if gender
        else _("not stated {count}", count=count)
        for gender, count in genders
    )
    return _("By gender: {parts}", parts=Joined(parts))


def list_lines(card: ListCard) -> list[Words]:
    """What stands above the names of a list."""
    lines: list[Words] = [card.round.about, deadline(card.round)]
    if card.quota.is_sent:
        lines.append(_("The list is handed in."))
    lines += quota_lines(card.quota)
    if card.quota.deviation:
        lines.append(_("Departures from the list: {reasons}", reasons=card.quota.deviation))
    return lines


def name_label(name: NameCard) -> Text:
    """A name as a button: its place, whether it is a reserve, and what was decided."""
    if not name.is_undecided:
        return _("{name}: {state}", name=name.name, state=STATE_WORDS[name.state])
    if name.reserve:
        return _("Reserve {rank}: {name}", rank=name.rank, name=name.name)
    return _("{rank}. {name}", rank=name.rank, name=name.name)


def fact_lines(facts: Facts) -> tuple[Words, ...]:
    """What a nomination is weighed by."""
    person = facts.person
    lines: list[Words] = [
        _("{rank} {position}, {unit}", rank=person.rank, position=person.position,
          unit=person.unit)
        if person.rank
        else _("{position}, {unit}", position=person.position, unit=person.unit),
        _("Interested in this course") if facts.wants else _("Has not asked for this course"),
    ]  # fmt: skip
    if facts.unmet:
        lines += [_("Missing:"), *facts.unmet]
    else:
        lines.append(_("Meets what the course asks for"))
    lines += _trainings(facts)
    if facts.away_until is not None:
        lines.append(_("Away until {day}", day=facts.away_until))
    return (*lines, *facts.clashes)


def _trainings(facts: Facts) -> list[Words]:
    if not facts.trainings:
        return [_("No training is on record")]
    lines: list[Words] = [_("Last trainings:")]
    lines += [_("{title}, {day}", title=one.title, day=one.on) for one in facts.trainings]
    if facts.trip is None:
        lines.append(_("No training abroad is on record"))
    else:
        trip = facts.trip
        lines.append(_("Last abroad: {title}, {day}", title=trip.title, day=trip.on))
    return lines
