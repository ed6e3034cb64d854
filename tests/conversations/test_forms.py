"""Questionnaires: sent as a workbook, put in force, tried; every type of question answered."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import xlsxwriter

from bot.forms.importer import import_form
from bot.forms.versions import publish
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
Rows = Sequence[Sequence[object]]

SURVEY: Rows = (
    ("type", "name", "label", "hint", "required", "relevant", "constraint", "appearance",
     "parameters", "calculation", "choice_filter"),
    ("note", "welcome", "This takes two minutes.", "", "", "", "", "", "", "", ""),
    ("begin_group", "work", "Your work", "", "", "", "", "", "", "", ""),
    ("text", "tasks", "What do you do most?", "A few words", "yes", "", "", "", "", "", ""),
    ("integer", "years", "For how many years?", "", "yes", "", ". <= 50", "", "", "", ""),
    ("decimal", "share", "What share of it needs the tariff?", "From 0 to 1", "", "", "", "", "",
     "", ""),
    ("end_group", "", "", "", "", "", "", "", "", "", ""),
    ("date", "last_course", "When was your last course?", "", "", "", "", "", "", "", ""),
    ("select_one level", "level", "How well do you know the tariff?", "", "yes", "", "",
     "likert", "", "", ""),
    ("select_one yes_no", "wants", "Do you want a course?", "", "yes", "", "", "", "", "", ""),
    ("select_multiple topic", "topics", "On which topics?", "", "yes", "${wants} = 'yes'", "",
     "", "", "", ""),
    ("range", "urgency", "How urgent is it?", "", "", "${wants} = 'yes'", "", "",
     "start=1 end=10 step=1", "", ""),
    ("calculate", "months", "", "", "", "", "", "", "", "${years} * 12", ""),
    ("acknowledge", "sure", "I have worked ${months} months. Is that right?", "", "yes", "", "",
     "", "", "", ""),
)  # fmt: skip
CHOICES: Rows = (
    ("list_name", "name", "label"),
    *((("level", str(number), words)) for number, words in enumerate(("Not", "A little", "Well"))),
    ("yes_no", "yes", "Yes"),
    ("yes_no", "no", "No"),
    ("topic", "hs", "Harmonized System"),
    ("topic", "origin", "Rules of origin"),
    ("topic", "value", "Valuation"),
)
SETTINGS: Rows = (("form_title", "form_id"), ("What you need", "what_you_need"))


def workbook(survey: Rows = SURVEY) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name, rows in (("survey", survey), ("choices", CHOICES), ("settings", SETTINGS)):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return stream.getvalue()


async def test_form__sent_with_faults_mended_and_tried__every_type_is_answered(
    stage: Stage, golden: Golden
) -> None:
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await dara.forge("forms")
    await unit.say("/menu")
    await unit.press("Questionnaires and questions")
    await unit.press("Questionnaires")
    await unit.send_file("need.xlsx", workbook((*SURVEY, ("geotrace", "way", "Your way"))))
    await unit.press("A questionnaire (XLSForm)")
    await unit.send_file("need.xlsx", workbook())
    await unit.press("A questionnaire (XLSForm)")
    await stage.restart()
    await unit.press("Put it in force")
    await unit.press("Put it in force")
    await unit.press("Try it")
    await unit.press("Next")
    await unit.type("Valuation of vehicles", "many", "٧", "nought", "0.25", "soon", "2025-11-30")
    stale = unit.data_of("2")
    await unit.type("well")
    await unit.press_stale("2", stale)
    await unit.type("y")
    await unit.press("Done")
    await unit.press("☐ Harmonized System")
    await unit.press("☐ Valuation")
    await stage.restart()
    await unit.press("☑ Harmonized System")
    await unit.press("Done")
    await unit.type("11", "10")
    await unit.press(unit.phone.buttons[0])
    await unit.press("1")
    await unit.type("8")
    await unit.press("Submit")
    await unit.forge("forms")
    while "What you need" not in unit.phone.buttons:
        await unit.press("›")
    await unit.press("What you need")
    await unit.press("Try it")
    await unit.say("/cancel")
    await unit.forge("form:99")
    await unit.forge("formyes:x")
    golden(stage, "form_tried")


async def type_without_connection(stage: Stage, unit: Actor) -> None:
    unit.phone.go_offline()
    stage.write("-- The phone has no connection; what is typed now waits in it --")
    await unit.type("0.5")
    stage.clock.advance(seconds=30)
    unit.phone.go_online()
    stage.write("-- The phone is connected again --")
    await stage.settle()


async def change_answers(unit: Actor) -> None:
    await unit.press("✓ 2")
    await unit.press("No")
    await unit.press("Stop")
    await unit.press("Go on")
    await unit.press("« Back")
    await unit.press("Yes")
    await unit.type("Origin")
    await unit.press("Done")
    await unit.press("Skip")


async def test_form__answered_out_of_order__every_answer_finds_its_question(
    stage: Stage, golden: Golden
) -> None:
    with stage.database.transaction() as session:
        form = import_form(workbook(), name="need.xlsx").definition
        assert form is not None
        version = publish(stage.ctx(session), "what_you_need", form)
    unit = await stage.join("unit")
    await unit.forge(f"try:{version}")
    await unit.press("Next")
    await unit.type("Valuation")
    first = unit.phone.last["id"]
    await unit.type("3")
    await type_without_connection(stage, unit)
    stage.clock.advance(seconds=2)
    await unit.say("4", reply_to=first)
    stage.clock.advance(seconds=2)
    await unit.say("99", reply_to=first)
    await stage.restart()
    await unit.press("Skip")
    await unit.say("2025-11-30")
    await unit.type("2")
    await unit.press("« Back")
    await unit.press("Stop")
    await stage.move(days=5)
    await unit.say("/tasks")
    await unit.press("Go on: What you need")
    await change_answers(unit)
    await unit.say("/tasks")
    await unit.press("Go on: What you need")
    await unit.type("ok")
    await unit.press("Submit")
    golden(stage, "form_out_of_order")
