"""The import of task books: one row a task, in the order in which they are done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.evaluation.task_books.limits import MOST_HOURS
from bot.i18n import Text, _
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan, UpdateSet, table_of, temporary_id
from bot.imports.rows import RowRules, Values, plan_rows, translations
from bot.models.on_the_job import Signer, TaskBook, TaskItem

COLUMNS = (
    Column("book", cells.key, starred=True),
    Column("title", cells.name, starred=True, multilingual=True),
    Column("section", cells.name, multilingual=True),
    Column("task", cells.name, starred=True, multilingual=True),
    Column(
        "signer",
        cells.one_of(Signer),
        blank=Signer.SUPERVISOR,
        blank_means=_("supervisor"),
    ),
    Column("within_hours", cells.whole_number(1, MOST_HOURS), blank=None),
    Column("evidence", cells.yes_no, blank=False, blank_means=_("no")),
    Column("positions", cells.listed, blank=()),
)
SAID_ONCE = ("title", "positions")
ITEM_DEFAULTS: Values = {
    "section": "",
    "sections": {},
    "tasks": {},
    "signer": Signer.SUPERVISOR,
    "within_hours": None,
    "needs_evidence": False,
}
PLAIN = {
    "section": "section",
    "signer": "signer",
    "within_hours": "within_hours",
    "evidence": "needs_evidence",
}
CONTRADICTS = _("{book} has another {column} in row {row}. Write the same in all its rows.")


def plan_task_books(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change: a book that it names has exactly its tasks, in its order; other
    books stay. Refuses rows of one book that call it differently.
    """
    session = world.session
    before = {row.code: row for row in session.scalars(select(TaskBook))}
    heads = _heads(records, before, found)
    books = plan_rows(session, _book_rules(), _columns(heads))
    ids = _ids(heads, before)
    rules = _item_rules(ids, {ids[code] for code in heads})
    plan = plan_rows(session, rules, _items(session, records, ids))
    _take_out(plan, session, records, ids)
    _join(plan, books)
    return plan


def _heads(
    records: Records, before: Mapping[str, TaskBook], found: Findings
) -> dict[str, dict[str, Any]]:
    """What the file says of each book itself, by code: what its first row says. Another row may
    leave it out, but not say something else.
    """
    heads: dict[str, dict[str, Any]] = {}
    first: dict[str, int] = {}
    codes = _codes(records)
    titles = _translated(records, "title", [_titles_of(before, code) for code in codes])
    for place, (row, code) in enumerate(zip(records.rows, codes, strict=True)):
        head: dict[str, Any] = {"code": code, "title": records.values["title"][place]}
        if titles is not None:
            head["titles"] = titles[place]
        if "positions" in records:
            head["positions"] = list(records.values["positions"][place])
        known = heads.setdefault(code, head)
        first.setdefault(code, row)
        for column in SAID_ONCE:
            if head.get(column) and known[column] != head[column]:
                heading = records.heading(column)
                words = (("book", code), ("column", heading), ("row", first[code]))
                found.refuse("book-differs", Text(CONTRADICTS.msgid, words), row, heading)
    return heads


def _columns(heads: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Any]]:
    names = next(iter(heads.values()), {"code": "", "title": ""})
    return {name: [head[name] for head in heads.values()] for name in names}


def _codes(records: Records) -> list[str]:
    return [code or "" for code in records.values["book"]]


def _titles_of(before: Mapping[str, TaskBook], code: str) -> dict[str, str]:
    return before[code].titles if code in before else {}


def _ids(heads: Mapping[str, object], before: Mapping[str, TaskBook]) -> dict[str, int]:
    """The id of each book of the file; new ones count in the order in which they stand."""
    new = [code for code in heads if code not in before]
    known = {code: row.id for code, row in before.items() if row.id is not None}
    return known | {code: temporary_id(place) for place, code in enumerate(new)}


def _items(session: Session, records: Records, ids: Mapping[str, int]) -> dict[str, Sequence[Any]]:
    books = [ids[code] for code in _codes(records)]
    known = {(row.book_id, row.task): row for row in session.scalars(select(TaskItem))}
    rows = [
        known.get((book, task)) for book, task in zip(books, records.values["task"], strict=True)
    ]
    fields: dict[str, Sequence[Any]] = {
        "book_id": books,
        "task": records.values["task"],
        "place": _places(books),
    }
    for column, field in PLAIN.items():
        if column in records:
            fields[field] = records.values[column]
    for column in ("section", "task"):
        earlier = [getattr(row, f"{column}s") if row is not None else {} for row in rows]
        translated = _translated(records, column, earlier)
        if translated is not None:
            fields[f"{column}s"] = translated
    return fields


