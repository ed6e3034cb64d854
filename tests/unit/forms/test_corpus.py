"""Workbooks that nobody here wrote: each imports and can be answered, or is refused with reason.

The folder is named by FORM_CORPUS, else it is `../shared/xlsforms` beside the project.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pyxform.xls2xform import convert

from bot.forms import engine
from bot.forms.definition import FormDefinition, from_json, to_json
from bot.forms.expression_syntax import normalise
from bot.forms.importer import ImportedForm, import_form
from tests.unit.forms.corpus_expected import EXPECTED
from tests.unit.forms.making import NOON, walk_to_the_end

PROJECT = Path(__file__).resolve().parents[3]


def corpus() -> Path:
    named = os.environ.get("FORM_CORPUS")
    folder = Path(named) if named else PROJECT.parent / "shared" / "xlsforms"
    if not folder.is_dir():
        pytest.fail(f"no workbooks in {folder}: name their folder in FORM_CORPUS")
    return folder


@cache
def result_of(name: str) -> ImportedForm:
    return import_form(corpus() / name)


def imported(name: str) -> FormDefinition:
    form = result_of(name).definition
    assert form is not None
    return form


TAKEN = sorted(name for name, refusals in EXPECTED.items() if not refusals)


def test_corpus__every_workbook__has_an_expectation() -> None:
    names = {path.name for path in corpus().iterdir() if path.suffix in (".xls", ".xlsx")}
    assert names == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_corpus__workbook__imports_or_is_refused_as_expected(name: str) -> None:
    result = result_of(name)
    found = sorted((fault.sheet or "", fault.row or 0, fault.code) for fault in result.refusals)
    assert found == sorted(EXPECTED[name])
    assert (result.definition is None) == bool(EXPECTED[name])


@pytest.mark.parametrize("name", TAKEN)
def test_corpus__imported_form__is_the_same_after_json(name: str) -> None:
    form = imported(name)
    assert from_json(to_json(form)) == form


ADDED_BY_PYXFORM = ("generated_table_list", "reserved_name_for", "instance")


def names_pyxform_reads(children: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Name and relevance of every question in pyxform's own reading."""
    for child in children:
        if child["type"] == "group":
            yield from names_pyxform_reads(child["children"])
        elif not child["name"].startswith(ADDED_BY_PYXFORM):
            relevant = child.get("bind", {}).get("relevant", "")
            yield child["name"], re.sub(r"\.\./(\w+)", r"${\1}", relevant)


@pytest.mark.parametrize("name", TAKEN)
def test_corpus__imported_form__has_the_questions_that_pyxform_reads(name: str) -> None:
    converted = convert(corpus() / name, validate=False)
    read = dict(names_pyxform_reads(converted._pyxform["children"]))
    form = imported(name)
    assert [question.name for question in form.questions] == list(read)
    for question in form.questions:
        assert normalise(read[question.name]) in question.relevant


@pytest.mark.parametrize("name", TAKEN)
@pytest.mark.parametrize("seed", range(5))
def test_corpus__imported_form__can_be_answered_to_the_end(name: str, seed: int) -> None:
    form = imported(name)
    state = walk_to_the_end(form, random.Random(seed))
    answers = engine.complete(form, state, NOON)
    assert isinstance(answers, dict), answers
    irrelevant = {
        line.question.name for line in engine.summary(form, state, NOON) if not line.relevant
    }
    assert irrelevant.isdisjoint(answers)
