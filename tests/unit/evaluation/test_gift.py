"""GIFT files: every kind of question, escapes, feedback, categories, and faults by line."""

from __future__ import annotations

import pytest

from bot.evaluation.tests import gift
from bot.i18n import render
from bot.imports.findings import Findings
from bot.imports.kinds import Records


def read(text: str) -> tuple[Records, Findings]:
    found = Findings()
    records = gift.read(text.encode(), found)
    assert records is not None
    return records, found


def one(text: str) -> dict[str, object]:
    """The only question of a file without faults."""
    records, found = read(text)
    assert found.faults == []
    assert len(records) == 1
    return {name: values[0] for name, values in records.values.items()}


def faults(text: str) -> list[tuple[int | None, str]]:
    _records, found = read(text)
    return [(fault.row, fault.code) for fault in found.in_order()]


def test_choice__one_right__numbers_it_and_keeps_feedback() -> None:
    found = one(
        "::Duty:: What is the duty on rice? {=5 %#Right, chapter 10. ~0 %#That is maize. ~10 %}"
    )
    assert found["type"] == "choice"
    assert found["name"] == "Duty"
    assert found["question"] == "What is the duty on rice?"
    assert found["answers"] == ("5 %", "0 %", "10 %")
    assert found["right"] == "1"
    assert found["answer_feedback"] == ("Right, chapter 10.", "That is maize.", "")


def test_choice__weights_without_an_equals_sign__has_several_right() -> None:
    found = one("Which are needed? {~%50%Invoice ~%50%Origin ~%-100%Bus ticket}")
    assert (found["type"], found["right"]) == ("choices", "1 2")
    thirds = one("Which? {~%33.333%a ~%33.333%b ~%33.333%c ~%-50%d}")
    assert thirds["right"] == "1 2 3"


def test_choice__one_weight_of_a_hundred__is_a_single_choice() -> None:
    found = one("Which? {~a ~%100%b ~c}")
    assert (found["type"], found["right"]) == ("choice", "2")


def test_choice__half_right_beside_the_right_one__is_wrong_with_a_warning() -> None:
    records, found = read("\nWho pays? {=The importer ~%50%The agent ~Nobody}")
    assert records.values["right"] == ["1"]
    assert [(one.row, one.code, one.severity) for one in found.faults] == [
        (2, "partly-right", "warning")
    ]


@pytest.mark.parametrize(
    ("text", "right", "feedback"),
    [
        ("Rice is in chapter 10.{T}", "1", ("", "")),
        ("Rice is in chapter 11.{FALSE#No, 10.#Well done.}", "2", ("No, 10.", "Well done.")),
        ("Rice is in chapter 10.{TRUE#No.#Yes.}", "1", ("Yes.", "No.")),
    ],
)
def test_truth__either__is_a_choice_in_every_language(
    text: str, right: str, feedback: tuple[str, str]
) -> None:
    found = one(text)
    assert (found["type"], found["right"]) == ("choice", right)
    assert found["answers"] == ("True", "False")
    assert found["answer_feedback"] == feedback
    assert len(found["answers::km"]) == 2


def test_short_answer__several_wordings__all_count() -> None:
    found = one("Who makes the law?{=Parliament =The Parliament#Indeed.}")
    assert (found["type"], found["right"]) == ("text", "Parliament; The Parliament")
    assert one("Two plus two?{four}")["right"] == "four"


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("{#10}", "10"),
        ("{#10:0.5}", "10 ± 0.5"),
        ("{#10..15}", "12.5 ± 2.5"),
        ("{#-5..5}", "0 ± 5"),
        ("{#0.10:0.020}", "0.1 ± 0.02"),
        ("{#=1822:1#Yes.}", "1822 ± 1"),
    ],
)
def test_numerical__value_tolerance_or_range__is_a_number(answer: str, right: str) -> None:
    found = one(f"How much?{answer}")
    assert (found["type"], found["right"]) == ("number", right)


def test_numerical__partly_right_values__are_left_out_with_a_warning() -> None:
    records, found = read("When?{#=1822:0 =%50%1822:2}")
    assert records.values["right"] == ["1822"]
    assert [one.code for one in found.faults] == ["partly-right"]


def test_missing_word__text_after_the_answers__leaves_a_gap() -> None:
    found = one("Rice is in chapter {=10 ~11 ~12} of the tariff.")
    assert found["question"] == "Rice is in chapter _____ of the tariff."


