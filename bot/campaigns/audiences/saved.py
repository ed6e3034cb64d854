"""Audiences under a name: made, given a rule, renamed, deleted, found again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from bot import audit
from bot.campaigns.audiences import checking, expanding, meaning
from bot.campaigns.audiences.grammar import parse, plain_text
from bot.campaigns.audiences.rule import (
    AllOf,
    AnyOf,
    Leaf,
    Rule,
    Saved,
    joined,
    leaves,
    replaced,
    write,
)
from bot.context import Ctx
from bot.db import insert_missing
from bot.errors import Refusal
from bot.i18n import Text, _
from bot.models.broadcasts import Audience
from bot.people import access
from bot.people.access_table import Action

LONGEST_NAME = 60
LONGEST_RULE = 20_000
PAGE = 8
CHANGED = "audiences.changed"
"""Set in a session's `info`: by whom which audience was changed in it."""
NOT_THERE = _("This audience is not there any more.")


@dataclass(frozen=True, slots=True)
class AudienceCard:
    """An audience as it is saved; a blank `rule` means nobody yet."""

    id: int
    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class AudiencePage:
    """One page of all audiences by name; `number` counts from 0."""

    cards: tuple[AudienceCard, ...]
    number: int
    pages: int


def page_of(ctx: Ctx, number: int = 0) -> AudiencePage:
    """The audiences of everybody who sends to many."""
    access.require(ctx, Action.BROADCAST)
    total = ctx.session.execute(select(func.count()).select_from(Audience)).scalar_one()
    pages = max(1, -(-total // PAGE))
    number = min(max(number, 0), pages - 1)
    rows = ctx.session.scalars(
        select(Audience)
        .order_by(func.lower(Audience.name), Audience.id)
        .offset(number * PAGE)
        .limit(PAGE)
    )
    return AudiencePage(tuple(map(_card, rows)), number, pages)


def card(ctx: Ctx, audience_id: int) -> AudienceCard:
    """One audience, for who sends to many."""
    access.require(ctx, Action.BROADCAST)
    row = ctx.session.get(Audience, audience_id)
    if row is None:
        raise Refusal(NOT_THERE)
    return _card(row)


def names(ctx: Ctx) -> list[str]:
    """The names of all audiences."""
    access.require(ctx, Action.BROADCAST)
    return list(ctx.session.scalars(select(Audience.name)))


def create(ctx: Ctx, name: str, text: str = "") -> AudienceCard:
    """Save an audience; refuses a name that is taken, and a rule that is none."""
    access.require(ctx, Action.BROADCAST)
    name = _name(ctx, name)
    values = {
        "name": name, "rule": "", "made_by": ctx.actor.person_id, "made_at": ctx.now()
    }  # fmt: skip
    if not insert_missing(ctx.session, Audience, [values]):
        raise Refusal(_taken(name))
    row = ctx.session.scalars(select(Audience).where(Audience.name == name)).one()
    _note(ctx, "audience.made", row)
    return set_rule(ctx, row.id, text) if text.strip() else _card(row)


def set_rule(ctx: Ctx, audience_id: int, text: str) -> AudienceCard:
    """Give it another rule; refuses one that is none, that names what there is not, and one by
    which the audience would mean itself.
    """
    if len(text) > LONGEST_RULE:
        raise Refusal(_("The rule is too long."))
    return _settle(ctx, _held(ctx, audience_id), expanding.read(text))


def add_condition(
    ctx: Ctx, audience_id: int, leaf: Rule, *, is_alternative: bool = False
) -> AudienceCard:
    """Narrow the audience by one more condition, or widen it by an alternative."""
    row = _held(ctx, audience_id)
    if not row.rule:
        return _settle(ctx, row, leaf)
    old = expanding.read(row.rule)
    return _settle(ctx, row, joined(AnyOf if is_alternative else AllOf, [old, leaf]))


def rename(ctx: Ctx, audience_id: int, name: str) -> AudienceCard:
    """Another name; audiences that mean this one follow."""
    row = _held(ctx, audience_id)
    old, row.name = row.name, _name(ctx, name, audience_id)
    for other, rule in _meaning_it(ctx, old):
        other.rule = write(replaced(rule, lambda leaf: _renamed(leaf, old, row.name)))
    _note(ctx, "audience.renamed", row)
    ctx.session.flush()
    return _card(row)


def delete(ctx: Ctx, audience_id: int) -> None:
    """Delete it; refuses one that another audience means. What was sent to it stays."""
    row = _held(ctx, audience_id)
    used = [other.name for other, _rule in _meaning_it(ctx, row.name)]
    if used:
        raise Refusal(_("The audience “{name}” is part of “{other}”. Change that one first.",
                        name=row.name, other=used[0]))  # fmt: skip
    ctx.session.delete(row)
    audit.record(ctx, "audience.deleted", "audience", row.id)
    ctx.session.flush()


def just_changed(ctx: Ctx) -> AudienceCard | None:
    """The audience that the actor has just made or changed, asked once."""
    person_id, audience_id = ctx.session.info.pop(CHANGED, (None, None))
    row = ctx.session.get(Audience, audience_id) if audience_id is not None else None
    return _card(row) if row is not None and person_id == ctx.actor.person_id else None


def as_it_is(ctx: Ctx, text: str) -> str:
    """A rule with the audiences that it names written out: later changes of them do not touch it.

    Refuses what is no rule.
    """
    return write(expanding.expanded(ctx, expanding.read(text)))


def _settle(ctx: Ctx, row: Audience, rule: Rule) -> AudienceCard:
    checking.require_sound(ctx, rule, row.name)
    row.rule = write(rule)
    ctx.session.flush()
    _note(ctx, "audience.changed", row)
    return _card(row)


def _note(ctx: Ctx, action: str, row: Audience) -> None:
    audit.record(ctx, action, "audience", row.id)
    ctx.session.info[CHANGED] = (ctx.actor.person_id, row.id)


def _held(ctx: Ctx, audience_id: int) -> Audience:
    """The row, locked until the commit: of two changes the second is made to the first."""
    access.require(ctx, Action.BROADCAST)
    row = ctx.session.get(Audience, audience_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise Refusal(NOT_THERE)
    return row


def _name(ctx: Ctx, typed: str, own_id: int | None = None) -> str:
    name = plain_text(typed)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refusal(_("A name has from 1 to {most} characters.", most=LONGEST_NAME))
    wanted = meaning.folded(name)
    for row_id, other in ctx.session.execute(select(Audience.id, Audience.name)):
        if row_id != own_id and meaning.folded(other) == wanted:
            raise Refusal(_taken(other))
    return name


def _taken(name: str) -> Text:
    return _("There is an audience “{name}” already.", name=name)


def _meaning_it(ctx: Ctx, name: str) -> Iterator[tuple[Audience, Rule]]:
    """Other audiences whose rule names this one."""
    for row in ctx.session.scalars(select(Audience).order_by(Audience.id)).all():
        rule = parse(row.rule)
        if rule is None or isinstance(rule, Text):
            continue
        if any(_renamed(leaf, name, "") != leaf for leaf in leaves(rule)):
            yield row, rule


def _renamed(leaf: Leaf, old: str, new: str) -> Leaf:
    is_meant = isinstance(leaf, Saved) and meaning.folded(leaf.name) == meaning.folded(old)
    return Saved(new) if is_meant else leaf


def _card(row: Audience) -> AudienceCard:
    return AudienceCard(row.id, row.name, row.rule)
