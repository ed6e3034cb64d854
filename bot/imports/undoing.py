"""Taking an import back: refused once anything it wrote was changed or is needed by others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Column, Table, delete, or_, select
from sqlmodel import Session, SQLModel

from bot.errors import Refusal
from bot.i18n import Text, _, _n
from bot.imports import bulk
from bot.imports.plan import Inserts, Plan, Row
from bot.imports.swap import delete_rows, differing, resolve, write_updates

Span = tuple[int, int]

DEPENDENTS: dict[str, Callable[[int], Text]] = {
    "chat": lambda n: _n(
        "{count} person has linked a chat.", "{count} people have linked a chat.", n
    ),
    "enrolment": lambda n: _n("{count} enrolment needs it.", "{count} enrolments need it.", n),
    "assignment": lambda n: _n(
        "{count} questionnaire was given out.", "{count} questionnaires were given out.", n
    ),
    "response": lambda n: _n("{count} answer came in.", "{count} answers came in.", n),
    "training_class": lambda n: _n("{count} class needs it.", "{count} classes need it.", n),
    "person": lambda n: _n(
        "{count} other person is tied to it.", "{count} other people are tied to it.", n
    ),
    "role_grant": lambda n: _n("{count} role was granted.", "{count} roles were granted.", n),
    "invite": lambda n: _n("{count} invite was made.", "{count} invites were made.", n),
    "qualification": lambda n: _n(
        "{count} qualification was earned.", "{count} qualifications were earned.", n
    ),
    "requirement": lambda n: _n("{count} post requires it.", "{count} posts require it.", n),
    "outbox_item": lambda n: _n(
        "{count} person was told something.", "{count} people were told something.", n
    ),
}


def take_back(session: Session, plan: Plan, first_ids: dict[str, int]) -> None:
    """Put everything back as it was before the plan was written.

    Refuses, with what stands in the way, before anything is changed.
    """
    for inserts in plan.inserts:
        resolve(inserts.table, inserts.columns, inserts.rows, first_ids)
    for updates in plan.updates:
        resolve(updates.table, updates.columns, [row[2] for row in updates.rows], first_ids)
    _refuse_changed(session, plan, first_ids)
    _refuse_needed(session, plan, first_ids)
    for updates in plan.updates:
        write_updates(session, updates, after=False)
    for inserts in reversed(plan.inserts):
        _remove(session, inserts, first_ids)
    for deletes in plan.deletes:
        bulk.insert_rows(session, deletes.table, deletes.columns, deletes.rows)


def _refuse_changed(session: Session, plan: Plan, first_ids: dict[str, int]) -> None:
    changed = 0
    for updates in plan.updates:
        after: dict[int, Row] = {row_id: values for row_id, _before, values in updates.rows}
        changed += len(differing(session, updates.table, updates.columns, after))
    for inserts in plan.inserts:
        if inserts.rows and inserts.table.name in first_ids:
            new = dict(enumerate(inserts.rows, first_ids[inserts.table.name]))
            changed += len(differing(session, inserts.table, inserts.columns, new))
        elif inserts.rows:
            changed += _gone(session, inserts)
    if changed:
        raise Refusal(
            _n(
                "This import cannot be undone: {count} row it wrote was changed since. "
                "Correct what is wrong with a new file.",
                "This import cannot be undone: {count} rows it wrote were changed since. "
                "Correct what is wrong with a new file.",
                changed,
            )
        )


def _gone(session: Session, inserts: Inserts) -> int:
    """How many rows of a table without ids are no longer there as they were written."""
    key = [column.name for column in inserts.table.primary_key.columns]
    names = [*key, *(name for name in inserts.columns if name not in key)]
    there = {tuple(row) for row in session.execute(select(*(inserts.table.c[n] for n in names)))}
    places = [inserts.columns.index(name) for name in names]
    return sum(tuple(row[i] for i in places) not in there for row in inserts.rows)


def _refuse_needed(session: Session, plan: Plan, first_ids: dict[str, int]) -> None:
    spans = {
        inserts.table.name: (
            first_ids[inserts.table.name],
            first_ids[inserts.table.name] + len(inserts.rows) - 1,
        )
        for inserts in plan.inserts
        if inserts.rows and inserts.table.name in first_ids
    }
    for name, span in spans.items():
        for column in _pointing_to(SQLModel.metadata.tables[name]):
            count = _count_others(session, column, span, plan, spans)
            if count:
                raise Refusal(
                    _(
                        "This import cannot be undone. {reason} Correct what is wrong with a new "
                        "file.",
                        reason=_reason(column.table.name, count),
                    )
                )


def _reason(table: str, count: int) -> Text:
    if table in DEPENDENTS:
        return DEPENDENTS[table](count)
    return _n("{count} later entry needs it.", "{count} later entries need it.", count)


def _pointing_to(target: Table) -> Iterator[Column[int]]:
    for table in SQLModel.metadata.sorted_tables:
        for column in table.c:
            if any(key.column.table is target for key in column.foreign_keys):
                yield column


def _count_others(
    session: Session, column: Column[int], span: Span, plan: Plan, spans: dict[str, Span]
) -> int:
    """Rows pointing into `span` that neither came with the plan nor are put back by undoing it."""
    table = column.table
    keys = [table.c.id] if "id" in table.c else list(table.primary_key.columns)
    query = select(*keys).where(column.between(*span))
    if table.name in spans:
        first, last = spans[table.name]
        query = query.where(or_(table.c.id < first, table.c.id > last))
    found = {tuple(row) for row in session.execute(query)}
    return len(found - _put_back(plan, table, column.name))


def _put_back(plan: Plan, table: Table, column: str) -> set[tuple[object, ...]]:
    """Keys of rows that undoing frees from pointing to what it removes."""
    freed: set[tuple[object, ...]] = set()
    for updates in plan.updates:
        if updates.table is table and column in updates.columns:
            freed.update((row_id,) for row_id, _before, _after in updates.rows)
    for inserts in plan.inserts:
        if inserts.table is table and "id" not in table.c:
            places = [inserts.columns.index(key.name) for key in table.primary_key.columns]
            freed.update(tuple(row[i] for i in places) for row in inserts.rows)
    return freed


def _remove(session: Session, inserts: Inserts, first_ids: dict[str, int]) -> None:
    table = inserts.table
    if not inserts.rows:
        return
    if table.name not in first_ids:
        delete_rows(session, inserts)
        return
    first = first_ids[table.name]
    own = table.c.id.between(first, first + len(inserts.rows) - 1)
    session.execute(delete(table).where(own))
