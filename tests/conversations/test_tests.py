"""Tests in the chat: marks shown or not, grids, shuffled questions, and time that runs out."""

from __future__ import annotations

import random
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from bot.forms import service
from bot.forms.versions import publish
from tests.conversations.stage import Stage
from tests.unit.forms.making import form_of, survey

Golden = Callable[[Stage, str], None]

QUIZ_CHOICES = (
    "list_name | name | label",
    "rate | zero | 0 %", "rate | five | 5 %", "rate | ten | 10 %",
    "paper | invoice | The invoice", "paper | origin | The certificate of origin",
    "paper | ticket | The driver's bus ticket",
    "agree | 1 | Disagree", "agree | 2 | Neither", "agree | 3 | Agree",
)  # fmt: skip
QUIZ = (
    "type | name | label | correct | score | parameters | appearance | required",
    "begin_group | part | Duties | | | | |",
    "select_one rate | duty | What is the duty on rice? | five | 2 | randomize=true | | yes",
    "select_multiple paper | papers | Which papers are needed? | invoice origin | | | | yes",
    "integer | chapter | Which chapter is rice in? | 10 | | | | yes",
    "text | law | Which law rules it? | Customs Law; Law on Customs | | | |",
    "decimal | weight | How heavy is a sack, in kg? | 50 ± 0.5 | 0.5 | | |",
    "end_group | | | | | | |",
    "begin_group | views | How far do you agree? | | | | table-list |",
    "select_one agree | clear | The rules are clear. | | | | | yes",
    "select_one agree | fair | The rules are fair. | | | | | yes",
    "select_one agree | fast | Clearance is fast. | | | | |",
    "end_group | | | | | | |",
)


def quiz(**settings: str) -> str:
    names = ("form_title", "form_id", *settings)
    return survey(
        *QUIZ,
        choices=QUIZ_CHOICES,
        settings=(" | ".join(names), " | ".join(("Rice", "rice", *settings.values()))),
    )


def put_in_force(stage: Stage, table: str) -> int:
    with stage.database.transaction() as session:
        return publish(stage.ctx(session), "rice", form_of(table))


@pytest.fixture(autouse=True)
def seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each draft is begun with the same seed, and no other draft's number is met by chance."""
    dice = random.Random(7)
    monkeypatch.setattr(service, "secrets", SimpleNamespace(randbelow=dice.randrange))


TRY = "the one that tries the form"


async def test_test__shown_at_the_end__tells_points_and_what_would_have_been_right(
    stage: Stage, golden: Golden
) -> None:
    rules = {"pass_mark": "80", "show_result": "end", "attempts": "2", "shuffle_questions": "part"}
    version = put_in_force(stage, quiz(**rules))
    unit = await stage.join("unit")
    await unit.forge(f"try:{version}", TRY)
    answers = {
        "What is the duty on rice?": "5 %",
        "Which papers are needed?": "1 3",
        "Which chapter is rice in?": "១០",
        "Which law rules it?": "law on CUSTOMS",
        "How heavy is a sack, in kg?": "50,4",
    }
    for _count in answers:
        shown = unit.phone.last["text"]
        await unit.type(next(answer for label, answer in answers.items() if label in shown))
        await stage.restart()
    await unit.press("2")
    await unit.press("3")
    stale = unit.data_of("1")
    await unit.press("« Back")
    await unit.press("1")
    await unit.press_stale("1", stale)
    await unit.press("Skip")
    await unit.press("7")
    await unit.press("3")
    await unit.press("Submit")
    golden(stage, "test_shown_at_the_end")


async def test_test__shown_after_each__says_right_or_not_and_the_answer_stands(
    stage: Stage, golden: Golden
) -> None:
    version = put_in_force(stage, quiz(show_result="each", pass_mark="60"))
    unit = await stage.join("unit")
    await unit.forge(f"form:{version}", "the one that shows the form")
    await unit.forge(f"try:{version}", TRY)
    first = unit.phone.last["id"]
    await unit.press("10 %")
    stage.clock.advance(seconds=2)
    await unit.say("5 %", reply_to=first)
    await unit.press("☐ The invoice")
    await unit.press("☐ The certificate of origin")
    await unit.press("Done")
    await unit.type("11")
    await unit.press("Skip")
    await unit.press("« Back")
    await unit.type("tariff law", "49.5")
    await unit.press("1")
    await unit.press("2")
    await unit.press("3")
    await unit.press("1")
    await unit.press("Submit")
    golden(stage, "test_shown_after_each")


async def test_test__time_is_up__is_handed_in_as_it_stands(stage: Stage, golden: Golden) -> None:
    rules = {"time_limit": "20", "show_result": "end", "opens": "2026-03-02 10:00"}
    version = put_in_force(stage, quiz(**rules, closes="2026-03-03"))
    unit = await stage.join("unit")
    await unit.forge(f"form:{version}", "the one that shows the form")
    while stage.clock.now() < service.windows.opening("2026-03-02 10:00", "Asia/Phnom_Penh"):
        await unit.forge(f"try:{version}", TRY)
        await stage.move(hours=1)
    await unit.forge(f"try:{version}", TRY)
    await unit.press("5 %")
    await unit.press("☐ The invoice")
    await unit.press("Stop")
    await stage.restart()
    await stage.move(minutes=21)
    await unit.say("/tasks")
    await unit.press("Go on: Rice")
    await unit.forge(f"try:{version}", TRY)
    await unit.press("5 %")
    stage.clock.advance(seconds=60 * 20)
    await unit.press("☐ The invoice")
    await unit.forge(f"try:{version}", TRY)
    await stage.move(minutes=21)
    await unit.say("5 %")
    await unit.forge(f"try:{version}", TRY)
    await unit.press("5 %")
    stale = unit.data_of("☐ The invoice")
    await stage.move(minutes=31)
    await unit.press_stale("☐ The invoice", stale)
    await stage.move(days=2)
    await unit.forge(f"try:{version}", TRY)
    golden(stage, "test_time_is_up")
