"""What the library's forms ask, read from their Markdown without any of the product's code.

Also what words mean as an answer: the second opinion against which stored values are held.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIBRARY = Path(__file__).resolve().parents[2] / "bot" / "forms" / "library"
EVERY_TYPE = Path(__file__).resolve().parent / "every_type.md"
COLUMN = {"en": "English (en)", "km": "Khmer (km)", "ur": "Urdu (ur)"}
UNASKED = ("hidden", "calculate", "start", "end", "today")
_CELLS = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: `kind` is the first word of its type, `source` its live list, if any."""

    name: str
    kind: str
    source: str
    labels: dict[str, str]
    is_required: bool
    is_conditional: bool
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Form:
    name: str
    titles: dict[str, str]
    questions: tuple[Asked, ...]

    def question(self, name: str) -> Asked:
        return next(one for one in self.questions if one.name == name)

    def with_title(self, title: str, language: str) -> Asked | None:
        """The question that a screen with this bold line puts."""
        return next((one for one in self.questions if one.labels[language] == title), None)


def read_form(path: Path, said: str = "") -> Form:
    """The form in a file; `said` stands for what its labels take from elsewhere."""
    tables = _tables(path.read_text(encoding="utf-8"))
    lists: dict[str, list[Choice]] = {}
    for row in tables.get("choices", []):
        choice = Choice(row["name"], _labels(row, "label", said))
        lists.setdefault(row["list_name"], []).append(choice)
    questions = tuple(
        _asked(row, lists, said)
        for row in tables["survey"]
        if row["type"] not in UNASKED and "group" not in row["type"]
    )
    titles = _labels(tables["settings"][0], "form_title", said)
    return Form(tables["settings"][0]["form_id"], titles, questions)


def library() -> list[Path]:
    """The forms of the library, and one with a question of each type beside them."""
    return [*sorted(LIBRARY.glob("*.md")), EVERY_TYPE]


def meaning(question: Asked, words: str, language: str) -> Any:
    """The value that typed words are as an answer to this question; None if they are none."""
    typed = words.strip()
    digits = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in typed)
    if question.kind == "text":
        return typed or None
    if question.kind in ("integer", "decimal", "range"):
        return _number(question.kind, digits)
    if question.kind == "date":
        return _day(digits)
    if question.kind == "acknowledge":
        return "OK" if digits.casefold() in ("ok", "yes", "y", "1") else None
    if question.kind == "select_one":
        return _chosen(question, typed, digits)
    if question.kind == "select_multiple":
        return [_chosen(question, typed, digits)]
    return None


def _number(kind: str, digits: str) -> Any:
    if re.fullmatch(r"-?\d+", digits):
        return int(digits)
    is_fraction = kind != "integer" and re.fullmatch(r"-?\d+\.\d+", digits)
    return float(digits) if is_fraction else None


def _day(digits: str) -> str | None:
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", digits)
    if found:
        return digits
    found = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", digits)
    return f"{found[3]}-{found[2]}-{found[1]}" if found else None


def _chosen(question: Asked, typed: str, digits: str) -> str | None:
    """A label in any language, else a code, else a place where codes are not numbers."""
    for choice in question.choices:
        if typed.casefold() in {label.casefold() for label in choice.labels.values()}:
            return choice.code
    codes = [choice.code for choice in question.choices]
    if digits in codes:
        return digits
    place = int(digits) - 1 if digits.isdigit() and not codes[0].isdigit() else -1
    return codes[place] if 0 <= place < len(codes) else None


def _asked(row: dict[str, str], lists: dict[str, list[Choice]], said: str) -> Asked:
    kind, _space, rest = row["type"].partition(" ")
    source = rest.removeprefix("rollcall:").removesuffix(".csv") if "from_file" in kind else ""
    return Asked(
        row["name"],
        kind,
        source,
        _labels(row, "label", said),
        row.get("required", "") == "yes",
        bool(row.get("relevant")),
        tuple(lists.get(rest, ())),
    )


def _labels(row: dict[str, str], column: str, said: str) -> dict[str, str]:
    return {
        code: re.sub(r"\$\{\w+\}", said, row[f"{column}::{heading}"])
        for code, heading in COLUMN.items()
    }


def _tables(text: str) -> dict[str, list[dict[str, str]]]:
    tables: dict[str, list[dict[str, str]]] = {}
    heading: list[str] | None = None
    name = ""
    for cells in _rows(text):
        if cells[0]:
            name, heading = cells[0], None
        elif heading is None:
            heading = cells
            tables[name] = []
        else:
            tables[name].append(dict(zip(heading, cells, strict=False)))
    return tables


def _rows(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line.startswith("|"):
            yield [cell.strip().replace("\\|", "|") for cell in _CELLS.split(line)[1:-1]]
