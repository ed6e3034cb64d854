"""A workbook understood as far as it goes: rows with fields and languages, before any check.

The draft keeps everything a check needs to point back to the sheet: row numbers and the
headings as they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bot.forms.definition import TABLE_LIST, Question
from bot.forms.headings import (
    CHOICES,
    SETTINGS,
    SURVEY,
    TRANSLATED,
    Heading,
    Vocabulary,
    language_code,
    read_headings,
)
from bot.forms.type_names import BEGIN, END, FROM_FILE, TypeWords, read_type
from bot.forms.workbook import Line, Sheet, Workbook

OTHER = "other"
"""The code that or_other adds, as pyxform does."""

UNNAMED = ""
"""Stands for the language of a column that names none, until the default is known."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: single cells by field, wordings by field and language, the rest by heading."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)

    def cell(self, name: str) -> str:
        """A cell by its field, "" if it is empty."""
        return self.cells.get(name, "")

    def has_words(self, name: str) -> bool:
        """Whether there is a wording in any language."""
        return any(self.texts.get(name, {}).values())


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name in the file, its headings, its rows."""

    name: str
    headings: tuple[Heading, ...] = ()
    rows: tuple[Row, ...] = ()
    stray: int = 0
    """The first row with a cell below no heading; 0 where there is none."""

    def heading(self, name: str) -> str:
        """How the column of a field is written in the file."""
        written = (heading.written for heading in self.headings if heading.field == name)
        return next(written, name)

    def has(self, name: str) -> bool:
        return any(heading.field == name for heading in self.headings)


class Item(NamedTuple):
    """A row of the survey that means something, with the names of the groups around it."""

    row: Row
    type: TypeWords
    name: str
    groups: tuple[str, ...]

    @property
    def is_group(self) -> bool:
        return self.type.name == BEGIN

    @property
    def is_grid(self) -> bool:
        return self.is_group and TABLE_LIST in self.row.cell("appearance").split()

    @property
    def is_end(self) -> bool:
        return self.type.name == END

    @property
    def is_question(self) -> bool:
        return self.type.name not in ("", BEGIN, END)

    @property
    def has_choices(self) -> bool:
        return self.type.name in ("select_one", "select_multiple")

    @property
    def is_from_file(self) -> bool:
        return self.type.name.endswith(FROM_FILE)


@dataclass(frozen=True)
class Draft:
    """The three sheets of a form and what their rows mean."""

    survey: Table
    choices: Table
    settings: Table
    items: tuple[Item, ...]
    lists: Mapping[str, tuple[Row, ...]]
    default_language: str
    languages: tuple[str, ...]

    @property
    def setting(self) -> Row:
        """The row of settings; empty if there is none."""
        return self.settings.rows[0] if self.settings.rows else Row(2)

    def questions(self) -> Iterator[Item]:
        return (item for item in self.items if item.is_question)

    def is_anonymous(self) -> bool:
        return is_yes(self.setting.cell("anonymous"))


def is_yes(cell: str) -> bool:
    """Whether a cell says yes, as pyxform reads it."""
    return cell.strip().lower() in ("yes", "true", "true()", "1")


def draft_of(workbook: Workbook, fallback_language: str) -> Draft:
    """The draft of a workbook; words without a language are in the default language.

    That is the one the settings name, else `fallback_language` where there are such words,
    else the first language of the headings.
    """
    survey = _table(workbook.sheets["survey"], SURVEY)
    choices = _table(workbook.sheets.get("choices"), CHOICES, "choices")
    settings = _table(workbook.sheets.get("settings"), SETTINGS, "settings")
    default = _default_language(survey, settings, fallback_language)
    survey, choices, settings = (
        _in_default(table, default) for table in (survey, choices, settings)
    )
    return Draft(
        survey=survey,
        choices=choices,
        settings=settings,
        items=tuple(_items(survey.rows)),
        lists=_lists(choices.rows),
        default_language=default,
        languages=_languages((survey, choices, settings), default),
    )


def probe(item: Item) -> Question:
    """A question with just what tells its kind and dependencies."""
    return Question(
        name=item.name,
        type=item.type.name.partition(" ")[0],
        calculation=item.row.cell("calculation"),
        row=item.row.number,
    )


def _table(sheet: Sheet | None, vocabulary: Vocabulary, name: str = "") -> Table:
    if sheet is None:
        return Table(name)
    headings = read_headings(sheet.header, vocabulary)
    rows = tuple(_row(line, headings) for line in sheet.lines)
    stray = (line.number for line in sheet.lines if _has_stray_cell(line, headings))
    return Table(sheet.name, headings, rows, next(stray, 0))


def _has_stray_cell(line: Line, headings: tuple[Heading, ...]) -> bool:
    return any(
        cell and not (place < len(headings) and headings[place].written)
        for place, cell in enumerate(line.cells)
    )


def _row(line: Line, headings: tuple[Heading, ...]) -> Row:
    cells: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    extra: dict[str, str] = {}
    for heading, cell in zip(headings, line.cells, strict=False):
        if not cell or not heading.written:
            continue
        if not heading.field:
            extra[heading.written] = cell
        elif heading.field in TRANSLATED:
            code = language_code(heading.language) if heading.language else UNNAMED
            texts.setdefault(heading.field, {}).setdefault(code, cell)
        else:
            cells.setdefault(heading.field, cell)
    return Row(line.number, cells, texts, extra)


def _default_language(survey: Table, settings: Table, fallback: str) -> str:
    said = settings.rows[0].cell("default_language") if settings.rows else ""
    if said and said.lower() != "default":
        return language_code(said)
    labels = [heading for heading in survey.headings if heading.field == "label"]
    if labels and all(heading.language for heading in labels):
        return language_code(labels[0].language)
    return fallback


def _in_default(table: Table, default: str) -> Table:
    rows = tuple(
        replace(row, texts={name: _named(texts, default) for name, texts in row.texts.items()})
        for row in table.rows
    )
    return replace(table, rows=rows)


def _named(texts: Mapping[str, str], default: str) -> dict[str, str]:
    if UNNAMED not in texts:
        return dict(texts)
    named = {code: words for code, words in texts.items() if code != UNNAMED}
    return {default: texts[UNNAMED], **named}


def _languages(tables: Iterable[Table], default: str) -> tuple[str, ...]:
    found = {
        language_code(heading.language): None
        for table in tables
        for heading in table.headings
        if heading.language and heading.field
    }
    return tuple({default: None, **found})


def _items(rows: Iterable[Row]) -> Iterator[Item]:
    open_groups: list[str] = []
    for row in rows:
        written = row.cell("type")
        if not written or is_yes(row.cell("disabled")):
            continue
        words = read_type(written)
        name = row.cell("name")
        if words.name == "note" and not name:
            name = f"generated_note_name_{row.number}"
        if words.name == END and open_groups:
            open_groups.pop()
        yield Item(row, words, name, tuple(open_groups))
        if words.name == BEGIN:
            open_groups.append(name)


def _lists(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    lists: dict[str, list[Row]] = {}
    for row in rows:
        if name := row.cell("list_name"):
            lists.setdefault(name, []).append(row)
    return {name: tuple(members) for name, members in lists.items()}
