"""A message as somebody would read it: their language, their buttons, whether it is for them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from bot.campaigns.audiences import clauses, expanding
from bot.campaigns.broadcasts import keeping, wording
from bot.context import Actor, Ctx
from bot.errors import Refusal
from bot.i18n import Words
from bot.models.broadcasts import Broadcast
from bot.models.chats import Chat
from bot.models.people import Person
from bot.people import directory
from bot.people.access_table import Action
from bot.people.directory import PersonCard


@dataclass(frozen=True, slots=True)
class Preview:
    """What `person` would see; `buttons` are labels that lead nowhere here."""

    person: PersonCard
    language: str
    title: Words
    lines: tuple[Words, ...]
    buttons: tuple[Words, ...]
    has_file: bool
    is_meant: bool


def as_person(ctx: Ctx, broadcast_id: int, person_id: int) -> Preview:
    """The message as this person would read it; refuses who is out of the actor's reach."""
    row = keeping.readable(ctx, broadcast_id)
    card = directory.require_card(ctx, person_id, Action.BROADCAST)
    chat = ctx.session.scalars(select(Chat).where(Chat.person_id == person_id)).first()
    person = directory.row(ctx.session, person_id)
    language = directory.language_of(person, chat, ctx.settings)
    reader = replace(ctx, actor=Actor(person_id=person_id, language=language))
    screen = wording.screen(reader, row, language)
    return Preview(
        person=card,
        language=language if language in row.texts else row.fallback,
        title=screen.title,
        lines=screen.body,
        buttons=tuple(button.label for buttons in screen.rows for button in buttons),
        has_file=screen.attachment is not None,
        is_meant=_is_meant(ctx, row, person_id),
    )


def _is_meant(ctx: Ctx, row: Broadcast, person_id: int) -> bool:
    """Whether the audience holds this person now; an audience that cannot be read holds nobody."""
    try:
        who = clauses.audience(keeping.as_maker(ctx, row), expanding.read(row.rule))
    except Refusal:
        return False
    found = ctx.session.execute(select(Person.id).where(Person.id == person_id, who))
    return found.first() is not None
