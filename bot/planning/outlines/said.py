"""An outline in words, for everybody who reads it in the chat or on paper."""

from __future__ import annotations

import datetime as dt

from bot.i18n import Moment, Text, Words, _, _n
from bot.models.planning import OutlineState, Verdict
from bot.planning.outlines import piloting
from bot.planning.outlines.cards import OutlineCard, OutlineLine, ReviewCard, SessionCard
from bot.planning.outlines.states import IN_FORCE, STATE_WORDS, VERDICT_WORDS
from bot.planning.outlines.words import MODES, TEXTS, methods_said


def in_list(line: OutlineLine) -> Text:
    """An outline as a button."""
    return _(
        "{code}, version {version}: {state}",
        code=line.code,
        version=line.version,
        state=STATE_WORDS[line.state],
    )


def heading(card: OutlineCard) -> Text:
    """What stands above an outline."""
    return _("{code} {title}, version {version}", code=card.code, title=card.title,
             version=card.version)  # fmt: skip


def facts(card: OutlineCard, zone: str) -> list[Words]:
    """Stage, length, how many, how: one line each; what is not known is left out."""
    lines: list[Words] = [_("State: {state}", state=STATE_WORDS[card.state])]
    lines += _length(card)
    least, most = card.parts.get("least"), card.parts.get("most")
    if least and most:
        lines.append(_("Participants: {least} to {most}", least=least, most=most))
    elif least or most:
        lines.append(
            _("Participants: at least {least}", least=least)
            if least
            else _("Participants: at most {most}", most=most)
        )
    if card.parts.get("mode"):
        lines.append(_("Held: {mode}", mode=MODES.get(card.parts["mode"], card.parts["mode"])))
    return [*lines, *_law(card), *_decision(card, zone)]


def parts(card: OutlineCard) -> list[tuple[Text, str]]:
    """Every part that is written: what it is, and its words."""
    return [(label, card.parts[name]) for name, label in TEXTS.items() if card.parts.get(name)]


def session(one: SessionCard) -> Text:
    """A session as a button or a heading."""
    return _("{number}. {title}, {hours} h", number=one.place, title=one.title, hours=one.hours)


def session_lines(one: SessionCard) -> list[Words]:
    """A session with what is to be learned and how."""
    lines: list[Words] = [session(one)]
    if one.objectives:
        lines.append(one.objectives)
    if methods := methods_said(one.methods):
        lines.append(_("Methods: {methods}", methods=methods))
    return lines


def review(one: ReviewCard) -> list[Words]:
    """What an expert found, with their words."""
    verdict = _("{name} {verdict}.", name=one.name, verdict=VERDICT_WORDS[one.verdict])
    return [verdict, *([_("“{words}”", words=one.words)] if one.words else [])]


def whole(card: OutlineCard, zone: str) -> list[Words]:
    """The outline from its facts to its pilot, as it is read in the chat."""
    lines = facts(card, zone)
    for label, words in parts(card):
        lines += ["", _("{part}:", part=label), words]
    if card.sessions:
        count = len(card.sessions)
        lines += ["", _n("{count} session:", "{count} sessions:", count)]
    for one in card.sessions:
        lines += session_lines(one)
    if card.reviews:
        lines += ["", _("Experts:")]
    for expert in card.reviews:
        lines += review(expert)
    return [*lines, *pilot(card)]


def pilot(card: OutlineCard) -> list[Words]:
    """Which class tried it, and what came of it; nothing before there is one."""
    if not card.pilot_class:
        return []
    lines: list[Words] = ["", _("Pilot: class {code}", code=card.pilot_class)]
    if not card.pilot:
        return lines
    lines += piloting.kept(card.pilot).lines()
    if card.pilot["result"] == piloting.Result.VALID:
        lines.append(_("Validated on {day}.", day=_day(card.pilot["on"])))
    else:
        lines.append(_("Reported on {day}: a new version is needed.", day=_day(card.pilot["on"])))
    for name, label in REPORTED:
        if card.pilot.get(name):
            lines.append(_("{part}: {words}", part=label, words=card.pilot[name]))
    return lines


REPORTED = (
    ("as_planned", _("As planned")),
    ("reached", _("What was learned")),
    ("to_change", _("To be changed")),
)


def objections(card: OutlineCard) -> int:
    """How many experts object."""
    return sum(one.verdict is Verdict.OBJECTED for one in card.reviews)


def _length(card: OutlineCard) -> list[Words]:
    days = card.parts.get("days")
    if days and card.sessions:
        return [_("Length: {days} days, {hours} hours", days=days, hours=card.hours)]
    if days:
        return [_("Length: {days} days", days=days)]
    return [_("Length: {hours} hours", hours=card.hours)] if card.sessions else []


def _law(card: OutlineCard) -> list[Words]:
    if not card.parts.get("legal_by"):
        return []
    line = _("Checked against the law by {name} on {day}", name=card.parts["legal_by"],
             day=_day(card.parts["legal_on"]))  # fmt: skip
    words = card.parts.get("legal_words")
    return [line, *([_("“{words}”", words=words)] if words else [])]


def _decision(card: OutlineCard, zone: str) -> list[Words]:
    if card.decided_at is None or card.state not in (*IN_FORCE, OutlineState.RETURNED):
        return []
    approved = card.state in IN_FORCE
    moment = Moment(card.decided_at, zone)
    if card.letter_no:
        lines: list[Words] = [
            _("Approved by letter {number}", number=card.letter_no)
            if approved
            else _("Returned by letter {number}", number=card.letter_no)
        ]
    elif approved:
        lines = [_("Approved by {name}, {moment}", name=card.decided_by, moment=moment)]
    else:
        lines = [_("Returned by {name}, {moment}", name=card.decided_by, moment=moment)]
    if card.decision:
        lines.append(_("To be changed: {words}", words=card.decision))
    if approved and card.review_on is not None:
        lines.append(_("To be looked at again on {day}", day=card.review_on))
    return lines


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