def _places(books: Sequence[int]) -> list[int]:
    counted: dict[int, int] = {}
    places = []
    for book in books:
        counted[book] = counted.get(book, 0) + 1
        places.append(counted[book])
    return places


def _translated(
    records: Records, column: str, known: Sequence[Mapping[str, str]]
) -> list[dict[str, str]] | None:
    """The wordings of a column by language, row by row; None where the file has none."""
    if column not in records.languages:
        return None
    columns = {
        language: records.values[name] for language, name in records.languages[column].items()
    }
    return translations(columns, len(records), known)


def _book_rules() -> RowRules:
    return RowRules(
        table=table_of(TaskBook),
        key=("code",),
        defaults={"titles": {}, "positions": [], "active": True},
        name=lambda book: f"{book['code']} {book['title']}",
        expects=lambda _book: False,
    )


def _item_rules(ids: Mapping[str, int], named: Set[int]) -> RowRules:
    codes = {number: code for code, number in ids.items()}
    return RowRules(
        table=table_of(TaskItem),
        key=("book_id", "task"),
        defaults=ITEM_DEFAULTS,
        name=lambda item: f"{codes.get(item['book_id'], '')} {item['task']}",
        expects=lambda item: item["place"] is not None and item["book_id"] not in named,
    )


def _take_out(plan: Plan, session: Session, records: Records, ids: Mapping[str, int]) -> None:
    """Tasks of the file's books that it does not name lose their place; what was done stays."""
    named = {
        (ids[code], task)
        for code, task in zip(_codes(records), records.values["task"], strict=True)
    }
    books = {book for book, _task in named}
    updates = UpdateSet(table_of(TaskItem))
    gone = 0
    for row in session.scalars(select(TaskItem).where(TaskItem.place.is_not(None))):
        if row.book_id in books and (row.book_id, row.task) not in named and row.id is not None:
            updates.add(row.id, ("place",), [row.place], [None])
            plan.samples.append(_("Taken out of the book: {task}", task=row.task))
            gone += 1
    plan.updates += updates.updates()
    plan.counts.changed += gone


def _join(plan: Plan, books: Plan) -> None:
    """Books are written before their tasks; one that changed counts as a change of its own."""
    plan.inserts[:0] = books.inserts
    plan.updates[:0] = books.updates
    plan.counts.changed += books.counts.changed
    plan.samples[:0] = books.samples


def export_task_books(session: Session) -> Exported:
    """All tasks that are in a book, book by book."""
    rows = session.execute(
        select(TaskBook, TaskItem)
        .join(TaskItem, TaskItem.book_id == TaskBook.id)
        .where(TaskItem.place.is_not(None))
        .order_by(TaskBook.code, TaskItem.place, TaskItem.id)
    ).all()
    languages = {
        "title": sorted({one for book, _item in rows for one in book.titles}),
        "section": sorted({one for _book, item in rows for one in item.sections}),
        "task": sorted({one for _book, item in rows for one in item.tasks}),
    }
    headings = ["book", "title", "section", "task", "signer", "within_hours", "evidence",
                "positions"]  # fmt: skip
    for column, codes in languages.items():
        headings += [f"{column}::{code} ({code})" for code in codes]
    return Exported(headings, (_exported(book, item, languages) for book, item in rows))


def _exported(
    book: TaskBook, item: TaskItem, languages: Mapping[str, Sequence[str]]
) -> list[object]:
    wordings = {"title": book.titles, "section": item.sections, "task": item.tasks}
    return [
        book.code,
        book.title,
        item.section,
        item.task,
        item.signer.value,
        item.within_hours,
        item.needs_evidence,
        ";".join(book.positions),
        *(wordings[column].get(code, "") for column, codes in languages.items() for code in codes),
    ]


TASK_BOOKS = register(
    Kind("task_books", COLUMNS, ("book", "task"), plan_task_books, export_task_books)
)
