"""Wishes put to topics, one by one, many at once, and back; who could teach what; letters."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.clock import FixedClock
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import LANGUAGES, render
from bot.models.needs import Channel, Need, Topic, Way
from bot.models.training import Course, Trainer, TrainingClass
from bot.needs import analysis_forms, decisions, priority, requests, sorting, topics
from bot.people.access import OutOfReach
from bot.reports import competency_gaps, donor_letter, needs_priorities
from bot.reports.registry import Report
from tests.integration.needs.analysed import Needy

WORDS = (
    "customs valuation",
    "valuation of used cars, customs",
    "rules of origin",
    "better chairs",
)


@pytest.fixture
def needy(ctx: Ctx, clock: FixedClock) -> Needy:
    return Needy(ctx, clock)


@pytest.fixture
def wished(needy: Needy) -> list[Need]:
    """Four wishes, and topics for three of them."""
    needy.topic("Customs valuation", "VAL")
    needy.topic("Rules of origin")
    return [
        needy.wish(who, words)
        for who, words in zip(("dara", "bopha", "rith", "maly"), WORDS, strict=True)
    ]


def waiting(needy: Needy) -> list[str]:
    return [wish.words for wish in sorting.waiting(needy.acting("unit"), needy.round_id)]


def named(needy: Needy, name: str) -> Topic:
    found = topics.everything(needy.acting("unit"))
    one = next(one for one in found if one.name.best("en") == name)
    return needy.ctx.session.get_one(Topic, one.id)


def test_batches__clear_wishes__come_together_and_are_undone_together(
    needy: Needy, wished: list[Need]
) -> None:
    unit = needy.acting("unit")
    found = sorting.batches(unit, needy.round_id)
    assert [(one.topic.name.best("en"), len(one.wishes)) for one in found] == [
        ("Customs valuation", 2),
        ("Rules of origin", 1),
    ]
    ids = [wish.id for wish in found[0].wishes]
    assert sorting.put(unit, needy.round_id, ids, found[0].topic.id) == 2
    assert waiting(needy) == ["rules of origin", "better chairs"]
    assert sorting.undo(unit, needy.round_id, ids[0]) == 2
    assert len(waiting(needy)) == 4
    assert wished[0].sorted_at is None


def test_undo__takes_back_one_step_only(needy: Needy, wished: list[Need]) -> None:
    unit, topic = needy.acting("unit"), named(needy, "Rules of origin")
    for need in wished[:2]:
        sorting.put(unit, needy.round_id, [need.id], topic.id)
        needy.clock.advance(seconds=1)
    last = sorting.last_sorted(unit, needy.round_id)
    assert last == wished[1].id
    assert sorting.undo(unit, needy.round_id, last) == 1
    assert wished[0].topic_id == topic.id
    with pytest.raises(Refusal):
        sorting.undo(unit, needy.round_id, last)


def test_put__what_was_put_elsewhere__stays_there(needy: Needy, wished: list[Need]) -> None:
    unit = needy.acting("unit")
    first, second = named(needy, "Customs valuation"), named(needy, "Rules of origin")
    sorting.put(unit, needy.round_id, [wished[0].id], first.id)
    assert sorting.put(unit, needy.round_id, [wished[0].id, wished[1].id], second.id) == 1
    assert (wished[0].topic_id, wished[1].topic_id) == (first.id, second.id)


def test_suggestions__learn_from_what_was_put_there(needy: Needy, wished: list[Need]) -> None:
    unit = needy.acting("unit")
    chairs = needy.topic("Ergonomics")
    sorting.put(unit, needy.round_id, [wished[3].id], chairs.id)
    needy.wish("ayesha", "chairs that are better")
    (wish,) = [one for one in sorting.waiting(unit, needy.round_id) if "chairs" in one.words]
    assert sorting.suggestions(unit, wish)[0].topic.id == chairs.id


def test_management__leaves_the_ranking__and_is_told_to_those_who_read(
    needy: Needy, wished: list[Need]
) -> None:
    unit = needy.acting("unit")
    sorting.mark_management(unit, needy.round_id, wished[3].id)
    assert [one.words for one in sorting.management(unit, needy.round_id)] == ["better chairs"]
    assert sorting.management(needy.acting("sokha"), needy.round_id)
    assert priority.ranking(unit, needy.round_id) == []
    with pytest.raises(OutOfReach):
        sorting.call_training(needy.acting("sokha"), needy.round_id, wished[3].id)
    sorting.call_training(unit, needy.round_id, wished[3].id)
    assert waiting(needy)[-1] == "better chairs"
    with pytest.raises(Refusal):
        sorting.call_training(unit, needy.round_id, wished[3].id)


def test_sorting__by_who_may_not__is_out_of_reach(needy: Needy, wished: list[Need]) -> None:
    topic = named(needy, "Rules of origin")
    for who in ("dara", "sokha", "director"):
        with pytest.raises(OutOfReach):
            sorting.put(needy.acting(who), needy.round_id, [wished[0].id], topic.id)
        with pytest.raises(OutOfReach):
            sorting.undo(needy.acting(who), needy.round_id, wished[0].id)


def test_topic__out_of_use__takes_no_wish_and_is_not_suggested(
    needy: Needy, wished: list[Need]
) -> None:
    unit, topic = needy.acting("unit"), named(needy, "Rules of origin")
    topics.set_active(unit, topic.id, False)
    with pytest.raises(Refusal):
        sorting.put(unit, needy.round_id, [wished[2].id], topic.id)
    found = sorting.batches(unit, needy.round_id)
    assert [one.topic.name.best("en") for one in found] == ["Customs valuation"]


@pytest.mark.parametrize("name", ["", "RULES of origin", "x" * 201])
def test_topic__without_a_name_of_its_own__is_refused(
    needy: Needy, wished: list[Need], name: str
) -> None:
    assert wished
    with pytest.raises(Refusal):
        topics.create(needy.acting("unit"), {"name": name})


# How a topic is met ------------------------------------------------------------------------


def led(needy: Needy, course: Course, trainer: Trainer, classes: int) -> None:
    for number in range(classes):
        needy.add(
            TrainingClass(
                code=f"{course.code}-{trainer.code}-{number}",
                course_id=course.id,
                trainer_id=trainer.id,
                starts_on=dt.date(2026, 1, 5 + number),
                ends_on=dt.date(2026, 1, 6 + number),
            )
        )


def test_able__who_led_classes_like_it__most_often_first(needy: Needy) -> None:
    course = needy.add(Course(code="CV", title="Customs valuation in practice"))
    other = needy.add(Course(code="FIRE", title="Fire drill"))
    pool = [needy.add(Trainer(code=f"T{n}", name=f"Trainer {n}")) for n in range(3)]
    led(needy, course, pool[0], 1)
    led(needy, course, pool[1], 3)
    led(needy, other, pool[2], 5)
    topic = needy.topic("Customs valuation")
    found = decisions.able(needy.acting("unit"), topic.id)
    assert [(one.code, one.classes) for one in found] == [("T1", 3), ("T0", 1)]
    pool[1].person_id = needy.ids["trainer"]
    needy.person("trainer").active = False
    assert [one.code for one in decisions.able(needy.acting("unit"), topic.id)] == ["T0"]
    shown = analysis_forms.find_trainers(needy.acting("unit"), {"topic_id": topic.id}, "")
    assert [code for code, _label in shown] == ["T0", "T2"]
    with pytest.raises(Refusal):
        decide(needy, topic, way="in-house", trainer="T1")
    topic.course_id = other.id
    assert [one.code for one in decisions.able(needy.acting("unit"), topic.id)] == ["T2"]


def decide(needy: Needy, topic: Topic, **typed: Any) -> decisions.Decision:
    return decisions.decide(needy.acting("unit"), needy.round_id, topic.id, typed)


@pytest.mark.parametrize(
    "typed",
    [{}, {"way": "somehow"}, {"way": "in-house"}, {"way": "in-house", "trainer": "T9"},
     {"way": "donor"}, {"way": "partner", "partner": " "}],
)  # fmt: skip
def test_decision__that_names_nobody__is_refused(needy: Needy, typed: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        decide(needy, needy.topic("Rules of origin"), **typed)


def test_decision__taken_anew__forgets_whom_it_named(needy: Needy) -> None:
    topic = needy.topic("Rules of origin")
    decide(needy, topic, way="donor", partner="WCO", reason="No trainer")
    trainer = needy.add(Trainer(code="T1", name="Trainer"))
    decided = decide(needy, topic, way="in-house", trainer="T1")
    assert (decided.way, decided.trainer_id, decided.partner) == (Way.IN_HOUSE, trainer.id, "")
    assert requests.partners(needy.acting("unit"), needy.round_id) == []


def letter_ready(needy: Needy) -> None:
    topic = needy.topic("Customs valuation", "VAL")
    needy.rate("dara", 1, "VAL")
    needy.wish("dara", "valuation", topic_id=topic.id)
    needy.wish(
        "sokha", "valuation", topic_id=topic.id, people=12, channel=Channel.HEAD, person_id=None,
        unit_id=needy.person("sokha").unit_id,
    )  # fmt: skip
    decide(needy, topic, way="donor", partner="WCO", reason="Nobody has taught it.")


def test_letter__names_figures_and_reason_in_two_languages(needy: Needy) -> None:
    letter_ready(needy)
    found = requests.read(needy.acting("unit"), needy.round_id, 0)
    (asked,) = found.topics
    assert (found.partner, found.told, asked.ranked.figures.people) == ("WCO", 2, 13)
    assert asked.reason == "Nobody has taught it."
    with pytest.raises(Refusal):
        requests.read(needy.acting("unit"), needy.round_id, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("report", "kinds"),
    [
        (donor_letter.LETTER, [b"%PDF"]),
        (needs_priorities.PRIORITIES, [b"\x89PNG", b"PK"]),
        (competency_gaps.GAPS, [b"\x89PNG", b"PK"]),
    ],
    ids=["letter", "priorities", "gaps"],
)
def test_report__in_each_language__is_words_and_files(
    needy: Needy, report: Report, kinds: list[bytes], language: str
) -> None:
    letter_ready(needy)
    found = report.read(needy.acting("unit"), {"round": needy.round_id, "partner": 0})
    (screen,) = report.screens(found)
    assert any(render(words, language) for words in screen.body)
    files = report.files(found, language)
    assert [file.content[: len(kind)] for file, kind in zip(files, kinds, strict=True)] == kinds
