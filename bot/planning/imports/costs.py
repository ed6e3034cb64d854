"""Costs in a plan's file: one sum for each kind of purchase.

A line whose items make up the sum is left alone. One with a single item of the kind gets the sum
for its price; several that make up another sum are changed in the chat, item by item.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import _
from bot.imports.findings import Findings
from bot.imports.kinds import Records
from bot.imports.plan import Inserts, Plan, UpdateSet, table_of, temporary_id
from bot.models.planning import BudgetKind, PlanCost, PlanLine
from bot.planning.imports.columns import BUDGETS

AS_PLANNED = "As planned"
"""What is bought for a sum that a file gives without saying it."""
COLUMNS = ("line_id", "kind", "item", "quantity", "price")
Key = tuple[int, str]


def plan(
    session: Session,
    records: Records,
    planned: Plan,
    fields: Mapping[str, Sequence[Any]],
    known: Mapping[Key, PlanLine],
    found: Findings,
) -> None:
    """Add what the file's sums would change to the plan of its lines."""
    stored = _stored(session)
    new = _new_lines(planned)
    table = table_of(PlanCost)
    inserts, updates = Inserts(table, COLUMNS), UpdateSet(table)
    keys: list[Key] = list(zip(fields["plan_id"], fields["code"], strict=True))
    for name in BUDGETS:
        if name not in records:
            continue
        for row, key, total in zip(records.rows, keys, records.values[name], strict=True):
            line = known.get(key)
            items = stored.get((line.id or 0, name), []) if line is not None else []
            if _is_same(total, items):
                continue
            if len(items) > 1:
                _refuse(found, row, records.heading(name), items)
            elif items:
                before = [items[0].quantity, items[0].price]
                updates.add(items[0].id or 0, ("quantity", "price"), before, [1.0, total or 0.0])
            else:
                line_id = line.id if line is not None else new[key]
                inserts.rows.append([line_id, name, AS_PLANNED, 1.0, total])
    planned.inserts.append(inserts)
    planned.updates += updates.updates()


def _is_same(total: float | None, items: Sequence[PlanCost]) -> bool:
    """Whether the items are worth what the file says, to a hundredth."""
    known = sum(item.quantity * item.price for item in items)
    return abs(known - (total or 0.0)) < 0.005


def _stored(session: Session) -> dict[tuple[int, str], list[PlanCost]]:
    found: dict[tuple[int, str], list[PlanCost]] = defaultdict(list)
    for row in session.scalars(select(PlanCost).order_by(PlanCost.id)):
        found[row.line_id, BudgetKind(row.kind).value].append(row)
    return found


def _new_lines(planned: Plan) -> dict[Key, int]:
    """The numbers by which the file's new lines are known until they get their ids."""
    inserts = next(one for one in planned.inserts if one.table is table_of(PlanLine))
    plan_at, code_at = (inserts.columns.index(name) for name in ("plan_id", "code"))
    found: dict[Key, int] = {}
    for place, row in enumerate(inserts.rows):
        found[row[plan_at], row[code_at]] = temporary_id(place)  # type: ignore[index]  # a Row
    return found


def _refuse(found: Findings, row: int, heading: str, items: Sequence[PlanCost]) -> None:
    total = sum(item.quantity * item.price for item in items)
    found.refuse(
        "cost-of-items",
        _(
            "This sum is made up of {count} items, {total} together. Change them in the chat, or "
            "write {total} here.",
            count=len(items),
            total=round(total, 2),
        ),
        row,
        heading,
    )
