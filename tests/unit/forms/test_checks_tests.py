"""What is wrong with tests, shuffled order, grids and windows, each at its row and column."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.forms.rules import Rules, closing, deadline, opening, rules_of
from tests.unit.forms.making import YES_NO, Place, form_of, found_in, survey

HEAD = "type | name | label | correct | score"
NUMBERS = ("list_name | name | label", "n | 1 | One", "n | 2 | Two", "yn | yes | Yes")

CASES: list[tuple[str, str, set[Place]]] = [
    (
        "codes that no choice has",
        survey(
            HEAD, "select_one yn | a | A? | Yess |", "select_multiple yn | b | B? | yes maybe |",
            choices=YES_NO,
        ),
        {("survey", row, "correct", "unknown_correct_code") for row in (2, 3)},
    ),
    (
        "points that are none",
        survey(HEAD, "text | a | A? | | 2", "text | b | B? | x | many", "text | c | C? | x | 0"),
        {
            ("survey", 2, "score", "score_without_correct"),
            ("survey", 3, "score", "bad_score"),
            ("survey", 4, "score", "bad_score"),
        },
    ),
    (
        "correct where nothing can be",
        survey(
            f"{HEAD} | calculation | read_only", "note | a | A? | x | | |",
            "calculate | b | | 2 | | 1 + 1 |", "text | c | C? | x | | | yes",
            "image | d | D? | x | | |", "acknowledge | e | E? | OK | | |",
        ),
        {
            ("survey", 2, "correct", "correct_of_this_type"),
            ("survey", 3, "correct", "correct_of_calculated"),
            ("survey", 4, "correct", "correct_of_calculated"),
            ("survey", 5, "correct", "correct_of_this_type"),
            ("survey", 6, "correct", "correct_of_this_type"),
        },
    ),
    (
        "numbers and dates that are none",
        survey(
            HEAD, "integer | a | A? | ten |", "decimal | b | B? | 1 ± x |",
            "decimal | c | C? | 1 ± 0,5 |", "date | d | D? | soon |",
        ),
        {
            ("survey", 2, "correct", "bad_correct_number"),
            ("survey", 3, "correct", "bad_correct_number"),
            ("survey", 5, "correct", "bad_correct_date"),
        },
    ),
    (
        "rules that are none",
        survey(
            "type | name | label | correct", "text | a | A? | x",
            settings=(
                "pass_mark | attempts | time_limit | show_result | opens | closes",
                "101 | 0 | soon | always | 2026-13-01 | tomorrow",
            ),
        ),
        {
            ("settings", 2, "pass_mark", "bad_number"),
            ("settings", 2, "attempts", "bad_number"),
            ("settings", 2, "time_limit", "bad_number"),
            ("settings", 2, "show_result", "bad_show_result"),
            ("settings", 2, "opens", "bad_moment"),
            ("settings", 2, "closes", "bad_moment"),
        },
    ),
    (
        "a pass mark of what is no test, closed before it opens",
        survey(
            "type | name | label", "text | a | A?",
            settings=(
                "pass_mark | show_result | opens | closes",
                "50 | end | 2026-03-02 10:00 | 2026-03-02 10:00",
            ),
        ),
        {
            ("settings", 2, "pass_mark", "nothing_is_correct"),
            ("settings", 2, "show_result", "nothing_is_correct"),
            ("settings", 2, "closes", "window_shut"),
        },
    ),
    (
        "scales that are shuffled",
        survey(
            "type | name | label | parameters | appearance",
            "select_one n | a | A? | randomize=true |",
            "select_one yn | b | B? | randomize=true | likert",
            "begin_group | g | G | | table-list",
            "select_one yn | c | C? | randomize=true |",
            "end_group | | | |",
            "select_one yn | d | D? | randomize=maybe |",
            "select_one yn | e | E? | randomize=true seed=${d} |",
            "select_one yn | f | F? | randomize=true, seed=42 |",
            "select_one n | h | H? | randomize=false |",
            choices=NUMBERS,
        ),
        {
            ("survey", 2, "parameters", "shuffled_scale"),
            ("survey", 3, "parameters", "shuffled_scale"),
            ("survey", 5, "parameters", "shuffled_scale"),
            ("survey", 7, "parameters", "bad_randomize"),
            ("survey", 8, "parameters", "bad_seed"),
        },
    ),
    (
        "shuffled questions that need each other",
        survey(
            "type | name | label | relevant | calculation",
            "begin_group | g | G | |",
            "text | a | A? | |",
            "text | b | B? | ${a} != '' |",
            "calculate | c | | | string-length(${a})",
            "text | d | You wrote ${c} letters? | |",
            "select_one yn or_other | e | E? | |",
            "end_group | | | |",
            "text | f | F? | ${a} != '' |",
            choices=YES_NO,
            settings=("form_id | shuffle_questions", "f | g, h"),
        ),
        {
            ("survey", 4, "relevant", "shuffled_dependency"),
            ("survey", 6, "label", "shuffled_dependency"),
            ("survey", 7, "type", "other_in_shuffled_group"),
            ("settings", 2, "shuffle_questions", "no_such_group"),
        },
    ),
    (
        "an anonymous form that ends by the clock",
        survey(
            "type | name | label", "text | a | A?",
            settings=("anonymous | time_limit | closes | opens", "yes | 5 | 2026-03-02 |"),
        ),
        {("settings", 2, name, "clock_in_anonymous_form") for name in ("time_limit", "closes")},
    ),
    (
        "a grid of two lists",
        survey(
            "type | name | label | appearance",
            "begin_group | g | G | table-list",
            "select_one yn | a | A? |",
            "text | b | B? |",
            "select_one n | c | C? |",
            "end_group | | |",
            "select_one n | d | D? |",
            choices=NUMBERS,
        ),
        {("survey", 5, "type", "grid_of_several_lists")},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("table", "faults"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_test__with_faults__is_refused_at_each_of_them(table: str, faults: set[Place]) -> None:
    assert found_in(table) == faults


def test_rules__written_in_the_settings__are_read() -> None:
    form = form_of(
        survey(
            "type | name | label | correct", "begin_group | g | G |", "text | a | A? | x",
            "end_group | | |",
            settings=(
                "form_id|pass_mark|attempts|time_limit|show_result|shuffle_questions|opens|closes",
                "f | 60% | 3.0 | 45 | Each | g | 2026-03-02 | 2026-03-05T12:30:00",
            ),
        )
    )  # fmt: skip
    assert rules_of(form) == Rules(
        60, 3, dt.timedelta(minutes=45), "each", ("g",), "2026-03-02", "2026-03-05T12:30:00"
    )


@pytest.mark.parametrize(
    ("said", "zone", "opens", "closes"),
    [
        ("2026-03-02", "Asia/Phnom_Penh", "2026-03-01T17:00", "2026-03-02T17:00"),
        ("2026-03-02 08:30", "Asia/Phnom_Penh", "2026-03-02T01:30", "2026-03-02T01:30"),
        ("2026-03-29", "Europe/Berlin", "2026-03-28T23:00", "2026-03-29T22:00"),
        ("2026-03-29 02:30", "Europe/Berlin", "2026-03-29T01:30", "2026-03-29T01:30"),
        ("2024-02-29", "UTC", "2024-02-29T00:00", "2024-03-01T00:00"),
        ("2026-12-31", "UTC", "2026-12-31T00:00", "2027-01-01T00:00"),
    ],
)
def test_window__day_or_time__is_where_who_answers_is(
    said: str, zone: str, opens: str, closes: str
) -> None:
    def at(text: str) -> dt.datetime:
        return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)

    assert (opening(said, zone), closing(said, zone)) == (at(opens), at(closes))


def test_deadline__limit_and_window__is_the_earlier() -> None:
    begun = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
    half_an_hour = dt.timedelta(minutes=30)
    closing_first = Rules(time_limit=half_an_hour, closes="2026-03-02 10:20")
    closing_later = Rules(time_limit=half_an_hour, closes="2026-03-03")
    assert deadline(closing_first, begun, "UTC") == begun + dt.timedelta(minutes=20)
    assert deadline(closing_later, begun, "UTC") == begun + half_an_hour
    assert deadline(Rules(), begun, "UTC") is None
