"""A report kept, taken once, refused when the world has changed, and taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot import imports
from bot.errors import Refusal
from bot.i18n import render
from bot.imports import Applied
from bot.models.chats import Chat
from bot.models.people import Person
from tests.roster_desk import Desk


def sentence(refusal: pytest.ExceptionInfo[Refusal]) -> str:
    return render(refusal.value.sentence, "en")


def test_report__read_again__the_same(desk: Desk) -> None:
    report = desk.check(
        "staff_no,full_name,unit,phone,active\n00004,Rith Nov,Sila Post,12,no\n"
        "00003,Bopha Keo,Meru Port,,\n"
    )
    assert report.run_id is not None
    with desk.database.transaction(readonly=True) as session:
        assert imports.report_of(session, report.run_id) == report
        kept = imports.original_of(session, report.run_id)
    assert kept is not None
    assert kept.startswith(b"staff_no")


def test_apply__twice__refused(desk: Desk) -> None:
    report = desk.check("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n")
    desk.apply(report)
    with pytest.raises(Refusal) as refusal:
        desk.apply(report)
    assert "taken already" in sentence(refusal)


def test_apply__another_file_in_between__check_again(desk: Desk) -> None:
    first = desk.check("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n")
    second = desk.check("staff_no,full_name,unit\n00006,Jone Vuki,Meru Port\n")
    desk.apply(first)
    with pytest.raises(Refusal) as refusal:
        desk.apply(second)
    assert "Send the file again" in sentence(refusal)


def test_apply__row_edited_in_between__check_again_and_nothing_written(desk: Desk) -> None:
    report = desk.check(
        "staff_no,full_name,unit,rank\n00002,Vuth Chan,Meru Port,Chief\n"
        "00005,Mere Tora,Meru Port,Clerk\n"
    )
    desk.edit("00002", rank="Officer")
    before = desk.export()
    with pytest.raises(Refusal) as refusal:
        desk.apply(report)
    assert "changed after the file was checked" in sentence(refusal)
    assert desk.export() == before


def test_apply__new_number_taken_in_between__check_again(desk: Desk) -> None:
    report = desk.check("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n")
    with desk.database.transaction() as session:
        session.add(Person(staff_no="00005", full_name="Somebody", unit_id=1))
    with pytest.raises(Refusal) as refusal:
        desk.apply(report)
    assert "changed after the file was checked" in sentence(refusal)


def test_undo__nothing_depends_on_it__all_as_before(desk: Desk, told: list[Applied]) -> None:
    before = desk.export(), desk.postings("00002")
    run = desk.take(
        "staff_no,full_name,unit,supervisor_staff_no,active,focal_for\n"
        "00002,Vuth Chan,New Post,00009,,\n00009,Mere Tora,New Post,,,New Post\n"
        "00004,Rith Nov,Sila Post,,no,\n00001,Dara Sok,Meru Port,,,Sila Post\n"
    ).run_id
    assert desk.export() != before[0]
    desk.undo(run)
    assert (desk.export(), desk.postings("00002")) == before
    assert [applied.undone for applied in told] == [False, True]


def test_undo__twice__refused(desk: Desk) -> None:
    run = desk.take("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n").run_id
    desk.undo(run)
    with pytest.raises(Refusal) as refusal:
        desk.undo(run)
    assert "not in force" in sentence(refusal)


def test_undo__new_person_linked_a_chat__refused_and_why(desk: Desk) -> None:
    run = desk.take("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n").run_id
    with desk.database.transaction() as session:
        person_id = session.scalars(select(Person.id).where(Person.staff_no == "00005")).one()
        session.add(Chat(user_id=77, person_id=person_id))
    before = desk.export()
    with pytest.raises(Refusal) as refusal:
        desk.undo(run)
    assert "1 person has linked a chat" in sentence(refusal)
    assert desk.export() == before


def test_undo__later_import_of_the_same_row__refused(desk: Desk) -> None:
    run = desk.take("staff_no,full_name,unit,rank\n00002,Vuth Chan,Meru Port,Chief\n").run_id
    desk.take("staff_no,full_name,unit,rank\n00002,Vuth Chan,Meru Port,Officer\n")
    with pytest.raises(Refusal) as refusal:
        desk.undo(run)
    assert "1 row it wrote was changed since" in sentence(refusal)


def test_undo__later_import_leads_to_its_new_people__refused(desk: Desk) -> None:
    run = desk.take("staff_no,full_name,unit\n00005,Mere Tora,Meru Port\n").run_id
    desk.take("staff_no,full_name,unit,supervisor_staff_no\n00002,Vuth Chan,Meru Port,00005\n")
    with pytest.raises(Refusal) as refusal:
        desk.undo(run)
    assert "1 other person is tied to it" in sentence(refusal)


def test_undo__other_column_edited_since__allowed_and_kept(desk: Desk) -> None:
    run = desk.take("staff_no,full_name,unit,rank\n00002,Vuth Chan,Meru Port,Chief\n").run_id
    desk.edit("00002", grade="7")
    desk.undo(run)
    with desk.database.transaction(readonly=True) as session:
        person = session.scalars(select(Person).where(Person.staff_no == "00002")).one()
        assert (person.rank, person.grade) == ("", "7")
