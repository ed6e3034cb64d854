"""What a post requires: assigned to whoever takes it up, ended for who leaves it, taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlmodel import Session, select

from bot import app, policy
from bot.models.delivery import ItemState, OutboxItem
from bot.models.people import Person
from bot.models.qualifications import (
    AssignedBy,
    Curriculum,
    CurriculumAssignment,
    Requirement,
    RequirementKind,
)
from bot.models.work import WorkItem
from bot.people import editing
from bot.training.qualifications import posts, requiring
from bot.work import runner
from bot.work.queue import Workshop
from tests.integration.people_imports.conftest import desk  # noqa: F401  (a fixture)
from tests.integration.qualifications.conftest import Academy
from tests.integration.qualifications.reminding import play, settle, titles
from tests.roster_desk import Desk

app.register_speaking()
app.register_working()
EARN = "A qualification for you to earn"


def require(
    academy: Academy, position: str, curriculum: Curriculum, within: int | None = 180
) -> Requirement:
    row: Requirement = academy.add(
        Requirement(position=position, curriculum_id=curriculum.id, within_days=within)
    )
    posts.posts_changed(academy.ctx, [position])
    return row


def assigned(academy: Academy, who: str) -> list[tuple[str, str, str]]:
    """Code, from and by when of what somebody is to earn."""
    rows = academy.ctx.session.execute(
        select(Curriculum.code, CurriculumAssignment.from_on, CurriculumAssignment.due_on)
        .join(Curriculum, Curriculum.id == CurriculumAssignment.curriculum_id)
        .where(
            CurriculumAssignment.person_id == academy.ids[who],
            CurriculumAssignment.ended_at.is_(None),
        )
        .order_by(Curriculum.code)
    )
    return [(code, str(since), str(due)) for code, since, due in rows]


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    policy.change(academy.ctx, "go_live", "2026-01-01")
    return academy.curriculum("VALUER", "VAL", valid_months=24, title="Valuer")


def test_requirement__new__is_asked_of_who_holds_the_post_however_it_is_spelt(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.add_person("valy", position="valuation OFFICER", in_post_since=dt.date(2026, 2, 1))
    require(academy, "Valuation Officer", valuer)
    assert assigned(academy, "valy") == [("VALUER", "2026-02-01", "2026-07-31")]
    assert assigned(academy, "dara") == []


def test_requirement__of_a_post_held_for_years__counts_from_the_day_it_came(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.add_person("valy", position="Valuer", in_post_since=dt.date(2019, 2, 1))
    require(academy, "Valuer", valuer)
    assert assigned(academy, "valy") == [("VALUER", "2026-03-02", "2026-08-29")]


def test_move__to_a_post_that_requires_something__assigns_it_at_once_and_tells(
    academy: Academy, valuer: Curriculum
) -> None:
    require(academy, "Valuer", valuer)
    held = academy.hold()
    editing.edit(academy.acting("unit"), academy.ids["dara"], {"position": "Valuer"})
    assert assigned(academy, "dara") == [("VALUER", "2026-03-02", "2026-08-29")]
    (read,) = settle(academy)
    assert (read.who, read.title) == ("dara", EARN)
    assert read.letter.buttons == (f"c:{held.id}", f"myq1:{valuer.id}")
    for words in ("Valuer: to be earned by Aug 29, 2026", "Your post requires it."):
        assert words in read.letter.text


def test_move__away_before_it_is_told__ends_it_and_nothing_is_told(
    academy: Academy, valuer: Curriculum
) -> None:
    require(academy, "Valuer", valuer)
    editing.edit(academy.acting("unit"), academy.ids["dara"], {"position": "Valuer"})
    editing.edit(academy.acting("unit"), academy.ids["dara"], {"position": "Officer"})
    assert assigned(academy, "dara") == []
    assert settle(academy) == []


def test_move__back_to_the_post_later__counts_anew(academy: Academy, valuer: Curriculum) -> None:
    require(academy, "Valuer", valuer)
    unit, dara = academy.acting("unit"), academy.ids["dara"]
    editing.edit(unit, dara, {"position": "Valuer"})
    settle(academy)
    editing.edit(unit, dara, {"position": "Officer"})
    academy.pass_days(40)
    editing.edit(unit, dara, {"position": "Valuer"})
    assert assigned(academy, "dara") == [("VALUER", "2026-04-11", "2026-10-08")]
    assert [one.title for one in settle(academy)] == [EARN]


def test_post__whose_curriculum_is_held__is_assigned_and_not_told(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("dara", "VAL", "2025-06-01")
    require(academy, "Officer", valuer)
    assert assigned(academy, "dara")
    read = settle(academy)
    assert titles(read, "dara") == []
    assert titles(read, "rith") == [("2026-03-02", EARN)]


def test_requirement__changed_and_taken_away__follows(
    academy: Academy, valuer: Curriculum
) -> None:
    row = require(academy, "Officer", valuer)
    row.within_days, row.kind = 90, RequirementKind.ENHANCED
    posts.posts_changed(academy.ctx, ["Officer"])
    assert assigned(academy, "dara") == [("VALUER", "2026-03-02", "2026-05-31")]
    academy.ctx.session.delete(row)
    academy.ctx.session.flush()
    posts.posts_changed(academy.ctx, ["Officer"])
    assert assigned(academy, "dara") == []


def test_following__again__changes_nothing(academy: Academy, valuer: Curriculum) -> None:
    require(academy, "Officer", valuer)
    before = [row.model_dump() for row in academy.ctx.session.exec(select(CurriculumAssignment))]
    posts.follow(academy.ctx, list(academy.ids.values()))
    academy.ctx.session.expire_all()
    after = [row.model_dump() for row in academy.ctx.session.exec(select(CurriculumAssignment))]
    assert before == after
    assert len([one for one in settle(academy) if one.who == "dara"]) == 1


def test_leaver__and_guest__have_nothing_to_earn(academy: Academy, valuer: Curriculum) -> None:
    academy.add_person("visitor", position="Officer", guest=True)
    require(academy, "Officer", valuer)
    assert assigned(academy, "visitor") == []
    editing.deactivate(academy.acting("unit"), academy.ids["dara"], editing.Leaving.RETIRED)
    assert assigned(academy, "dara") == []
    assert "dara" not in {one.who for one in settle(academy)}
    editing.bring_back(academy.acting("unit"), academy.ids["dara"])
    assert assigned(academy, "dara") == [("VALUER", "2026-03-02", "2026-08-29")]


def test_reminders__of_what_a_post_requires__come_before_its_last_day(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.add_person("valy", position="Valuer", in_post_since=dt.date(2026, 2, 1))
    require(academy, "Valuer", valuer)
    assert titles(play(academy, "2026-09-30"), "valy") == [
        ("2026-03-02", EARN),
        ("2026-07-01", "30 days left to earn a qualification"),
        ("2026-07-24", "7 days left to earn a qualification"),
        ("2026-07-31", "Today is the last day to earn a qualification"),
    ]


def test_reminders__earned_in_time__stop(academy: Academy, valuer: Curriculum) -> None:
    require(academy, "Valuer", valuer)
    academy.add_person("valy", position="Valuer", in_post_since=dt.date(2026, 2, 1))
    posts.follow_soon(academy.ctx, [academy.ids["valy"]])
    play(academy, "2026-07-02")
    academy.complete("valy", "VAL", "2026-07-02")
    assert titles(play(academy, "2026-09-30"), "valy") == [
        ("2026-07-02", "A qualification of yours")
    ]


def test_reminder__while_away__comes_after_the_return(
    academy: Academy, valuer: Curriculum
) -> None:
    away = dt.date(2026, 7, 26)
    academy.add_person("valy", position="Valuer", in_post_since=dt.date(2026, 2, 1))
    require(academy, "Valuer", valuer)
    academy.person("valy").away_until = away
    assert titles(play(academy, "2026-07-30"), "valy") == [
        ("2026-03-02", EARN),
        ("2026-07-27", "4 days left to earn a qualification"),
    ]


# From a file ------------------------------------------------------------------

MOVES = "staff_no,full_name,unit,position\n00002,Vuth Chan,Meru Port,Valuer\n"
NEW = "staff_no,full_name,unit,position\n00009,Maly Ouk,Sila Post,Valuer\n"


@pytest.fixture
def asked(desk: Desk) -> Desk:  # noqa: F811  (the fixture)
    """Valuers need a qualification; nobody is one yet."""
    with desk.database.transaction() as session:
        curriculum = Curriculum(code="VALUER", title="Valuer")
        session.add(curriculum)
        session.flush()
        session.add(Requirement(position="Valuer", curriculum_id=curriculum.id, within_days=90))
    return desk


def rows(desk: Desk) -> list[tuple[str, str | None, bool]]:  # noqa: F811
    """Staff number, last day, and whether it is still asked."""
    with desk.database.transaction(readonly=True) as session:
        found = session.execute(
            select(Person.staff_no, CurriculumAssignment.due_on, CurriculumAssignment.ended_at)
            .join(Person, Person.id == CurriculumAssignment.person_id)
            .order_by(Person.staff_no)
        ).all()
        return [(number, str(due), ended is None) for number, due, ended in found]


def queued(session: Session) -> list[str]:
    query = select(OutboxItem.notice).where(OutboxItem.state == ItemState.QUEUED)
    return list(session.exec(query))


def test_roster__that_moves_an_officer__assigns_in_the_same_transaction_and_undo_ends_it(
    asked: Desk,
) -> None:
    applied = asked.take(MOVES)
    assert rows(asked) == [("00002", "2026-05-31", True)]
    asked.undo(applied.run_id)
    assert rows(asked) == [("00002", "2026-05-31", False)]


def test_roster__with_somebody_new__assigns_and_undo_takes_both_away(asked: Desk) -> None:
    applied = asked.take(NEW)
    assert rows(asked) == [("00009", "2026-05-31", True)]
    with asked.database.transaction() as session:
        assert queued(session) == ["qualification_assigned"]
    asked.undo(applied.run_id)
    assert rows(asked) == []
    with asked.database.transaction() as session:
        assert queued(session) == []


def test_roster__of_many_valuers__is_followed_by_long_work(asked: Desk) -> None:
    lines = [f"1{number:04},Officer {number},Sila Post,Valuer" for number in range(450)]
    asked.take("staff_no,full_name,unit,position\n" + "\n".join(lines) + "\n")
    assert rows(asked) == []
    workshop = Workshop(asked.database, asked.clock, asked.settings)
    assert runner.run_next(workshop)
    assert len(rows(asked)) == 450
    with asked.database.transaction() as session:
        session.add(WorkItem(kind=posts.WORK, params={"people": [1, 2, 999_999]},
                             made_at=asked.clock.now()))  # fmt: skip
    assert runner.run_next(workshop)
    assert len(rows(asked)) == 450


def test_assignment__by_hand__stays_when_the_post_no_longer_requires_it(
    academy: Academy, valuer: Curriculum
) -> None:
    row = require(academy, "Officer", valuer)
    academy.add(
        CurriculumAssignment(
            person_id=academy.ids["dara"],
            curriculum_id=valuer.id,
            assigned_by=AssignedBy.HAND,
            from_on=academy.ctx.today(),
            made_at=academy.ctx.now(),
        )
    )
    academy.ctx.session.delete(row)
    academy.ctx.session.flush()
    posts.posts_changed(academy.ctx, ["Officer"])
    assert assigned(academy, "dara") == [("VALUER", "2026-03-02", "None")]
    assert assigned(academy, "rith") == []


def test_requirement__dropped_and_set_again_with_less_time__counts_from_the_same_day(
    academy: Academy, valuer: Curriculum
) -> None:
    unit = academy.acting("unit")
    academy.add_person("valy", position="Valuer", in_post_since=dt.date(2026, 2, 1))
    row = require(academy, "Valuer", valuer)
    requiring.drop(unit, row.id or 0)
    assert assigned(academy, "valy") == []
    require(academy, "Valuer", valuer, within=60)
    assert assigned(academy, "valy") == [("VALUER", "2026-02-01", "2026-04-02")]
    posts.follow(academy.ctx, [academy.ids["valy"]])
    assert assigned(academy, "valy") == [("VALUER", "2026-02-01", "2026-04-02")]
