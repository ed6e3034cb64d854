"""Files that are answers: a draft holds them, then its response; what nothing holds goes.

Until it is handed in a file belongs to who sent it, and no answer can name another's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, exists, or_, select, update
from sqlmodel import Session

from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.definition import FormDefinition
from bot.forms.question_types import contract
from bot.forms.question_types.sent import blob_of
from bot.i18n import _
from bot.models.forms import Draft, Response
from bot.models.system import Blob


def hold(ctx: Ctx, draft_id: int, blob_id: int) -> None:
    """A file has become an answer of the actor's own draft."""
    ctx.session.execute(
        update(Blob)
        .where(Blob.id == blob_id)
        .values(draft_id=draft_id, owner_id=ctx.actor.person_id)
    )


def refuse(ctx: Ctx, blob_id: int | None) -> None:
    """A file that was just fetched is no answer and is not kept; one that is held stays."""
    loose = Blob.draft_id.is_(None), Blob.response_id.is_(None), Blob.owner_id.is_(None)
    ctx.session.execute(delete(Blob).where(Blob.id == blob_id, *loose))


def keep(ctx: Ctx, form: FormDefinition, response: Response) -> None:
    """What was sent with these answers stays as long as the response does.

    Refuses answers whose file is gone, or is not the actor's own.
    """
    wanted = in_answers(form, response.answers)
    if not wanted:
        return
    own = Blob.owner_id == ctx.actor.person_id, Blob.draft_id.is_not(None)
    here = set(ctx.session.scalars(select(Blob.id).where(Blob.id.in_(wanted), *own)))
    if here != wanted:
        raise Refusal(_("A file that you sent is no longer here. Please send it again."))
    ctx.session.flush()
    held = {"draft_id": None, "response_id": response.id, "owner_id": response.person_id}
    ctx.session.execute(update(Blob).where(Blob.id.in_(wanted)).values(held))


def let_go(session: Session, draft_id: int) -> None:
    """The draft is over: what it still holds goes, files that were replaced too."""
    session.execute(delete(Blob).where(Blob.draft_id == draft_id))


def forget(ctx: Ctx, form: FormDefinition, response: Response) -> None:
    """Files go that the answers of a response name no more."""
    left = in_answers(form, response.answers)
    ctx.session.execute(delete(Blob).where(Blob.response_id == response.id, Blob.id.not_in(left)))


def sweep(session: Session) -> None:
    """Files go whose draft or response is gone."""
    draft = exists().where(Draft.id == Blob.draft_id)
    response = exists().where(Response.id == Blob.response_id)
    session.execute(
        delete(Blob).where(
            or_(
                Blob.draft_id.is_not(None) & ~draft,
                Blob.response_id.is_not(None) & ~response,
            )
        )
    )


def in_answers(form: FormDefinition, answers: Mapping[str, Any]) -> set[int]:
    """The numbers of the files that answers stand for."""
    found = (
        blob_of(answers[question.name])
        for question in form.questions
        if question.name in answers and contract.type_of(question).takes_file
    )
    return {blob_id for blob_id in found if blob_id is not None}
