"""The bank of questions: filled by a file, laid aside, drawn from, made into a test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from sqlmodel import select

import bot.evaluation.tests.bank_import  # noqa: F401  (registers the kind)
from bot import imports
from bot.clock import FixedClock
from bot.config import Settings
from bot.context import SYSTEM, Actor, Ctx
from bot.db import Database
from bot.errors import Refusal
from bot.evaluation.tests import assembling, bank, drawing
from bot.forms import scoring, service, versions
from bot.forms.rules import rules_of
from bot.imports import Report, Verdict
from bot.models.tests import BankQuestion

GIFT = b"""$CATEGORY: Tariff

::Duty:: What is the duty on rice? {=5 % ~0 % ~10 %}

Which are needed? {~%50%Invoice ~%50%Origin ~%-100%Ticket}

How heavy is a sack? {#50:0.5}

$CATEGORY: Law

The Customs Law is of 2007. {T}

Who makes it? {=Parliament =The Parliament}
"""
TABLE = (
    "topic,name,type,question,question::Khmer (km),answers,answers::Khmer (km),right,points\n"
    "Origin,O1,choice,Who certifies?,តើអ្នកណា?,Ministry | Broker,ក្រសួង | ភ្នាក់ងារ,1,2\n"
    "Origin,,number,How many parts?,,,,3,\n"
).encode()


@dataclass
class Desk:
    database: Database
    clock: FixedClock
    settings: Settings

    def check(self, content: bytes, name: str = "bank.txt") -> Report:
        return imports.check(self.database, self.clock, self.settings, "questions", name, content)

    def take(self, content: bytes) -> Report:
        report = self.check(content)
        assert report.verdict is Verdict.READY, report.faults
        assert report.run_id is not None
        imports.apply(self.database, self.clock, self.settings, report.run_id, SYSTEM)
        return report

    def read(self) -> Iterator[Ctx]:
        with self.database.transaction() as session:
            yield Ctx(session, self.clock, SYSTEM, self.settings)


@pytest.fixture
def desk(database: Database, clock: FixedClock, settings: Settings) -> Desk:
    return Desk(database, clock, settings)


@pytest.fixture
def filled(desk: Desk) -> Iterator[Ctx]:
    desk.take(GIFT)
    desk.take(TABLE)
    yield from desk.read()


def test_gift__taken__fills_the_bank_by_topics(desk: Desk) -> None:
    report = desk.take(GIFT)
    assert report.counts.new == 5
    with desk.database.transaction() as session:
        ctx = Ctx(session, desk.clock, SYSTEM, desk.settings)
        assert [(one.name, one.in_use) for one in bank.topics(ctx)] == [("Law", 2), ("Tariff", 3)]
        rows = session.exec(select(BankQuestion).order_by(BankQuestion.id)).all()
    assert [(row.type, row.correct) for row in rows] == [
        ("select_one", "a"),
        ("select_multiple", "a b"),
        ("decimal", "50 ± 0.5"),
        ("select_one", "a"),
        ("text", "Parliament; The Parliament"),
    ]


def test_gift__taken_again__changes_nothing(desk: Desk) -> None:
    desk.take(GIFT)
    counts = desk.check(GIFT).counts
    assert (counts.new, counts.changed, counts.unchanged, counts.missing) == (0, 0, 5, 0)


def test_gift__a_matching_question__refuses_the_file_by_its_line(desk: Desk) -> None:
    report = desk.check(GIFT + b"\nMatch these. {=a -> b =c -> d}\n")
    assert report.verdict is Verdict.REFUSED
    assert [(one.row, one.code) for one in report.faults] == [(15, "matching")]


def test_table__with_translations__keeps_them_when_gift_comes_without(desk: Desk) -> None:
    desk.take(TABLE)
    again = TABLE.replace(b",question::Khmer (km)", b"").replace(b",answers::Khmer (km)", b"")
    again = again.replace(",តើអ្នកណា?".encode(), b"").replace(",ក្រសួង | ភ្នាក់ងារ".encode(), b"")
    again = again.replace(b"How many parts?,,,,3", b"How many parts?,,3")
    assert desk.check(again).counts.unchanged == 2


def test_export__taken_in_again__changes_nothing(desk: Desk) -> None:
    desk.take(GIFT)
    desk.take(TABLE)
    for name in ("bank.csv", "bank.xlsx"):
        with desk.database.transaction(readonly=True) as session:
            content = imports.export(session, "questions", name)
        report = desk.check(content, name)
        assert (report.verdict, report.faults) == (Verdict.READY, ())
        assert (report.counts.new, report.counts.changed) == (0, 0)


def test_import__taken_back__empties_the_bank(desk: Desk) -> None:
    report = desk.take(GIFT)
    for ctx in desk.read():
        imports.undo(ctx, report.run_id)
        assert bank.topics(ctx) == []


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("A,,choice,Q?,a | b,3,", "right", "right"),
        ("A,,choice,Q?,a | a,1,", "answers", "doubled"),
        ("A,,choice,Q?,a,1,", "answers", "answers"),
        ("A,,number,Q?,,ten,", "right", "right"),
        ("A,,text,Q?,,;,", "right", "right"),
        ("A,,number,Q?,,3,-1", "points", "points"),
        ("A,,text,Is ${it}?,,x,", "question", "reference"),
        (f"A,,text,{'x' * 1501},,x,", "question", "too-long"),
    ],
)
def test_table__a_bad_row__is_refused_in_its_cell(
    desk: Desk, row: str, column: str, code: str
) -> None:
    head = "topic,name,type,question,answers,right,points\n"
    report = desk.check((head + row + "\n").encode())
    assert [(one.row, one.column, one.code) for one in report.faults] == [(2, column, code)]


def test_question__laid_aside__is_drawn_no_more_and_comes_back_with_its_file(
    desk: Desk,
) -> None:
    desk.take(GIFT)
    for ctx in desk.read():
        law = bank.of_topic(ctx, "Law")[0]
        bank.use(ctx, law.id, active=False)
        assert [one.name for one in bank.topics(ctx) if one.laid_aside] == ["Law"]
        with pytest.raises(Refusal, match="has {there} questions"):
            assembling.assemble(ctx, "All", {"Law": 2}, 1, {})
    assert desk.take(GIFT).counts.changed == 1


def test_test__made_of_topics__is_a_form_that_marks_itself(filled: Ctx) -> None:
    form = assembling.assemble(
        filled, "Mixed", {"Tariff": 3, "Origin": 2}, 7, {"pass_mark": "60", "time_limit": "20"}
    )
    stored = versions.definition(filled, versions.current_version(filled, "test_mixed"))
    assert stored == form
    assert rules_of(form).pass_mark == 60
    assert rules_of(form).shuffled == ("questions",)
    assert form.languages == ("en", "km")
    right = {
        question.name: question.correct.split()
        if question.type == "select_multiple"
        else question.correct.split(" ±")[0]
        for question in form.questions
    }
    found = scoring.score(form, right, service.moment(filled))
    assert (found.points, found.maximum) == (6, 6)


def test_test__same_seed__draws_the_same_whatever_else_is_drawn(filled: Ctx) -> None:
    first = assembling.assemble(filled, "One", {"Tariff": 2}, 7, {})
    again = assembling.assemble(filled, "Two", {"Law": 1, "Tariff": 2}, 7, {})
    tariff = {one.name for one in first.questions}
    assert tariff < {one.name for one in again.questions}
    others = {
        tuple(one.name for one in assembling.assemble(filled, "n", {"Tariff": 2}, n, {}).questions)
        for n in range(12)
    }
    assert len(others) > 1


def test_test__title_used_before__gets_a_name_of_its_own(filled: Ctx) -> None:
    names = [assembling.assemble(filled, "ប្រឡង", {"Law": 1}, 1, {}).form_id for _n in range(2)]
    assert names == ["test_bank", "test_bank_2"]


def test_wishes__read__by_the_numbers_of_the_list() -> None:
    assert drawing.wishes("1:5, 2:3", ["A", "B"]) == {"A": 5, "B": 3}
    assert drawing.wishes("2=1\n1x0", ["A", "B"]) == {"B": 1}


@pytest.mark.parametrize("typed", ["", "five", "1:2 and 2:1", "3:1", "1:1 1:2", "1:0", "1:99 2:9"])
def test_wishes__that_cannot_be_met__are_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        drawing.wishes(typed, ["A", "B"])


def test_bank__read_by_an_officer__is_refused(filled: Ctx) -> None:
    officer = replace(filled, actor=Actor(None, 5))
    for act in (bank.topics, lambda ctx: bank.card(ctx, 1), lambda ctx: bank.of_topic(ctx, "Law")):
        with pytest.raises(Refusal):
            act(officer)
