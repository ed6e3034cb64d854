"""What is handed in: a file of some kind, made up, damaged, or a bomb."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hypothesis import strategies as st

from bot.imports import KINDS
from scripts.fuzzing import books, form_rows
from tests.bad_files import (
    cases_people_blank,
    cases_people_clean,
    cases_people_refused,
    cases_training,
)

PROJECT = Path(__file__).resolve().parents[2]
TABLES = ("people", "courses", "classes", "enrolments")
LIBRARY = PROJECT / "bot" / "forms" / "library"


class Sent(NamedTuple):
    """A file and what it is said to hold: people, courses, classes, enrolments or forms."""

    kind: str
    content: bytes

    def __repr__(self) -> str:
        return f"{self.kind} of {len(self.content)} bytes"


def bombs(megabytes: int) -> Iterator[Sent]:
    """Files that are small only until they are unpacked."""
    for content in (books.bomb(megabytes), books.lying(megabytes // 8)):
        yield Sent("people", content)
        yield Sent("forms", content)


def files() -> st.SearchStrategy[Sent]:
    """A file of any kind."""
    return st.one_of(_table(), _form(), _damaged(), _damaged())


@st.composite
def _table(draw: st.DrawFn) -> Sent:
    kind = draw(st.sampled_from(TABLES))
    headings = tuple(column.name for column in KINDS[kind].columns)
    if draw(st.booleans()):
        return Sent(kind, draw(books.text(headings)))
    return Sent(kind, draw(books.hostile_book(headings, kind)))


@st.composite
def _form(draw: st.DrawFn) -> Sent:
    if draw(st.booleans()):
        return Sent("forms", draw(form_rows.markdown()).encode(errors="surrogatepass"))
    return Sent("forms", draw(books.hostile_book(form_rows.HEADINGS, "survey")))


@st.composite
def _damaged(draw: st.DrawFn) -> Sent:
    kind, content = draw(st.sampled_from(_originals()))
    return Sent(kind, books.damaged(content, draw(st.integers(0, 2**32))))


@cache
def _originals() -> list[tuple[str, bytes]]:
    """Every file of the table of bad files, the forms that come along, and other people's."""
    cases = (
        *cases_people_blank.CASES,
        *cases_people_clean.CASES,
        *cases_people_refused.CASES,
        *cases_training.CASES,
    )
    named = os.environ.get("FORM_CORPUS")
    corpus = Path(named) if named else PROJECT.parent / "shared" / "xlsforms"
    forms = [*sorted(LIBRARY.glob("*.md")), *sorted(corpus.glob("*.xls*"))]
    tables = [(case.kind, case.build()) for case in cases]
    return [*tables, *(("forms", path.read_bytes()) for path in forms)]
