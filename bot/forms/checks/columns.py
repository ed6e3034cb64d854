"""Columns: missing, doubled, mistyped, and those that have no effect in a chat."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Fault, Severity
from bot.forms.draft import Draft, Table
from bot.forms.headings import (
    CHOICES,
    MEDIA,
    SURVEY,
    Heading,
    is_known_language,
    language_code,
)
from bot.forms.nearest import nearest
from bot.i18n import Text, _

HEADER_ROW = 1
_NEEDED = {"survey": ("type", "name"), "choices": ("list_name", "name")}


def check(draft: Draft) -> Iterator[Fault]:
    for name, table in (("survey", draft.survey), ("choices", draft.choices)):
        yield from _missing(name, table)
        yield from _doubled(table)
        yield from _media(table)
        yield from _stray(table)
    yield from _unknown_in_survey(draft.survey)
    yield from _unknown_in_choices(draft.choices)
    yield from _languages(draft)


def _fault(table: Table, heading: str, severity: Severity, code: str, sentence: Text) -> Fault:
    return Fault(sentence, table.name, HEADER_ROW, heading or None, severity, code)


def _missing(name: str, table: Table) -> Iterator[Fault]:
    if name == "choices" and not table.rows:
        return
    for field in _NEEDED[name]:
        if not table.has(field):
            yield _fault(
                table,
                field,
                Severity.REFUSED,
                "missing_column",
                _("The column {column} is missing. Its heading belongs in row 1.", column=field),
            )


def _doubled(table: Table) -> Iterator[Fault]:
    seen: dict[tuple[str, str], str] = {}
    for heading in table.headings:
        if not heading.written:
            continue
        language = language_code(heading.language) if heading.language else ""
        key = (heading.field or heading.written, language)
        if key in seen:
            yield _fault(
                table,
                heading.written,
                Severity.REFUSED,
                "doubled_column",
                _(
                    "The columns {first} and {second} mean the same. Remove one of them.",
                    first=seen[key],
                    second=heading.written,
                ),
            )
        seen.setdefault(key, heading.written)


def _media(table: Table) -> Iterator[Fault]:
    for heading in table.headings:
        if heading.field in MEDIA and any(row.has_words(heading.field) for row in table.rows):
            yield _fault(
                table,
                heading.written,
                Severity.WARNING,
                "media_ignored",
                _("Pictures, sound and video of a form are not shown in the chat."),
            )


def _stray(table: Table) -> Iterator[Fault]:
    if table.stray:
        yield Fault(
            _("A cell in this row stands below no heading and is not read."),
            table.name,
            table.stray,
            None,
            Severity.WARNING,
            "cell_without_heading",
        )


def _unknown_in_survey(table: Table) -> Iterator[Fault]:
    given = {heading.field for heading in table.headings}
    for heading in table.headings:
        if heading.field or not heading.written:
            continue
        near = _near(heading, SURVEY.fields - given) if _is_used(table, heading) else ""
        if near:
            yield _fault(
                table,
                heading.written,
                Severity.REFUSED,
                "mistyped_column",
                _(
                    "There is no column {column}. Did you mean {near}?",
                    column=heading.written,
                    near=near,
                ),
            )
        else:
            yield _fault(
                table,
                heading.written,
                Severity.WARNING,
                "unknown_column",
                _("The column {column} has no effect here.", column=heading.written),
            )


def _unknown_in_choices(table: Table) -> Iterator[Fault]:
    """Other columns of the choices serve filters and scores; only a lost label is looked for."""
    if table.has("label") or not table.rows:
        return
    for heading in table.headings:
        if heading.field or not heading.written:
            continue
        if _near(heading, CHOICES.fields) == "label":
            yield _fault(
                table,
                heading.written,
                Severity.REFUSED,
                "mistyped_column",
                _(
                    "There is no column {column}. Did you mean {near}?",
                    column=heading.written,
                    near="label",
                ),
            )


def _is_used(table: Table, heading: Heading) -> bool:
    return any(heading.written in row.extra for row in table.rows)


def _near(heading: Heading, fields: frozenset[str]) -> str:
    first = heading.written.split(":")[0].strip().lower()
    word = "_".join(first.replace("-", " ").split())
    return nearest(word, fields, 0.84)


def _languages(draft: Draft) -> Iterator[Fault]:
    seen: set[str] = set()
    for table in (draft.survey, draft.choices):
        for heading in table.headings:
            code = language_code(heading.language) if heading.language else ""
            if not code or code in seen:
                continue
            seen.add(code)
            if not is_known_language(code):
                yield _fault(
                    table,
                    heading.written,
                    Severity.WARNING,
                    "unknown_language",
                    _(
                        "The language {language} is not known. Write its code in brackets, as in "
                        "{example}.",
                        language=heading.language,
                        example="label::Khmer (km)",
                    ),
                )
