"""Who is qualified in what, and until when: typed in the chat, in each language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from bot.models.people import Grant, Role
from bot.models.training import Course
from tests.conversations.qualified import complete, curriculum, require
from tests.conversations.stage import Stage

Golden = Callable[[Stage, str], None]
KHMER, URDU = "អ្នកវាយតម្លៃគយ", "کسٹمز ویلیوئر"


@pytest.fixture
def valuers(stage: Stage) -> None:
    titles = {"km": KHMER, "ur": URDU}
    curriculum(stage, "CV", "Customs Valuer", "VAL", valid_months=24, grace_days=60, titles=titles)
    curriculum(stage, "CV2", "Customs Valuer, Advanced Level", "IPR", valid_months=24)
    curriculum(stage, "USED", "Valuer of Used Cars", "HS", valid_months=24)
    for who, day in (
        ("dara", dt.date(2025, 1, 10)),
        ("bopha", dt.date(2024, 3, 20)),
        ("bilal", dt.date(2024, 1, 20)),
        ("maly", dt.date(2022, 1, 20)),
    ):
        complete(stage, who, "VAL", day)
    with stage.database.transaction() as session:
        session.add(Course(code="XRAY", title="Reading X-ray Pictures"))


async def test_question__typed_by_itself__is_answered_with_a_list(
    stage: Stage, valuers: None, golden: Golden
) -> None:
    sokha, rith = await stage.join("sokha"), await stage.join("rith")
    await sokha.type("Who at Poipet is qualified as customs valuer, and until when?")
    await sokha.type("and at Takeo")
    await sokha.type("valuer at Takeo")
    await stage.restart()
    await sokha.type("cv")
    await sokha.type("valuer")
    await sokha.press("USED Valuer of Used Cars")
    await sokha.say("/menu")
    await sokha.press("Qualifications of my team")
    await sokha.press("Who is qualified in what?")
    await sokha.type("juggling")
    await sokha.type("x-ray")
    await sokha.say("/menu")
    await sokha.type("Who is qualified in juggling?")
    await sokha.say("/menu")
    await sokha.type("Good morning")
    await sokha.type("Is Sok Dara qualified as customs valuer?")
    await sokha.type("rith and customs valuer")
    await sokha.type("maly")
    await sokha.type("dara valuer")
    await sokha.press("USED Valuer of Used Cars")
    await sokha.say("/qualified valuer cars")
    await sokha.say("/qualified")
    await sokha.forge("who:k1::7")
    await sokha.forge("who:k99::0")
    await sokha.forge("who:k1:99:0")
    await sokha.forge("who:x")
    await sokha.press_stale("An old button", "menu~1")
    await rith.type("Who at Poipet is qualified as customs valuer?")
    await rith.forge("who:k1::0")
    await rith.say("/qualified valuer")
    golden(stage, "qualified_asked")


@pytest.mark.parametrize(
    ("who", "words", "language"),
    [
        ("bopha", "តើអ្នកណានៅ Poipet មានគុណវុឌ្ឍិជាអ្នកវាយតម្លៃគយ ដល់ពេលណា?", "km"),
        ("bilal", "Poipet میں کسٹمز ویلیوئر کا اہل کون ہے اور کب تک؟", "ur"),
    ],
)
async def test_question__in_another_language__is_answered_in_it(
    stage: Stage, valuers: None, golden: Golden, who: str, words: str, language: str
) -> None:
    with stage.database.transaction() as session:
        now = stage.ctx(session).now()
        session.add(Grant(person_id=stage.ids[who], role=Role.HR, granted_at=now))
    officer = await stage.join(who)
    await officer.type(words)
    golden(stage, f"qualified_{language}")


async def test_person__with_more_than_a_message_holds__is_shown_in_pages(stage: Stage) -> None:
    titles = [f"Qualification {number:02} of a name as long as it may be" for number in range(60)]
    for number, title in enumerate(titles):
        require(stage, "maly", curriculum(stage, f"Q{number:02}", title), dt.date(2026, 5, 1))
    sokha, rith = await stage.join("sokha"), await stage.join("rith")
    await sokha.say("/qualified maly")
    first = sokha.phone.last["text"]
    await rith.forge(sokha.data_of("›"))
    assert "You cannot do this." in rith.phone.toasts[-1]
    await sokha.press("›")
    second = sokha.phone.last["text"]
    assert [title for title in titles if title not in first + second] == []
    assert titles[-1] not in first
