"""What is answered becomes rows, once; what is told at other times waits for a round."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.clock import FixedClock
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import prefilling
from bot.models.evaluation import AssignmentState
from bot.models.forms import Response
from bot.models.needs import (
    Channel,
    Competency,
    CompetencyRating,
    Need,
    PositionLevel,
    RatedBy,
    Topic,
)
from bot.needs import intake, sorting, telling
from bot.people.access import OutOfReach
from tests.integration.needs.collecting import Survey


@pytest.fixture
def survey(ctx: Ctx, clock: FixedClock) -> Survey:
    survey = Survey(ctx, clock)
    for number in range(1, 15):
        row = survey.add(Competency(code=f"C{number:02}", name=f"Competency {number}"))
        survey.add(
            PositionLevel(position="Officer", competency_id=row.id, level=3,
                          importance=1 + number % 5)
        )  # fmt: skip
    survey.person("rith").position = "Clerk"
    return survey


def said(rows: list[Need]) -> list[tuple[str, str, int, int | None, bool]]:
    return [(row.channel, row.words, row.people, row.importance, row.management) for row in rows]


def ratings(survey: Survey) -> dict[int, int]:
    rows = survey.ctx.session.exec(
        select(CompetencyRating).execution_options(populate_existing=True)
    )
    return {row.competency_id: row.level for row in rows if row.source is RatedBy.SELF}


def test_prefilled__by_the_post__are_twelve_competencies_the_most_important_first(
    survey: Survey,
) -> None:
    survey.opened()
    row = survey.owed("dara")["needs_officer"]
    known = prefilling.answers(survey.acting("dara"), row.id)
    assert len(known["competencies"].split()) == 12
    assert (known["year"], known["competency_1"]) == ("2027", "Competency 4")
    assert "competency_13" not in known
    assert "competencies" not in prefilling.answers(
        survey.acting("rith"), survey.owed("rith")["needs_officer"].id
    )


def test_officer__answers__are_ratings_and_wishes(survey: Survey) -> None:
    survey.opened()
    survey.answer(
        "dara",
        "needs_officer",
        competencies="1 2 3",
        level_1="4",
        level_2="0",
        wish_1="Origin of goods",
        wish_weight_1="5",
        wish_2="  ",
        hindrance="The scanner is broken",
    )
    assert ratings(survey) == {1: 4, 2: 0}
    assert said(survey.needs()) == [
        (Channel.OFFICER, "Origin of goods", 1, 5, False),
        (Channel.OFFICER, "The scanner is broken", 1, None, True),
    ]
    assert {row.person_id for row in survey.needs()} == {survey.ids["dara"]}
    assert all(row.unit_id is None for row in survey.needs())


def test_officer__answers_again_in_the_window__replaces_what_came_before(survey: Survey) -> None:
    survey.opened()
    survey.answer(
        "dara", "needs_officer", competencies="1 2", level_1="1", level_2="2",
        wish_1="Origin", wish_weight_1="3",
    )  # fmt: skip
    survey.answer("rith", "needs_officer", wish_1="Valuation", wish_weight_1="2")
    (row,) = intake.answered(survey.acting("dara"))
    assert intake.answers_before(survey.acting("dara"), row.id)[1]["wish_1"] == "Origin"
    survey.change("dara", row, competencies="1", level_1="5", wish_1="IPR", wish_weight_1="4")
    assert said(survey.needs()) == [
        (Channel.OFFICER, "Valuation", 1, 2, False),
        (Channel.OFFICER, "IPR", 1, 4, False),
    ]
    assert ratings(survey) == {1: 5}
    responses = survey.ctx.session.exec(select(Response).where(Response.assignment_id == row.id))
    assert [one.answers["wish_1"] for one in responses] == ["IPR"]
    assert survey.owed("dara")["needs_officer"].state is AssignmentState.ANSWERED


def test_officer__answers_again__what_was_sorted_and_stands_as_it_was__stays_sorted(
    survey: Survey,
) -> None:
    unit, card = survey.acting("unit"), survey.opened()
    topic = survey.add(Topic(name="Origin"))
    first = {"wish_1": "Rules of origin", "wish_weight_1": "3", "wish_2": "Scales"}
    survey.answer("dara", "needs_officer", **first, wish_weight_2="2")
    sorting.put(unit, card.id, [survey.needs()[0].id], topic.id)
    again = first | {"wish_2": "IPR", "wish_weight_2": "5"}
    survey.change("dara", survey.owed("dara")["needs_officer"], **again)
    assert [(row.words, row.topic_id) for row in survey.needs()] == [
        ("Rules of origin", topic.id),
        ("IPR", None),
    ]
    assert sorting.undo(unit, card.id, survey.needs()[0].id) == 1


def test_again__somebody_elses_or_too_late__is_refused(survey: Survey) -> None:
    survey.opened()
    survey.answer("dara", "needs_officer", wish_1="Origin", wish_weight_1="3")
    row = survey.owed("dara")["needs_officer"]
    with pytest.raises(OutOfReach):
        survey.change("rith", row, wish_1="Mine", wish_weight_1="3")
    with pytest.raises(OutOfReach):
        intake.answers_before(survey.acting("rith"), row.id)
    survey.at("2026-03-29T17:00")
    with pytest.raises(Refusal, match="has closed"):
        survey.change("dara", row, wish_1="Late", wish_weight_1="3")
    assert [one.words for one in survey.needs()] == ["Origin"]


def test_supervisor_head_and_trainer__answers__name_whose_need_it_is(survey: Survey) -> None:
    survey.trainer()
    survey.opened()
    office = survey.person("sokha").unit_id
    survey.answer(
        "sokha", "needs_supervisor", wish_1="Leading", wish_weight_1="3", team_1="Rules of origin",
        team_people_1="5", team_weight_1="4", hindrance="Few cars",
    )  # fmt: skip
    survey.answer(
        "director", "needs_head", need_1="Data analysis", need_people_1="12",
        need_reason_1="rules", need_weight_1="5",
    )  # fmt: skip
    survey.answer("trainer", "needs_trainer", teaching="design online", seen_1="HS basics",
                  seen_weight_1="2")  # fmt: skip
    assert said(survey.needs()) == [
        (Channel.SUPERVISOR, "Leading", 1, 3, False),
        (Channel.SUPERVISOR, "Rules of origin", 5, 4, False),
        (Channel.SUPERVISOR, "Few cars", 1, None, True),
        (Channel.HEAD, "Data analysis", 12, 5, False),
        (Channel.TRAINER, "Building a course and its sessions", 1, None, False),
        (Channel.TRAINER, "Teaching online", 1, None, False),
        (Channel.TRAINER, "HS basics", 1, 2, False),
    ]
    assert [(row.person_id is None, row.unit_id) for row in survey.needs()[:3]] == [
        (False, None), (True, office), (True, office),
    ]  # fmt: skip


def test_told__between_rounds__waits_and_is_gathered(survey: Survey) -> None:
    dara, sokha = survey.acting("dara"), survey.acting("sokha")
    telling.tell(dara, "Dangerous  goods", 4)
    telling.tell(sokha, "Scanning", 3, people=4)
    telling.tell(sokha, "Report writing", 2, person_id=survey.ids["rith"])
    assert [row.round_id for row in survey.needs()] == [None, None, None]
    telling.take_back(dara, survey.needs()[0].id)
    telling.tell(dara, "Dangerous goods", 5)
    card = survey.opened()
    assert {row.round_id for row in survey.needs()} == {card.id}
    assert telling.tell(dara, "Told while it is open", 1).round_id == card.id
    assert [one.year for one in telling.mine(dara)] == ["2027", "2027"]
    with pytest.raises(Refusal, match="taken this up"):
        telling.take_back(dara, telling.mine(dara)[-1].id)
    by_supervisor = [(row.people, row.person_id, row.unit_id) for row in survey.needs()[:2]]
    assert by_supervisor == [
        (4, None, survey.person("sokha").unit_id),
        (1, survey.ids["rith"], None),
    ]


def test_told__for_others_or_without_words__is_refused(survey: Survey) -> None:
    dara = survey.acting("dara")
    with pytest.raises(OutOfReach):
        telling.tell(dara, "Valuation", person_id=survey.ids["rith"])
    with pytest.raises(OutOfReach):
        telling.tell(dara, "Valuation", people=3)
    with pytest.raises(OutOfReach):
        telling.tell(survey.acting("sokha"), "Valuation", person_id=survey.ids["director"])
    for words, importance in (("  ", 3), ("x" * 501, 3), ("Valuation", 6)):
        with pytest.raises(Refusal):
            telling.tell(dara, words, importance)
    for _count in range(telling.MOST_WAITING):
        telling.tell(dara, "Valuation", 3)
    with pytest.raises(Refusal, match="wait for the next survey"):
        telling.tell(dara, "Valuation", 3)
    with pytest.raises(OutOfReach):
        telling.take_back(survey.acting("rith"), survey.needs()[0].id)
