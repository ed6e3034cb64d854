"""Who is qualified in what and where: within reach, as it stands today, by equivalents too."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from bot.errors import Refusal
from bot.models.people import Role, Unit
from bot.models.qualifications import Curriculum
from bot.models.records import Equivalence
from bot.people.access import OutOfReach
from bot.training import catalogue
from bot.training.qualifications import qualified, understanding
from bot.training.qualifications.curriculum_cards import title_of
from bot.training.qualifications.understanding import Kind, Subject
from bot.training.qualifications.validity import Standing
from tests.integration.qualifications.conftest import Academy
from tests.statements import asked


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    """Two years and thirty days of grace; today is 2 March 2026."""
    row = academy.curriculum(
        "VALUER", "VAL", title="Customs Valuer", valid_months=24, grace_days=30
    )
    academy.complete("dara", "VAL", "2025-01-10")
    academy.complete("rith", "VAL", "2024-02-20")
    academy.complete("maly", "VAL", "2023-01-10")
    return row


def listed(academy: Academy, who: str, typed: str) -> list[tuple[str, str]]:
    """Names and days of the answer that somebody gets."""
    ctx = academy.acting(who)
    found = understanding.understand(ctx, typed)
    (subject,) = found.subjects
    answer = qualified.answer(ctx, subject, found.where)
    return [(line.name.best("en"), str(line.day)) for line in answer.lines]


def test_question__asked_by_the_supervisor__lists_those_who_are_still(
    academy: Academy, valuer: Curriculum
) -> None:
    assert listed(academy, "sokha", "who at poipet is qualified as a valuer") == [
        ("Nhem Rith", "2026-02-20"),
        ("Sok Dara", "2027-01-10"),
    ]
    ctx = academy.acting("sokha")
    answer = qualified.answer(ctx, _subject(valuer), ())
    assert (answer.lapsed, answer.offices, answer.cut) == (1, (), False)


def test_words__that_ask_nothing__have_nothing_read(academy: Academy, valuer: Curriculum) -> None:
    ctx, bind = academy.acting("sokha"), academy.ctx.session.get_bind()
    assert isinstance(bind, Engine)
    with asked(bind) as statements:
        for words in ("Good morning, I shall be late", "valuation", "សួស្តី", "شکریہ"):
            assert understanding.overheard(ctx, words) is None
    assert statements == []
    assert understanding.overheard(ctx, "whom shall I call") is None
    found = understanding.overheard(ctx, "who is qualified as a valuer")
    assert found is not None
    assert [one.code for one in found.subjects] == ["VALUER"]


def test_question__asked_from_outside__reaches_nobody_of_another_part(
    academy: Academy, valuer: Curriculum
) -> None:
    elsewhere = academy.add_unit("Bavet")
    academy.add_person(
        "bavet", supervisor="director", unit_id=elsewhere.id, full_name="Bavet Clerk"
    )
    academy.complete("bavet", "VAL", "2025-06-01")
    academy.grant("trainer", Role.HR, elsewhere)
    assert len(listed(academy, "unit", "valuer")) == 3
    assert [name for name, _day in listed(academy, "trainer", "valuer")] == ["Bavet Clerk"]
    assert listed(academy, "trainer", "valuer poipet") == []
    assert "Bavet Clerk" not in dict(listed(academy, "sokha", "valuer"))


def test_question__asked_by_an_officer__is_not_answered(
    academy: Academy, valuer: Curriculum
) -> None:
    ctx = academy.acting("dara")
    with pytest.raises(OutOfReach):
        understanding.understand(ctx, "who is qualified as a valuer")
    with pytest.raises(OutOfReach):
        qualified.answer(ctx, _subject(valuer), ())


def test_office__named__holds_what_belongs_to_it(academy: Academy, valuer: Curriculum) -> None:
    mekong = academy.ctx.session.get_one(Unit, academy.person("dara").unit_id).parent_id
    assert mekong is not None
    ctx = academy.acting("unit")
    assert len(qualified.answer(ctx, _subject(valuer), (mekong,)).lines) == 2
    with pytest.raises(Refusal, match="office is not there"):
        qualified.answer(ctx, _subject(valuer), (mekong, 9999))


def test_course__completed_by_an_equivalent_or_a_title__counts(academy: Academy) -> None:
    course, other = academy.course("ORI", title="Rules of Origin"), academy.course("ORI2")
    academy.add(Equivalence(course_id=course.id, title="ORI2", other_course_id=other.id))
    academy.add(Equivalence(course_id=course.id, title="CLiKC! Origin"))
    academy.record("dara", "ORI", "2020-05-01")
    academy.record("dara", "ORI", "2024-05-01")
    academy.record("rith", "ORI2", "2023-05-01")
    academy.record("maly", "", "2022-05-01", title="clikc!  origin")
    academy.record("sokha", "", "2022-05-01", title="Something else")
    assert listed(academy, "unit", "who has completed origin") == [
        ("Nhem Rith", "2023-05-01"),
        ("Ouk Maly", "2022-05-01"),
        ("Sok Dara", "2024-05-01"),
    ]


def test_curriculum_and_course__of_one_name__the_curriculum_is_meant(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.course("CV", title="Customs Valuer")
    (subject,) = understanding.understand(academy.acting("unit"), "customs valuer").subjects
    assert (subject.kind, subject.id) == (Kind.CURRICULUM, valuer.id)


def test_guests_and_leavers__are_in_no_answer(academy: Academy, valuer: Curriculum) -> None:
    academy.person("dara").guest = True
    academy.person("rith").active = False
    academy.ctx.session.flush()
    assert listed(academy, "unit", "valuer") == []


def test_curriculum__retired__is_not_asked_about(academy: Academy, valuer: Curriculum) -> None:
    valuer.active = False
    academy.ctx.session.flush()
    found = understanding.understand(academy.acting("unit"), "customs valuer")
    assert found.subjects == ()


def test_answer__of_more_than_can_be_listed__is_cut_and_says_so(
    academy: Academy, valuer: Curriculum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qualified, "MOST", 1)
    assert qualified.answer(academy.acting("unit"), _subject(valuer), ()).cut


@pytest.mark.parametrize(
    ("typed", "is_question"),
    [
        ("who is qualified as a valuer", True),
        ("who is qualified in juggling", True),
        ("is sok dara qualified as valuer", True),
        ("is dara qualified", True),
        ("who valuer", True),
        ("valuer", False),
        ("dara", False),
        ("who is dara", False),
        ("is it certified", False),
    ],
)
def test_words__that_came_by_themselves__are_a_question_or_not(
    academy: Academy, valuer: Curriculum, typed: str, is_question: bool
) -> None:
    found = understanding.understand(academy.acting("sokha"), typed)
    assert found.is_question is is_question


def test_people__asked_about_by_name__are_told_of_each(
    academy: Academy, valuer: Curriculum
) -> None:
    for typed, state in (
        ("is sok dara qualified as valuer", ("Sok Dara", Standing.HOLDS, False)),
        ("is maly qualified as valuer", ("Ouk Maly", Standing.LAPSED, False)),
        ("is bopha qualified as valuer", ("Chea Bopha", None, True)),
    ):
        found = understanding.understand(academy.acting("sokha"), typed)
        answer = qualified.answer(
            academy.acting("sokha"), found.subjects[0], found.where, found.people
        )
        told = [(line.name.best("en"), line.standing, line.lacks) for line in answer.lines]
        assert (told, found.unknown) == ([state], ())


def test_people__out_of_reach__are_words_that_nobody_knows(
    academy: Academy, valuer: Curriculum
) -> None:
    found = understanding.understand(academy.acting("sokha"), "is ratana qualified as valuer")
    assert (found.people, found.unknown) == ((), ("ratana",))
    ctx = academy.acting("sokha")
    forged = qualified.answer(ctx, found.subjects[0], (), (academy.ids["unit"],))
    assert forged.lines == ()


def _subject(curriculum: Curriculum) -> Subject:
    assert curriculum.id is not None
    return Subject(Kind.CURRICULUM, curriculum.id, curriculum.code, title_of(curriculum))


def test_answer__of_more_than_can_be_listed__lists_those_valid_longest(
    academy: Academy, valuer: Curriculum, monkeypatch: pytest.MonkeyPatch
) -> None:
    academy.complete("sokha", "VAL", "2026-02-01")
    monkeypatch.setattr(qualified, "MOST", 2)
    answer = qualified.answer(academy.acting("unit"), _subject(valuer), ())
    assert [str(line.day) for line in answer.lines] == ["2028-02-01", "2027-01-10"]
    assert (answer.cut, answer.lapsed) == (True, 0)


def test_answer__of_more_who_completed_a_course__lists_those_who_did_last(
    academy: Academy, valuer: Curriculum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(qualified, "MOST", 1)
    course = academy.course("VAL")
    about = Subject(Kind.COURSE, course.id or 0, course.code, catalogue.title_of(course))
    answer = qualified.answer(academy.acting("unit"), about, ())
    assert [str(line.day) for line in answer.lines] == ["2025-01-10"]
    assert answer.cut