def test_escapes__signs_of_the_format__are_put_back() -> None:
    found = one("Which is right\\: 2 \\= 2?{=\\{2 \\= 2\\} ~2 \\~ 3 ~C\\:\\\\n\\#1}")
    assert found["question"] == "Which is right: 2 = 2?"
    assert found["answers"] == ("{2 = 2}", "2 ~ 3", "C:\\n#1")


def test_new_line__written_as_an_escape__is_one() -> None:
    assert one("First.\\nSecond?{T}")["question"] == "First.\nSecond?"


def test_html__from_a_moodle_export__becomes_plain_words() -> None:
    found = one("[html]<p>What is <b>HS</b>&nbsp;&amp; why?<br>Say.</p>{=<p>A system</p> ~No}")
    assert found["question"] == "What is HS & why?\nSay."
    assert found["answers"] == ("A system", "No")
    assert one("[plain]Is a <b> a tag?{T}")["question"] == "Is a <b> a tag?"
    assert one("Is 2 < 3 and 4 > 3?{T}")["question"] == "Is 2 < 3 and 4 > 3?"


def test_categories__of_moodle__are_topics() -> None:
    records, _found = read(
        "A?{T}\n\n$CATEGORY: $course$/top/Customs/Valuation\nB?{T}\n\n"
        "$CATEGORY: HS\n\nC?{T}\n// a remark\n\nD?{F}\n"
    )
    assert records.values["topic"] == ["General", "Customs/Valuation", "HS", "HS"]
    assert records.rows == [1, 4, 8, 11]


def test_general_feedback__after_four_signs__is_the_questions_own() -> None:
    found = one("A?{=a ~b#No.####See article 1.}")
    assert found["feedback"] == "See article 1."
    assert found["answer_feedback"] == ("", "No.")


def test_lines__answers_over_several_with_blank_ones__are_one_question() -> None:
    found = one("::T::\nWhich?\n{\n=a\n\n// not this\n~b\n}\n")
    assert found["answers"] == ("a", "b")


def test_windows_file__with_a_mark_and_khmer__is_read() -> None:
    text = "\ufeff::ក::តើ\u200bអង្ករ\u200bនៅ\u200bជំពូក\u200bណា?{=១០ ~១១}\r\n\r\nB?{T}\r\n"
    records, found = read(text)
    assert found.faults == []
    assert records.values["answers"][0] == ("១០", "១១")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\n\nMatch.{=a -> b =c -> d =e -> f}", "matching"),
        ("\n\nWrite about it.{}", "essay"),
        ("\n\nWrite.{ \n }", "essay"),
        ("\n\nWhich?{~a ~b}", "none-right"),
        ("\n\nWhich?{~%60%a ~%60%b ~c}", "weights"),
        ("\n\nWhich?{~%100%a}", "one-answer"),
        ("\n\nWho?{=a*}", "wildcard"),
        ("\n\nWho?{=a;b}", "semicolon"),
        ("\n\nHow much?{#ten}", "no-number"),
        ("\n\nHow much?{#1:x}", "no-number"),
        ("\n\nHow much?{#NaN}", "no-number"),
        ("\n\nHow much?{#1e999999}", "no-number"),
        ("\n\nWhich?{=a ~b\n\nNext?{T", "not-closed"),
        ("\n\n<img src='@@PLUGINFILE@@/a.png'>Which?{=a ~b}", "picture"),
        ("\n\n{=a ~b}", "no-question"),
    ],
)
def test_question__that_cannot_be_taken__is_refused_by_its_line(text: str, code: str) -> None:
    assert faults(text) == [(3, code)]


def test_fault__of_a_question_with_a_title__names_it() -> None:
    _records, found = read("::Essay 1::Write.{}")
    assert render(found.faults[0].sentence, "en") == (
        "“Essay 1”: An essay cannot be marked by itself. Ask it on paper and enter the marks."
    )


def test_text__without_a_question__is_left_out_with_a_warning() -> None:
    records, found = read("Read this first.\n\nA?{T}")
    assert len(records) == 1
    assert [(one.row, one.code, one.severity) for one in found.faults] == [
        (1, "no-answers", "warning")
    ]


def test_file__of_very_many_lines_in_one_brace__is_read_in_no_time() -> None:
    assert faults("Q?{\n" + "~wrong\n" * 200_000) == [(1, "not-closed")]


def test_file__without_any_question__is_refused() -> None:
    assert faults("$CATEGORY: x {\n\n// nothing") == [(None, "no-rows")]


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 {", b"topic,type,question,right\nA,text,B,C\n", b"", b"\xff\xfe{", b"no braces"],
)
def test_file__of_another_kind__is_left_to_the_table(content: bytes) -> None:
    assert gift.read(content, Findings()) is None
