"""Kinds of table that can be imported: their columns, their plan, and the registry of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from bot.config import Settings
from bot.errors import Refusal
from bot.i18n import Text, _
from bot.imports.cells import Reader
from bot.imports.findings import Findings
from bot.imports.plan import Plan


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `starred` ones must be filled, `blank` is the value of an empty
    cell, `blank_means` that value in words, where it is not simply nothing.

    `multilingual` columns may also come as `name::Language (code)`. A `numbered` column
    holds numbers kept as text, whose leading zeros spreadsheets like to lose.
    """

    name: str
    read: Reader
    starred: bool = False
    blank: object = ""
    blank_means: Text | None = None
    multilingual: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """What a plan is made against: the database as it is, the settings, and today."""

    session: Session
    settings: Settings
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(self.settings.zone).date()


@dataclass
class Records:
    """The values of a file, column by column; `rows` are the row numbers they stand in.

    `languages` maps a multilingual column to the columns of its other languages, by code;
    `headings` gives each column as the file spells it.
    """

    rows: list[int]
    values: dict[str, list[Any]]
    headings: dict[str, str]
    languages: dict[str, dict[str, str]] = field(default_factory=dict)

    def __contains__(self, column: str) -> bool:
        return column in self.values

    def __len__(self) -> int:
        return len(self.rows)

    def heading(self, column: str) -> str:
        return self.headings.get(column, column)


@dataclass(frozen=True, slots=True)
class Exported:
    """A kind's rows as a file would have them; cells are text, numbers, dates or times."""

    headings: Sequence[str]
    rows: Iterator[Sequence[object]]


Planner = Callable[[World, Records, Findings], Plan]
Exporter = Callable[[Session], Exported]
OtherReader = Callable[[bytes, Findings], Records | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of import. Each file row is known by the values of its `key` columns.

    `other` reads files that are no table; it gives None for all that are not of its format.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    plan: Planner
    export: Exporter | None = None
    other: OtherReader | None = None

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Add a kind; refuses a second one of the same name, and a key that is not starred."""
    if kind.name in KINDS:
        raise ValueError(f"import kind {kind.name} is registered twice")
    for name in kind.key:
        column = kind.column(name)
        if column is None or not column.starred:
            raise ValueError(f"key column {name} of {kind.name} must be a starred column")
    KINDS[kind.name] = kind
    return kind


def kind_named(name: str, kinds: Mapping[str, Kind] = KINDS) -> Kind:
    """The kind of that name; refuses an unknown one, listing those there are."""
    if name not in kinds:
        raise Refusal(
            _(
                "There is no import of “{kind}”. Choose one of: {kinds}.",
                kind=name,
                kinds=", ".join(sorted(kinds)),
            )
        )
    return kinds[name]
