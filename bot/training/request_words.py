"""A request in words: what stands on the screen of who decides, and in the notice to them."""

from __future__ import annotations

from bot.i18n import Joined, Text, Words, _, _n
from bot.training.approval_cards import RequestCard, RequestLine
from bot.training.catalogue import ClassCard
from bot.training.enrolments import STATE_WORDS
from bot.training.roster_cost import Absence, Cost
from bot.training.taken_before import Taken

MOST_NAMED = 8


def title(card: RequestCard) -> Text:
    """Who asks for what."""
    if card.is_postponement:
        return _("Put off the training of {name}?", name=card.person.name)
    return _("{name} asks for a place", name=card.person.name)


def facts(card: RequestCard) -> tuple[Words, ...]:
    """All that bears on the decision; what does not apply is left out."""
    lines: list[Words] = [
        _("{position}, {unit}", position=card.person.position, unit=card.person.unit)
        if card.person.position
        else card.person.unit,
        *class_lines(card.held),
    ]
    if card.hours:
        lines.append(_("{hours} hours", hours=card.hours))
    if card.is_postponement:
        return (*lines, "", _("The supervisor asks for it to be put off: {why}", why=card.asked))
    free = max(0, card.held.seats - card.held.trainees)
    lines.append(
        _n("{count} of {seats} seats is free.", "{count} of {seats} seats are free.", free,
           seats=card.held.seats)
    )  # fmt: skip
    lines += ["", *_cost(card.cost), *card.unmet, _last(card.last)]
    for exchange in card.exchanges:
        lines += [
            "",
            _("{name} asked: {question}", name=exchange.asker, question=exchange.question),
        ]
        lines.append(_answer(exchange.answer))
    return tuple(lines)


def class_lines(held: ClassCard) -> tuple[Words, ...]:
    """Which class, when and where."""
    lines: list[Words] = [_("{course}, class {code}", course=held.title, code=held.code)]
    if held.starts_on is not None and held.ends_on is not None:
        lines.append(_("From {start} to {end}.", start=held.starts_on, end=held.ends_on))
    if held.place:
        lines.append(_("Place: {place}", place=held.place))
    return tuple(lines)


def in_list(line: RequestLine) -> Text:
    """A request as one line."""
    if line.is_postponement:
        return _(
            "{name}: put off {course}, {code}", name=line.name, course=line.course, code=line.code
        )
    if line.starts_on is None:
        return _("{name}: {course}, {code}", name=line.name, course=line.course, code=line.code)
    return _(
        "{name}: {course}, {code}, {day}",
        name=line.name,
        course=line.course,
        code=line.code,
        day=line.starts_on,
    )


def taken(one: Taken) -> Text:
    """A training of the past as one line."""
    return _(
        "{course}, {day}: {state}", course=one.title, day=one.on, state=STATE_WORDS[one.state]
    )


def _cost(cost: Cost) -> tuple[Words, ...]:
    if not cost.absences:
        words: Words = _("Nobody else of the office is away on these days.")
    else:
        words = _n(
            "On these days {count} other of {others} in the office is away: {names}.",
            "On these days {count} others of {others} in the office are away: {names}.",
            len(cost.absences),
            others=cost.others,
            names=_named(cost.absences),
        )
    if not cost.collisions:
        return (words,)
    codes = Joined(cost.collisions)
    return (words, _("This officer is in another class on these days: {codes}.", codes=codes))


def _named(absences: tuple[Absence, ...]) -> Joined:
    named: list[Words] = [_absence(one) for one in absences[:MOST_NAMED]]
    if (more := len(absences) - MOST_NAMED) > 0:
        named.append(_n("{count} more", "{count} more", more))
    return Joined(tuple(named))


def _absence(one: Absence) -> Text:
    if one.code:
        return _("{name} (class {code})", name=one.name, code=one.code)
    return _("{name} (until {day})", name=one.name, day=one.until)


def _last(trainings: tuple[Taken, ...]) -> Text:
    if not trainings:
        return _("No earlier training is known.")
    return _("Last trainings: {list}", list=Joined(tuple(taken(one) for one in trainings)))


def _answer(answer: str) -> Text:
    if not answer:
        return _("There is no answer yet.")
    return _("The answer: {answer}", answer=answer)
