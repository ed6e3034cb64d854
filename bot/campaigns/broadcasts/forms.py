"""The forms about messages to many: where they are submitted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.campaigns.broadcasts import correcting, drafting, sending
from bot.context import Ctx
from bot.forms.service import Submission, on_submit
from bot.i18n import LANGUAGES, Moment, Text, _
from bot.models.broadcasts import BroadcastKind


@on_submit("broadcast_new", "title", "kind")
def submit_new(ctx: Ctx, submission: Submission) -> Text:
    """Make a draft with its title and kind."""
    made = drafting.create(ctx, *_title_and_kind(submission))
    return _("The draft “{title}” was made. It has no text and no audience yet.", title=made.title)


@on_submit("broadcast_rename", "title", "kind")
def submit_rename(ctx: Ctx, submission: Submission) -> Text:
    """Another title or kind for the draft that the form was opened for."""
    changed = drafting.rename(ctx, _about(submission), *_title_and_kind(submission))
    return _("The draft is called “{title}” now.", title=changed.title)


@on_submit("broadcast_text", "text")
def submit_text(ctx: Ctx, submission: Submission) -> Text:
    """The words in the language that the form was opened for."""
    language, text = submission.purpose["language"], _text(submission.answers)
    drafting.set_text(ctx, _about(submission), language, text)
    name = LANGUAGES.get(language, language)
    if not text:
        return _("The text in {language} was taken away.", language=name)
    return _("The text in {language} was kept.", language=name)


@on_submit("broadcast_time", "day", "time", "clock")
def submit_time(ctx: Ctx, submission: Submission) -> Text:
    """When the draft that the form was opened for goes out, and by whose clock."""
    answers = submission.answers
    day = dt.date.fromisoformat(str(answers["day"]))
    wall = dt.time.fromisoformat(str(answers["time"]))
    by_reader = answers["clock"] == "readers"
    card = drafting.send_on(ctx, _about(submission), day, wall, by_reader=by_reader)
    if by_reader or card.send_at is None:
        return _("It goes out on {day} at {time} of each reader’s own clock.", day=day, time=wall)
    return _("It goes out {moment}.", moment=Moment(card.send_at, ctx.actor.zone))


@on_submit("broadcast_correct", "text")
def submit_correction(ctx: Ctx, submission: Submission) -> Text:
    """Other words, in the language that the form was opened for, for what was sent."""
    language = submission.purpose["language"]
    correcting.correct(ctx, _about(submission), {language: _text(submission.answers)})
    return _("The message is corrected. In the chats of those who have it, it changes soon.")


@on_submit("broadcast_stop", "reason")
def submit_stop(ctx: Ctx, submission: Submission) -> Text:
    """Stop the message that the form was opened for."""
    sending.stop(ctx, _about(submission), _reason(submission))
    return _("The message is stopped. Who has not got it does not get it.")


@on_submit("broadcast_recall", "reason")
def submit_recall(ctx: Ctx, submission: Submission) -> Text:
    """Withdraw the message that the form was opened for."""
    correcting.recall(ctx, _about(submission), _reason(submission))
    return _("The message is withdrawn. In the chats of those who have it, it changes soon.")


@on_submit("broadcast_decline", "reason")
def submit_decline(ctx: Ctx, submission: Submission) -> Text:
    """Give the message that waits for approval back to its maker."""
    sending.decline(ctx, _about(submission), _reason(submission))
    return _("The message was given back. Its maker reads your reason.")


def _about(submission: Submission) -> int:
    return int(submission.purpose["broadcast_id"])


def _title_and_kind(submission: Submission) -> tuple[str, BroadcastKind]:
    return str(submission.answers["title"]), BroadcastKind(submission.answers["kind"])


def _text(answers: dict[str, Any]) -> str:
    return str(answers.get("text") or "").strip()


def _reason(submission: Submission) -> str:
    return str(submission.answers["reason"]).strip()
