"""A questionnaire that a message asks to answer: which can be chosen, and where answers go.

It is one of the training unit's own, answered by name, and once for each message.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.campaigns.broadcasts import acknowledging, keeping
from bot.context import Ctx
from bot.errors import Refusal
from bot.forms import answer_files, service, versions
from bot.forms.definition import FormDefinition
from bot.forms.question_types.contract import type_of
from bot.forms.question_types.sent import name_of
from bot.forms.service import Submission, on_submit_of_own
from bot.forms.versions import FormCard
from bot.i18n import Text, Texts, _
from bot.models.broadcasts import Broadcast
from bot.models.forms import Response
from bot.models.people import Person

PURPOSE = "broadcast_id"
NAMELESS = _("This questionnaire is anonymous, but a message asks by name. Nothing was stored.")
ANSWERED = _("You have answered this questionnaire. Your answers were stored.")


@dataclass(frozen=True, slots=True)
class Answered:
    """What one person answered, as codes by question; a file by its name."""

    staff_no: str
    name: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answers:
    """The questions by name, with their label, and who answered them."""

    questions: tuple[tuple[str, Texts], ...]
    people: tuple[Answered, ...]


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


def title_for(ctx: Ctx, broadcast_id: int) -> Texts:
    """The title of the questionnaire of a message; refuses as `begin` does."""
    form = acknowledging.form_of(ctx, broadcast_id)
    _refuse_second(ctx, broadcast_id)
    return _asked_by_name(ctx, versions.current_version(ctx, form)).title


def begin(ctx: Ctx, broadcast_id: int) -> None:
    """Open the questionnaire of a message for the actor.

    Refuses who has answered it, and a questionnaire that was made anonymous meanwhile.
    """
    form = acknowledging.form_of(ctx, broadcast_id)
    _refuse_second(ctx, broadcast_id)
    _asked_by_name(ctx, versions.current_version(ctx, form))
    service.begin(ctx, form, {PURPOSE: broadcast_id})


@on_submit_of_own
def take(ctx: Ctx, submission: Submission) -> Text:
    """Keep the answers under the actor's name.

    Refuses a second time, a message withdrawn, and answers to what is anonymous.
    """
    broadcast_id = submission.purpose.get(PURPOSE)
    if not isinstance(broadcast_id, int):
        raise Refusal(_("Nobody has asked for these answers, so they were not stored."))
    acknowledging.form_of(ctx, broadcast_id)
    _refuse_second(ctx, broadcast_id)
    definition = _asked_by_name(ctx, submission.version_id)
    response = Response(
        version_id=submission.version_id,
        person_id=ctx.actor.person_id,
        class_id=ctx.session.get_one(Broadcast, broadcast_id).class_id,
        broadcast_id=broadcast_id,
        answers=submission.answers,
        submitted_at=ctx.now(),
    )
    ctx.session.add(response)
    ctx.session.flush()
    answer_files.keep(ctx, definition, response)
    return _("Thank you. Your answers were stored.")


def answers(ctx: Ctx, broadcast_id: int) -> Answers:
    """What was answered to a message, for who keeps it or may approve it."""
    row = keeping.readable(ctx, broadcast_id)
    form = versions.definition(ctx, versions.current_version(ctx, row.form))
    found = ctx.session.execute(
        select(Person.staff_no, Person.full_name, Response.answers)
        .join(Person, Person.id == Response.person_id)
        .where(Response.broadcast_id == row.id)
        .order_by(Person.full_name, Person.id)
    )
    questions = [(one.name, one.label) for one in form.questions if type_of(one).asked]
    files = {one.name for one in form.questions if type_of(one).takes_file}
    people = (Answered(no, name, _with_names(given, files)) for no, name, given in found)
    return Answers(tuple(questions), tuple(people))


def _with_names(given: Mapping[str, Any], files: Collection[str]) -> Mapping[str, Any]:
    return {name: name_of(said) if name in files else said for name, said in given.items()}


def _asked_by_name(ctx: Ctx, version_id: int) -> FormDefinition:
    """A version that is answered by name; refuses one that promises not to be."""
    definition = versions.definition(ctx, version_id)
    if definition.anonymous:
        raise Refusal(NAMELESS)
    return definition


def _refuse_second(ctx: Ctx, broadcast_id: int) -> None:
    """Answers to another message with the same questionnaire do not count."""
    answered = select(Response.id).where(
        Response.broadcast_id == broadcast_id, Response.person_id == ctx.actor.person_id
    )
    if ctx.session.execute(answered.limit(1)).first() is not None:
        raise Refusal(ANSWERED)
