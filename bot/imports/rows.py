"""Plans for plain tables: one file row is one table row, known by its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Table, select
from sqlmodel import Session

from bot.i18n import Text, _
from bot.imports.plan import Counts, Inserts, Plan, UpdateSet, temporary_id

SAMPLES = 5
Values: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class RowRules:
    """How rows of one table are known, completed and named.

    `defaults` are what new rows get where the file says nothing; `stamps` are set on new
    and on changed rows, but are no change themselves. `name` says what a row is called in
    a sample line, `expects` which rows of the table a file ought to hold.
    """

    table: Table
    key: tuple[str, ...]
    defaults: Mapping[str, Any]
    name: Callable[[Values], str]
    stamps: Mapping[str, Any] = field(default_factory=dict)
    expects: Callable[[Values], bool] = lambda _values: True


def plan_rows(session: Session, rules: RowRules, fields: Mapping[str, Sequence[Any]]) -> Plan:
    """Compare columns of values, by column of the table, with the rows that are there."""
    comparison = _Comparison(session, rules)
    for row in zip(*fields.values(), strict=True):
        comparison.take(dict(zip(fields, row, strict=True)))
    return comparison.plan()


class _Comparison:
    """Goes through the file row by row and notes what each changes."""

    def __init__(self, session: Session, rules: RowRules) -> None:
        self._rules = rules
        self._columns = tuple(column.name for column in rules.table.c if column.name != "id")
        self._known = _known(session, rules, self._columns)
        self._inserts = Inserts(rules.table, self._columns)
        self._updates = UpdateSet(rules.table)
        self._changed: list[int] = []
        self._seen: set[Key] = set()
        self._lines: dict[str, list[Text]] = {"new": [], "changed": [], "missing": []}
        self._unchanged = 0

    def take(self, given: Values) -> None:
        """One row of the file."""
        key = tuple(given[name] for name in self._rules.key)
        self._seen.add(key)
        if key in self._known:
            self._compare(*self._known[key], given)
            return
        values = {**self._rules.defaults, **given, **self._rules.stamps}
        self._inserts.rows.append([values[name] for name in self._columns])
        self._say("new", _("New: {what}", what=self._rules.name(values)))

    def _compare(self, row_id: int, before: Values, given: Values) -> None:
        differing = [name for name, value in given.items() if before[name] != value]
        if not differing:
            self._unchanged += 1
            return
        after = {**before, **given, **self._rules.stamps}
        self._updates.add(
            row_id,
            self._columns,
            [before[name] for name in self._columns],
            [after[name] for name in self._columns],
        )
        self._changed.append(row_id)
        what, columns = self._rules.name(after), ", ".join(differing)
        self._say("changed", _("Changed: {what} ({columns})", what=what, columns=columns))

    def _say(self, what: str, line: Text) -> None:
        if len(self._lines[what]) < SAMPLES:
            self._lines[what].append(line)

    def plan(self) -> Plan:
        """All of it, with the rows that the file might have named and did not."""
        missing = [
            before
            for key, (_row_id, before) in self._known.items()
            if key not in self._seen and self._rules.expects(before)
        ]
        for before in missing[:SAMPLES]:
            name = self._rules.name(before)
            self._say("missing", _("Not in the file, left as is: {what}", what=name))
        new = [temporary_id(place) for place in range(len(self._inserts.rows))]
        counts = Counts(
            new=len(new),
            changed=len(self._changed),
            missing=len(missing),
            unchanged=self._unchanged,
        )
        return Plan(
            target=self._rules.table,
            inserts=[self._inserts],
            updates=self._updates.updates(),
            counts=counts,
            outcome={"new": new, "changed": self._changed},
            samples=[line for lines in self._lines.values() for line in lines],
        )


def _known(
    session: Session, rules: RowRules, columns: Sequence[str]
) -> dict[Key, tuple[int, Values]]:
    table = rules.table
    query = select(table.c.id, *(table.c[name] for name in columns)).order_by(table.c.id)
    found = {}
    for row_id, *values in session.execute(query):
        named = dict(zip(columns, values, strict=True))
        found[tuple(named[name] for name in rules.key)] = (row_id, named)
    return found


def translations(
    columns: Mapping[str, Sequence[Any]], count: int, known: Sequence[Mapping[str, str]]
) -> list[dict[str, str]]:
    """Wordings by language, row by row: those of the file over those known before.

    `columns` maps languages to columns; a blank cell takes a wording away.
    """
    merged = []
    for place in range(count):
        wordings = {**known[place], **{lang: c[place] for lang, c in columns.items()}}
        merged.append({lang: words for lang, words in wordings.items() if words})
    return merged
