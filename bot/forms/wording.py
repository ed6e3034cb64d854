"""`${name}` inside labels, hints and messages, replaced by the answer as a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from babel import UnknownLocaleError

from bot.forms.compiled import CompiledForm
from bot.forms.expressions import Value, is_blank
from bot.i18n import SOURCE_LANGUAGE, Texts, isolate, locale

REFERENCE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")


def names_in(text: str) -> list[str]:
    """The questions that a wording mentions, in their order."""
    return REFERENCE.findall(text)


def filled(texts: Texts, form: CompiledForm, values: Callable[[], Mapping[str, Value]]) -> Texts:
    """The wordings with answers in place of names; `values` is asked only if there are any."""
    if not any("${" in words for _language, words in texts.by_language):
        return texts
    known = values()
    return Texts(
        tuple(
            (language, _filled_in(words, form, known, readable(language)))
            for language, words in texts.by_language
        )
    )


def _filled_in(words: str, form: CompiledForm, values: Mapping[str, Value], language: str) -> str:
    return REFERENCE.sub(lambda match: _shown(match[1], form, values, language), words)


def _shown(name: str, form: CompiledForm, values: Mapping[str, Value], language: str) -> str:
    step = form.by_name.get(name)
    if step is None or is_blank(values[name]):
        return "…"
    return isolate(step.type.format(values[name], step.question, language), language)


def readable(language: str) -> str:
    """A language whose numbers and dates can be written: this one, else the source language."""
    try:
        locale(language)
    except (UnknownLocaleError, ValueError):
        return SOURCE_LANGUAGE
    return language
