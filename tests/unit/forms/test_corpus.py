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
from tests.unit.forms.making import NOON, walk_to_the_end

Refusals = list[tuple[str, int, str]]

PROJECT = Path(__file__).resolve().parents[3]
EXPECTED: dict[str, Refusals] = {
    "ODKValidateWarnings.xlsx": [],
    "UCL_Biomass_Plot_Form.xlsx": [
        ("survey", 16, "foreign_file"),
        ("survey", 17, "foreign_file"),
        ("survey", 18, "foreign_file"),
        ("survey", 20, "foreign_file"),
        ("survey", 22, "type_comes_later"),
        ("survey", 23, "type_comes_later"),
        ("survey", 26, "unknown_function"),
        ("survey", 26, "unknown_function"),
        ("survey", 26, "unknown_function"),
        ("survey", 27, "unknown_function"),
        ("survey", 27, "unknown_function"),
        ("survey", 27, "unknown_function"),
        ("survey", 32, "type_not_in_chat"),
        ("survey", 35, "foreign_file"),
        ("survey", 43, "type_not_in_chat"),
        ("survey", 46, "type_comes_later"),
        ("survey", 56, "type_not_in_chat"),
        ("survey", 57, "foreign_file"),
        ("survey", 65, "type_comes_later"),
        ("survey", 72, "type_not_in_chat"),
        ("survey", 73, "foreign_file"),
        ("survey", 80, "type_not_in_chat"),
        ("survey", 81, "foreign_file"),
    ],
    "allow_comment_rows_test.xls": [],
    "attribute_columns_test.xlsx": [
        ("survey", 10, "no_label"),
        ("survey", 15, "type_not_in_chat"),
        ("survey", 32, "type_comes_later"),
        ("survey", 33, "type_comes_later"),
        ("survey", 34, "type_comes_later"),
        ("survey", 35, "type_not_in_chat"),
        ("survey", 36, "type_comes_later"),
        ("survey", 37, "type_comes_later"),
        ("survey", 38, "type_not_in_chat"),
        ("survey", 52, "type_device_only"),
        ("survey", 54, "type_device_only"),
    ],
    "bad_calc.xlsx": [
        ("survey", 2, "open_quote"),
    ],
    "badly_named_choices_sheet.xls": [],
    "blank_second_row.xls": [],
    "calculate.xls": [],
    "calculate_without_calculation.xls": [
        ("survey", 4, "no_label"),
        ("survey", 9, "type_not_in_chat"),
        ("survey", 26, "type_comes_later"),
        ("survey", 27, "type_comes_later"),
        ("survey", 28, "type_comes_later"),
        ("survey", 29, "type_not_in_chat"),
        ("survey", 30, "type_comes_later"),
        ("survey", 31, "type_comes_later"),
        ("survey", 32, "type_not_in_chat"),
        ("survey", 34, "no_calculation"),
        ("survey", 44, "type_device_only"),
        ("survey", 46, "type_device_only"),
    ],
    "cascading_select_test_equivalent.xls": [],
    "case_insensitivity.xls": [
        ("SURVEY", 3, "type_not_in_chat"),
        ("SURVEY", 4, "type_not_in_chat"),
    ],
    "case_insensitivity.xlsx": [
        ("SURVEY", 3, "type_not_in_chat"),
        ("SURVEY", 4, "type_not_in_chat"),
    ],
    "choice_filter_test.xlsx": [],
    "choice_name_as_type.xls": [
        ("survey", 3, "type_not_in_chat"),
    ],
    "choice_name_same_as_select_name.xls": [],
    "default_time_demo.xls": [
        ("survey", 2, "type_comes_later"),
    ],
    "duplicate_columns.xlsx": [
        ("survey", 1, "doubled_column"),
        ("survey", 10, "no_label"),
        ("survey", 16, "type_not_in_chat"),
        ("survey", 33, "type_comes_later"),
        ("survey", 34, "type_comes_later"),
        ("survey", 35, "type_comes_later"),
        ("survey", 36, "type_not_in_chat"),
        ("survey", 37, "type_comes_later"),
        ("survey", 38, "type_comes_later"),
        ("survey", 39, "type_not_in_chat"),
        ("survey", 51, "type_device_only"),
        ("survey", 53, "type_device_only"),
    ],
    "extra_columns.xls": [],
    "extra_columns.xlsx": [],
    "extra_sheet_names.xlsx": [],
    "field-list.xlsx": [],
    "flat_xlsform_test.xlsx": [
        ("survey", 3, "forward_reference"),
        ("survey", 10, "no_label"),
        ("survey", 32, "type_comes_later"),
        ("survey", 33, "type_comes_later"),
        ("survey", 34, "type_comes_later"),
        ("survey", 35, "type_not_in_chat"),
        ("survey", 36, "type_comes_later"),
        ("survey", 37, "type_comes_later"),
        ("survey", 38, "type_not_in_chat"),
        ("survey", 52, "type_device_only"),
        ("survey", 54, "type_device_only"),
    ],
    "gps.xls": [
        ("survey", 2, "type_comes_later"),
    ],
    "group.xls": [],
    "group.xlsx": [],
    "group_name_test.xls": [
        ("survey", 3, "no_name"),
    ],
    "hidden.xls": [],
    "ict_survey_fails.xls": [],
    "include.xls": [
        ("survey", 3, "type_not_in_chat"),
    ],
    "include.xlsx": [
        ("survey", 3, "type_not_in_chat"),
    ],
    "include_json.xls": [
        ("survey", 2, "type_not_in_chat"),
    ],
    "include_json.xlsx": [
        ("survey", 2, "type_not_in_chat"),
    ],
    "loop.xls": [
        ("survey", 3, "type_not_in_chat"),
    ],
    "loop.xlsx": [
        ("survey", 3, "type_not_in_chat"),
    ],
    "or_other.xlsx": [
        ("survey", 3, "unknown_choice_column"),
    ],
    "pull_data.xlsx": [
        ("survey", 2, "unknown_function"),
    ],
    "repeat_date_test.xls": [
        ("survey", 4, "type_not_in_chat"),
    ],
    "simple_loop.xls": [
        ("survey", 2, "type_not_in_chat"),
    ],
    "sms_info.xls": [
        ("survey", 9, "type_comes_later"),
        ("survey", 10, "type_comes_later"),
        ("survey", 16, "type_device_only"),
    ],
    "spaces_in_choices_header.xls": [],
    "specify_other.xls": [],
    "specify_other.xlsx": [],
    "style_settings.xls": [],
    "survey_no_name.xlsx": [],
    "table-list.xls": [],
    "text_and_integer.xls": [],
    "text_and_integer.xlsx": [],
    "tutorial.xls": [
        ("survey", 2, "type_not_in_chat"),
    ],
    "unknown_question_type.xls": [
        ("survey", 1, "doubled_column"),
        ("survey", 2, "unknown_type"),
        ("survey", 3, "unknown_type"),
        ("survey", 8, "type_device_only"),
        ("survey", 9, "type_device_only"),
        ("survey", 10, "type_device_only"),
        ("survey", 14, "path"),
        ("survey", 15, "path"),
        ("survey", 16, "path"),
        ("survey", 17, "path"),
        ("survey", 18, "path"),
        ("survey", 19, "path"),
        ("survey", 27, "type_comes_later"),
        ("survey", 28, "type_comes_later"),
        ("survey", 31, "path"),
        ("survey", 32, "path"),
        ("survey", 33, "path"),
        ("survey", 34, "path"),
        ("survey", 35, "path"),
        ("survey", 36, "path"),
        ("survey", 38, "path"),
        ("survey", 39, "path"),
        ("survey", 40, "path"),
        ("survey", 41, "path"),
        ("survey", 43, "path"),
        ("survey", 44, "path"),
        ("survey", 45, "path"),
        ("survey", 46, "path"),
        ("survey", 47, "path"),
        ("survey", 48, "path"),
        ("survey", 49, "path"),
        ("survey", 52, "unknown_type"),
    ],
    "widgets.xls": [
        ("survey", 6, "type_comes_later"),
        ("survey", 11, "type_comes_later"),
        ("survey", 12, "type_not_in_chat"),
        ("survey", 13, "type_comes_later"),
        ("survey", 14, "type_comes_later"),
        ("survey", 15, "type_not_in_chat"),
        ("survey", 17, "type_comes_later"),
        ("survey", 18, "type_comes_later"),
    ],
    "xl_date_ambiguous.xlsx": [
        ("survey", 5, "foreign_sign"),
    ],
    "xl_date_ambiguous_v1.xlsx": [],
    "xlsform_spec_test.xlsx": [
        ("survey", 10, "no_label"),
        ("survey", 15, "type_not_in_chat"),
        ("survey", 32, "type_comes_later"),
        ("survey", 33, "type_comes_later"),
        ("survey", 34, "type_comes_later"),
        ("survey", 35, "type_not_in_chat"),
        ("survey", 36, "type_comes_later"),
        ("survey", 37, "type_comes_later"),
        ("survey", 38, "type_not_in_chat"),
        ("survey", 52, "type_device_only"),
    ],
    "xml_escaping.xls": [],
    "yes_or_no_question.xls": [],
    "yes_or_no_question.xlsx": [],
}


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
