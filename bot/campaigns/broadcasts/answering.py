"""A questionnaire that a message asks to answer: which can be chosen, and where answers go.

It is one of the training unit's own, answered by name, and once for each message.
"""

from __future__ import annotations

from sqlalchemy import select

from bot.campaigns.broadcasts import acknowledging
from bot.context import Ctx
from bot.errors import Refusal
from bot.forms import service, versions
from bot.forms.service import Submission, on_submit_of_own
from bot.forms.versions import FormCard
from bot.i18n import Text, _
from bot.models.broadcasts import Broadcast
from bot.models.forms import FormVersion, Response

PURPOSE = "broadcast_id"
ANSWERED = _("You have answered this questionnaire. Your answers were stored.")


def choices(ctx: Ctx) -> list[FormCard]:
    """The unit's own questionnaires that are answered by name, the newest version of each."""
    return [
        one
        for one in versions.published(ctx)
        if one.name not in service.SUBMIT
        and not versions.definition(ctx, one.version_id).anonymous
    ]


def choice(ctx: Ctx, version_id: int) -> FormCard:
    """One of them; refuses what is none."""
    for one in choices(ctx):
        if one.version_id == version_id:
            return one
    raise Refusal(_("Choose one of the questionnaires shown."))


def begin(ctx: Ctx, broadcast_id: int) -> None:
    """Open the questionnaire of a message for the actor; refuses who has answered it."""
    form = acknowledging.form_of(ctx, broadcast_id)
    _refuse_second(ctx, broadcast_id, form)
    service.begin(ctx, form, {PURPOSE: broadcast_id})


@on_submit_of_own
def take(ctx: Ctx, submission: Submission) -> Text:
    """Keep the answers under the actor's name; refuses a second time, and a message withdrawn."""
    broadcast_id = submission.purpose.get(PURPOSE)
    if not isinstance(broadcast_id, int):
        raise Refusal(_("Nobody has asked for these answers, so they were not stored."))
    form = acknowledging.form_of(ctx, broadcast_id)
    _refuse_second(ctx, broadcast_id, form)
    response = Response(
        version_id=submission.version_id,
        person_id=ctx.actor.person_id,
        class_id=ctx.session.get_one(Broadcast, broadcast_id).class_id,
        answers=submission.answers,
        submitted_at=ctx.now(),
    )
    ctx.session.add(response)
    ctx.session.flush()
    return _("Thank you. Your answers were stored.")


def _refuse_second(ctx: Ctx, broadcast_id: int, form: str) -> None:
    """Answers since the message began to go out are those to it."""
    row = ctx.session.get_one(Broadcast, broadcast_id)
    answered = (
        select(Response.id)
        .join(FormVersion, FormVersion.id == Response.version_id)
        .where(
            FormVersion.form == form,
            Response.person_id == ctx.actor.person_id,
            Response.submitted_at >= (row.began_at or row.made_at),
        )
    )
    if ctx.session.execute(answered.limit(1)).first() is not None:
        raise Refusal(ANSWERED)
