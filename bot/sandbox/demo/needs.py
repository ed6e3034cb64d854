"""What posts of the invented administration require, and what came of last year's survey."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from sqlmodel import select

from bot.calendar import DAY
from bot.context import Ctx
from bot.models.needs import (
    Channel,
    Competency,
    CompetencyRating,
    Need,
    NeedsRound,
    PositionLevel,
    RatedBy,
    RoundState,
    Topic,
)
from bot.models.people import Person
from bot.needs import start, years

Row: TypeAlias = Mapping[str, object]
EVERYBODY = (("LAW", 2, 3), ("TALK", 2, 3), ("SERVICE", 2, 4), ("SYSTEM", 2, 3))
POSTS: Mapping[str, tuple[tuple[str, int, int], ...]] = {
    "Customs Officer": (("HS", 3, 5), ("ORIGIN", 2, 3), ("VAL", 2, 3)),
    "Cargo Examiner": (("INSPECT", 3, 5), ("PROHIBIT", 3, 4), ("HS", 2, 4)),
    "Valuation Officer": (("VAL", 4, 5), ("ORIGIN", 3, 3), ("DATA", 2, 3)),
    "Passenger Clearance Officer": (("BAGGAGE", 3, 5), ("PROHIBIT", 2, 4)),
    "Anti-smuggling Officer": (("INVEST", 3, 5), ("DATA", 3, 4), ("PROHIBIT", 3, 4)),
    "Head of Office": (("TEAM", 3, 5), ("DECIDE", 3, 4), ("RKC", 3, 3)),
}
"""By position: code of a competency, required level, importance."""
FRAMEWORK: Mapping[str, tuple[str, ...]] = {
    "Customs Officer": ("BASIC", "LAW", "HS", "VAL"),
    "Cargo Examiner": ("BASIC", "LAW", "HS", "ANTI"),
    "Valuation Officer": ("BASIC", "HS", "VAL", "DW"),
    "Passenger Clearance Officer": ("BASIC", "LAW", "ANTI"),
    "Anti-smuggling Officer": ("BASIC", "LAW", "ANTI", "DW"),
}
ENHANCED = frozenset({"VAL", "ANTI", "DW"})
TOPICS = (
    ("Classification of goods", "ចំណាត់ថ្នាក់ទំនិញ", "اشیا کی درجہ بندی", "HS", "HS"),
    ("Customs valuation", "ការវាយតម្លៃគយ", "کسٹمز ویلیوایشن", "VAL", "VAL"),
    ("Law and procedures", "ច្បាប់ និងនីតិវិធី", "قانون اور طریقہ کار", "LAW", "LAW"),
    ("Clearance system", "ប្រព័ន្ធបែបបទគយ", "کلیئرنس نظام", "SYSTEM", "MACCS"),
    ("Data and risk", "ទិន្នន័យ និងហានិភ័យ", "ڈیٹا اور خطرات", "DATA", "DW"),
    ("Smuggling routes", "ផ្លូវរត់ពន្ធ", "اسمگلنگ کے راستے", "INVEST", "ANTI"),
    ("Scanner pictures", "រូបភាពម៉ាស៊ីនស្កេន", "اسکینر کی تصاویر", "INSPECT", ""),
)  # fmt: skip
WISHES = (
    ("HS chapters 84 and 85", "Classification of goods"),
    ("How to value used cars", "Customs valuation"),
    ("Which law applies to e-commerce", "Law and procedures"),
    ("Faster work in the clearance system", "Clearance system"),
    ("Reading risk profiles", "Data and risk"),
    ("New hiding places in trucks", "Smuggling routes"),
    ("Reading scanner pictures of containers", "Scanner pictures"),
    ("More staff on night shifts", ""),
)
"""What people wrote, and the topic it was put to; without one it is for the management."""
SURVEY_DAYS = 21
BEFORE_THE_YEAR = 70
EVERY = 3
"""One officer in three wrote a wish."""


def position_levels() -> list[Row]:
    """The rows of the workbook of required levels."""
    return [
        {"position": post, "competency": code, "level": level, "importance": importance}
        for post, own in POSTS.items()
        for code, level, importance in (*EVERYBODY, *own)
    ]


def framework() -> list[Row]:
    """The rows of the workbook of training frameworks."""
    return [
        {
            "position": post,
            "course": code,
            "kind": "enhanced" if code in ENHANCED else "core",
            "place": place,
        }
        for post, codes in FRAMEWORK.items()
        for place, code in enumerate(codes, 1)
    ]


def topics() -> list[Row]:
    """The rows of the workbook of topics."""
    return [
        {
            "name": english,
            "name::Khmer (km)": khmer,
            "name::Urdu (ur)": urdu,
            "competency": competency,
            "course": course,
        }
        for english, khmer, urdu, competency, course in TOPICS
    ]


def take_over(ctx: Ctx) -> None:
    """The shipped competencies, as the unit takes them over with one press."""
    start.take_over(ctx)


def last_survey(ctx: Ctx) -> None:
    """The closed survey for this plan year: a rating of everybody, and what they wrote."""
    year = years.plan_year(ctx)
    opened = year - BEFORE_THE_YEAR * DAY
    closed = opened + SURVEY_DAYS * DAY
    noon = dt.time(12, tzinfo=dt.UTC)
    row = NeedsRound(
        plan_year=year,
        opens_on=opened,
        closes_on=closed,
        state=RoundState.CLOSED,
        opened_at=dt.datetime.combine(opened, noon),
        closed_at=dt.datetime.combine(closed, noon),
    )
    ctx.session.add(row)
    ctx.session.flush()
    assert row.id is not None
    people = ctx.session.exec(select(Person).where(Person.active).order_by(Person.id)).all()
    rated_at = dt.datetime.combine(opened + DAY, noon)
    ctx.session.add_all(_ratings(ctx, row.id, people, rated_at))
    ctx.session.add_all(_wishes(ctx, row.id, people, rated_at))
    ctx.session.flush()


def _ratings(
    ctx: Ctx, round_id: int, people: Sequence[Person], at: dt.datetime
) -> Iterator[CompetencyRating]:
    """Below what is required by nought to two levels; people see themselves a little higher."""
    required: dict[str, list[PositionLevel]] = {}
    for one in ctx.session.exec(select(PositionLevel)):
        required.setdefault(one.position, []).append(one)
    for person in people:
        for one in required.get(person.position, ()):
            below = (person.id * 7 + one.competency_id * 5 + person.unit_id) % 7 // 2
            seen = {RatedBy.SUPERVISOR: one.level - below, RatedBy.SELF: one.level - below // 2}
            for source, level in seen.items():
                yield CompetencyRating(
                    round_id=round_id,
                    person_id=person.id,
                    competency_id=one.competency_id,
                    source=source,
                    level=max(1, level),
                    rated_by=person.id if source is RatedBy.SELF else person.supervisor_id,
                    rated_at=at,
                )


def _wishes(ctx: Ctx, round_id: int, people: Sequence[Person], at: dt.datetime) -> Iterator[Need]:
    known = dict(ctx.session.execute(select(Topic.name, Topic.id)).all())
    codes = dict(ctx.session.execute(select(Competency.code, Competency.id)).all())
    meant = {name: codes[competency] for name, _km, _ur, competency, _course in TOPICS}
    for place, person in enumerate(people[::EVERY]):
        words, topic = WISHES[place * 5 % len(WISHES)]
        yield Need(
            round_id=round_id,
            channel=Channel.OFFICER,
            told_by=person.id,
            told_at=at,
            person_id=person.id,
            unit_id=person.unit_id,
            competency_id=meant.get(topic),
            topic_id=known.get(topic),
            words=words,
            importance=3 + place % 3,
            management=not topic,
        )
