"""Drafts of messages to many: their words, to whom, with what, when; and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from bot import audit
from bot.calendar import instant
from bot.campaigns.audiences import checking, clauses
from bot.campaigns.broadcasts import cards, keeping, lacking, timing
from bot.campaigns.broadcasts.cards import BroadcastCard
from bot.campaigns.broadcasts.lacking import LANGUAGES
from bot.campaigns.broadcasts.states import Act
from bot.campaigns.broadcasts.wording import OFFERS
from bot.context import Ctx
from bot.errors import Refusal
from bot.forms import versions
from bot.i18n import _
from bot.models.broadcasts import Broadcast, BroadcastKind
from bot.people import access, sent_files
from bot.people.access_table import Action
from bot.training import class_reach

LONGEST_TITLE = 120
PAST = _("That time has passed. Choose a later one, or send it at once.")


def create(ctx: Ctx, title: str, kind: BroadcastKind, rule: str = "") -> BroadcastCard:
    """A new draft by the actor; `title` is for the training unit, readers do not see it."""
    access.require(ctx, Action.BROADCAST)
    row = Broadcast(
        title=_title(title),
        kind=kind,
        rule=rule,
        made_by=ctx.actor.person_id,
        made_at=ctx.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "broadcast.made", keeping.KIND, row.id, kind=kind.value)
    return cards.of_row(ctx, row)


def copy(ctx: Ctx, broadcast_id: int) -> BroadcastCard:
    """A new draft by the actor with all of a message but its time."""
    old = keeping.found(ctx, broadcast_id)
    made = create(ctx, old.title, old.kind, old.rule)
    row = keeping.held(ctx, made.id)
    row.texts, row.fallback = dict(old.texts), old.fallback
    row.blob_id, row.is_photo = old.blob_id, old.is_photo
    row.buttons, row.class_id, row.form = list(old.buttons), old.class_id, old.form
    return _changed(ctx, row)


def rename(ctx: Ctx, broadcast_id: int, title: str, kind: BroadcastKind) -> BroadcastCard:
    """Another title, or another kind."""
    row = _draft(ctx, broadcast_id)
    row.title, row.kind = _title(title), kind
    return _changed(ctx, row)


def set_audience(ctx: Ctx, broadcast_id: int, rule: str) -> BroadcastCard:
    """To whom it goes, as the rule of an audience; refuses one that cannot be read, or names what
    is not there.
    """
    row = _draft(ctx, broadcast_id)
    checking.require_sound(ctx, clauses.read(rule))
    row.rule = rule
    return _changed(ctx, row)


def set_text(ctx: Ctx, broadcast_id: int, language: str, text: str) -> BroadcastCard:
    """The words in one language; a blank text takes them away.

    The first language written is the fallback until another is chosen.
    """
    row = _draft(ctx, broadcast_id)
    texts = {**row.texts, **checked_text(row, language, text)}
    row.texts = {one: texts[one] for one in LANGUAGES if texts.get(one)}
    if row.fallback not in row.texts:
        row.fallback = next(iter(row.texts), "")
    return _changed(ctx, row)


def checked_text(row: Broadcast, language: str, text: str) -> dict[str, str]:
    """The text under its language; refuses one that is too long, or in no language."""
    text = text.strip()
    if language not in LANGUAGES:
        raise Refusal(_("Choose one of the languages of the interface."))
    if len(text) > (most := lacking.longest_text(row)):
        raise Refusal(
            _(
                "The text has {count} characters. At most {most} fit into the message.",
                count=len(text),
                most=most,
            )  # fmt: skip
        )
    return {language: text}


def set_fallback(ctx: Ctx, broadcast_id: int, language: str) -> BroadcastCard:
    """The language for readers whose own is missing; refuses one without a text."""
    row = _draft(ctx, broadcast_id)
    if language not in row.texts:
        raise Refusal(_("There is no text in this language yet."))
    row.fallback = language
    return _changed(ctx, row)


def set_file(ctx: Ctx, broadcast_id: int, blob_id: int, *, is_photo: bool) -> BroadcastCard:
    """The file that goes with it, which the actor has sent."""
    row = _draft(ctx, broadcast_id)
    row.blob_id, row.is_photo = sent_files.require_own(ctx, blob_id), is_photo
    return _changed(ctx, row)


def drop_file(ctx: Ctx, broadcast_id: int) -> BroadcastCard:
    """Without a file."""
    row = _draft(ctx, broadcast_id)
    row.blob_id, row.is_photo = None, False
    return _changed(ctx, row)


def set_buttons(ctx: Ctx, broadcast_id: int, names: Sequence[str]) -> BroadcastCard:
    """Which buttons it has, by the names in `wording.OFFERS`; refuses another name."""
    row = _draft(ctx, broadcast_id)
    if not set(names) <= OFFERS.keys():
        raise Refusal(_("There is no such button."))
    row.buttons = [name for name in OFFERS if name in names]
    return _changed(ctx, row)


def set_class(ctx: Ctx, broadcast_id: int, class_id: int | None) -> BroadcastCard:
    """The class it is about; refuses one that the actor may not see."""
    row = _draft(ctx, broadcast_id)
    row.class_id = class_reach.require_editor(ctx, class_id).id if class_id is not None else None
    return _changed(ctx, row)


def set_form(ctx: Ctx, broadcast_id: int, form: str) -> BroadcastCard:
    """The questionnaire it asks to answer, by name; refuses one that is not published."""
    row = _draft(ctx, broadcast_id)
    if form:
        versions.current_version(ctx, form)
    row.form = form
    return _changed(ctx, row)


def send_at_once(ctx: Ctx, broadcast_id: int) -> BroadcastCard:
    """It goes out as soon as it is sent off."""
    row = _draft(ctx, broadcast_id)
    row.send_at = row.local_time = None
    return _changed(ctx, row)


def send_on(
    ctx: Ctx, broadcast_id: int, day: dt.date, wall: dt.time, *, by_reader: bool
) -> BroadcastCard:
    """It goes out on `day` at `wall`: of each reader's own clock, or of the actor's.

    Refuses a time that has passed.
    """
    row = _draft(ctx, broadcast_id)
    at = instant(day, wall, ctx.actor.zone)
    if at <= ctx.now():
        raise Refusal(PAST)
    row.send_at = timing.begins(day, wall) if by_reader else at
    row.local_time = wall if by_reader else None
    return _changed(ctx, row)


def discard(ctx: Ctx, broadcast_id: int) -> None:
    """Delete a draft that never went out."""
    row = keeping.kept(ctx, broadcast_id, Act.DISCARD)
    keeping.step(ctx, row, Act.DISCARD)
    ctx.session.delete(row)
    ctx.session.flush()


def _draft(ctx: Ctx, broadcast_id: int) -> Broadcast:
    return keeping.kept(ctx, broadcast_id, Act.EDIT)


def _changed(ctx: Ctx, row: Broadcast) -> BroadcastCard:
    keeping.step(ctx, row, Act.EDIT)
    return cards.of_row(ctx, row)


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title or len(title) > LONGEST_TITLE:
        raise Refusal(_("Give it a title of at most {most} characters.", most=LONGEST_TITLE))
    return title
