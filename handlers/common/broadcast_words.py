"""The words in which messages to many are spoken of: kinds, states, when, with what."""

from __future__ import annotations

from collections.abc import Mapping

from bot.calendar import local_date
from bot.campaigns.audiences import expanding, wording
from bot.campaigns.broadcasts import timing
from bot.campaigns.broadcasts.cards import BroadcastCard
from bot.campaigns.broadcasts.wording import OFFERS
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import LANGUAGES, Moment, Text, Words, _, _n
from bot.models.broadcasts import BroadcastKind, BroadcastState

MOST_LINES = 12
KINDS: Mapping[BroadcastKind, Text] = {
    BroadcastKind.NEWS: _("news"),
    BroadcastKind.CALL: _("a call to a class"),
    BroadcastKind.EMERGENCY: _("an emergency, at any hour"),
}
STATES: Mapping[BroadcastState, Text] = {
    BroadcastState.DRAFT: _("draft"),
    BroadcastState.ASKED: _("waits for approval"),
    BroadcastState.GATHERING: _("is about to go out"),
    BroadcastState.SENDING: _("is going out"),
    BroadcastState.PAUSED: _("paused"),
    BroadcastState.STOPPED: _("stopped"),
    BroadcastState.DONE: _("sent"),
    BroadcastState.RECALLED: _("taken back from its readers"),
}


def in_list(card: BroadcastCard) -> Text:
    """A message in a list: its title, and where it stands."""
    return _("{title}: {state}", title=card.title, state=STATES[card.state])


def to_whom(ctx: Ctx, card: BroadcastCard) -> list[Words]:
    """Who is meant, a line for each condition; a rule that means nothing any more says why."""
    if not card.rule:
        return [_("To nobody yet")]
    try:
        found = list(wording.lines(ctx, expanding.read(card.rule)))
    except Refusal as refusal:
        return [refusal.sentence]
    lines: list[Words] = [_("To everybody who:"), *map(wording.indented, found[:MOST_LINES])]
    if len(found) > MOST_LINES:
        more = len(found) - MOST_LINES
        lines.append(_n("… and {count} more condition", "… and {count} more conditions", more))
    return lines


def when(ctx: Ctx, card: BroadcastCard) -> Text:
    """At what time it goes out."""
    if card.send_at is None:
        return _("It goes out at once.")
    moment = Moment(card.send_at, ctx.actor.zone)
    if card.local_time is None:
        return _("It goes out on {moment}.", moment=moment)
    return _(
        "It goes out at {time} of each reader's own clock, on {day}.",
        time=card.local_time,
        day=local_date(card.send_at, timing.FARTHEST_EAST),
    )


def texts(card: BroadcastCard) -> list[Words]:
    """A line for each language: how long its text is, or that it is missing."""
    lines: list[Words] = []
    for language, name in LANGUAGES.items():
        text = card.texts.get(language)
        if text is None:
            lines.append(_("{language}: no text", language=name))
        elif language == card.fallback:
            lines.append(
                _n(
                    "{language}: {count} character, and for everybody without a text",
                    "{language}: {count} characters, and for everybody without a text",
                    len(text),
                    language=name,
                )
            )
        else:
            lines.append(
                _n(
                    "{language}: {count} character",
                    "{language}: {count} characters",
                    len(text),
                    language=name,
                )  # fmt: skip
            )
    return lines


def buttons(card: BroadcastCard) -> list[Words]:
    """What the message offers, and about what."""
    lines: list[Words] = [
        _("Button: {button}", button=OFFERS[name].title) for name in card.buttons if name in OFFERS
    ]
    if card.class_code:
        lines.append(_("About class {code}", code=card.class_code))
    if card.form:
        lines.append(_("About questionnaire {form}", form=card.form))
    return lines


def file(card: BroadcastCard) -> list[Words]:
    """That a file goes with it, or nothing."""
    if card.blob_id is None:
        return []
    return [_("A picture goes with it.") if card.is_photo else _("A file goes with it.")]
