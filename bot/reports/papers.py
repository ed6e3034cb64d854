"""Papers of headings, lines and tables, in the local language and then in English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.i18n import LANGUAGES, SOURCE_LANGUAGE, Words, _, is_right_to_left, render


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its share of the width, 0 for as wide as it needs."""

    head: Words
    width: int = 0
    number: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with lines, a table below them, and notes below that; all but one may be empty."""

    title: Words = ""
    lines: tuple[Words, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: Sequence[tuple[object, ...]] = ()
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; `signed` are those who sign it, from the start side."""

    title: Words
    facts: tuple[Words, ...]
    blocks: tuple[Block, ...]
    signed: tuple[Words, ...] = ()
    landscape: bool = False
    languages: tuple[str, ...] = field(default=(SOURCE_LANGUAGE,))


def languages_for(local: str, reader: str) -> tuple[str, ...]:
    """The administration's own language, the reader's where that is English, then English."""
    first = local if local != SOURCE_LANGUAGE else reader
    return tuple(one for one in dict.fromkeys((first, SOURCE_LANGUAGE)) if one in LANGUAGES)


def pdf(paper: Paper, made_at: dt.datetime | None = None) -> bytes:
    """An A4 PDF; each language begins a page of its own."""
    from bot.reports.typesetting import typeset

    content = {
        "landscape": paper.landscape,
        "parts": [_part(paper, language) for language in paper.languages],
    }
    return typeset("paper", paper.title, content, paper.languages[0], made_at)


def _part(paper: Paper, language: str) -> dict[str, object]:
    from bot.reports import fonts
    from bot.reports.typesetting import LEADING

    return {
        "language": language,
        "mirrored": is_right_to_left(language),
        "fonts": fonts.families(language),
        "leading": LEADING.get(language, 0.65),
        "title": render(paper.title, language),
        "facts": [render(words, language) for words in paper.facts if words],
        "blocks": [_block(block, language) for block in paper.blocks],
        "signatures": [render(words, language) for words in paper.signed],
        "date": render(_("Date"), language),
    }


def _block(block: Block, language: str) -> dict[str, object]:
    return {
        "title": render(block.title, language),
        "lines": [render(words, language) for words in block.lines if words],
        "heads": [render(column.head, language) for column in block.columns],
        "widths": [column.width for column in block.columns],
        "numbers": [column.number for column in block.columns],
        "rows": [[_cell(value, language) for value in row] for row in block.rows],
        "notes": [render(words, language) for words in block.notes if words],
    }


def _cell(value: object, language: str) -> str:
    return "" if value is None else render(value, language)
