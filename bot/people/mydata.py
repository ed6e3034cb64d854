"""What Rollcall keeps about somebody, shown to themself: sections that each room adds to.

Anonymous answers are not among them: nothing in the database says whose they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.context import Ctx
from bot.i18n import Text, Words


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: what it is, and the value; both anything that `i18n.render` takes."""

    label: object
    value: object


@dataclass(frozen=True, slots=True)
class Section:
    """A part of what is kept; `note` says what the lines do not."""

    name: str
    title: Text
    facts: tuple[Fact, ...]
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Who makes a section; lower `order` comes first."""

    name: str
    title: Text
    order: int
    collect: Collector


Collector: TypeAlias = Callable[[Ctx, int], tuple[tuple[Fact, ...], Words]]
SECTIONS: dict[str, Source] = {}


def section(name: str, title: Text, order: int) -> Callable[[Collector], Collector]:
    """Register a section: (ctx, person id) to facts and a note; refuses a second of the name."""

    def keep(collector: Collector) -> Collector:
        if name in SECTIONS:
            raise ValueError(f"section {name} is registered twice")
        SECTIONS[name] = Source(name, title, order, collector)
        return collector

    return keep


def names() -> list[tuple[str, Text]]:
    """The sections there are, in order: name and title."""
    return [(source.name, source.title) for source in _ordered()]


def about_me(ctx: Ctx, name: str) -> Section | None:
    """One section about the actor; None if there is no section of that name.

    Nobody can ask it about anybody else.
    """
    assert ctx.actor.person_id is not None, "only a linked person has data here"
    source = SECTIONS.get(name)
    if source is None:
        return None
    facts, note = source.collect(ctx, ctx.actor.person_id)
    return Section(source.name, source.title, facts, note)


def everything(ctx: Ctx) -> list[Section]:
    """All sections about the actor, in order."""
    found = (about_me(ctx, source.name) for source in _ordered())
    return [one for one in found if one is not None]


def _ordered() -> list[Source]:
    return sorted(SECTIONS.values(), key=lambda source: source.order)
