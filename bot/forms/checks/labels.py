"""Wordings: missing, not translated, longer than a chat message holds."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Fault, Severity
from bot.forms.checks.finding import at, warning
from bot.forms.draft import Draft, Item, Row, Table
from bot.forms.headings import MEDIA
from bot.i18n import _, _n

MESSAGE = 4096
ROOM_FOR_FRAME = 200
"""What the form's title, the progress and the hint about buttons take of a message."""
LONG_LABEL = 700
LONG_CHOICE = 60
TRANSLATABLE = ("label", "hint", "required_message", "constraint_message")


def check(draft: Draft) -> Iterator[Fault]:
    for item in draft.items:
        if _is_shown(item):
            yield from _label(draft, item)
    yield from _translations(draft, draft.survey)
    yield from _translations(draft, draft.choices)
    for item in draft.questions():
        if _is_shown(item):
            yield from _length(draft, item)


def _is_shown(item: Item) -> bool:
    unasked = ("calculate", "hidden", "start", "end", "today", "username", "deviceid")
    return item.is_question and item.type.name not in unasked


def _label(draft: Draft, item: Item) -> Iterator[Fault]:
    if item.row.has_words("label"):
        return
    if item.row.has_words("hint"):
        yield warning(
            draft.survey,
            item.row,
            "label",
            "hint_as_label",
            _("This question has no label. Its hint is shown instead."),
        )
        return
    media = any(item.row.has_words(field) for field in MEDIA)
    sentence = (
        _("This question shows media only, which the chat does not. Write a label.")
        if media
        else _("This question has no label. Write what is to be asked.")
    )
    yield at(draft.survey, item.row, "label", "no_label", sentence)


def _translations(draft: Draft, table: Table) -> Iterator[Fault]:
    for field in TRANSLATABLE:
        rows = [row for row in table.rows if row.has_words(field)]
        for language in draft.languages if rows else ():
            lacking = [row for row in rows if not row.texts[field].get(language)]
            if lacking:
                yield _untranslated(table, lacking, field, language)


def _untranslated(table: Table, rows: list[Row], field: str, language: str) -> Fault:
    return Fault(
        _n(
            "{count} row has no {field} in the language {language}; another language is shown.",
            "{count} rows from here on have no {field} in the language {language}; another "
            "language is shown.",
            len(rows),
            field=field,
            language=language,
        ),
        table.name,
        rows[0].number,
        table.heading(field),
        Severity.WARNING,
        "no_translation",
    )


def _length(draft: Draft, item: Item) -> Iterator[Fault]:
    labels = item.row.texts.get("label", {})
    hints = item.row.texts.get("hint", {})
    longest = max((len(words) for words in labels.values()), default=0)
    total = longest + max((len(words) for words in hints.values()), default=0)
    room = MESSAGE - ROOM_FOR_FRAME - _choices_length(draft, item)
    if total > room:
        yield at(
            draft.survey,
            item.row,
            "label",
            "message_too_long",
            _(
                "Question, hint and choices together are longer than a chat message by {count} "
                "characters. Shorten them.",
                count=total - room,
            ),
        )
    elif longest > LONG_LABEL:
        yield warning(
            draft.survey,
            item.row,
            "label",
            "long_label",
            _(
                "The label has {count} characters, more than a phone shows at once. "
                "At most {limit} read well.",
                count=longest,
                limit=LONG_LABEL,
            ),
        )


def _choices_length(draft: Draft, item: Item) -> int:
    """Characters of the choices, where they are written out because they are long for buttons."""
    if not item.has_choices:
        return 0
    lengths = [
        max(map(len, row.texts.get("label", {"": row.cell("name")}).values()))
        for row in draft.lists.get(item.type.list_name, ())
    ]
    written_out = any(length > LONG_CHOICE for length in lengths) and len(lengths) <= 90
    return sum(lengths) + 5 * len(lengths) if written_out else 0
