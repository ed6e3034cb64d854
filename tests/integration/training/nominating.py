"""A class filled by nomination: three parts of the organisation, who names people, the unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.models.people import Role, Unit
from bot.models.training import Entry, TrainingClass
from bot.training import list_cards, nomination_lists, quotas, rounds
from bot.training.list_cards import ListCard
from bot.training.round_cards import QuotaCard
from tests.integration.training.conftest import School

DAYS = 7


@dataclass(slots=True)
class Round:
    """Poipet has two seats, Bavet one; their people and the focal points of both."""

    school: School
    held: TrainingClass
    poipet: QuotaCard
    bavet: QuotaCard

    @property
    def class_id(self) -> int:
        assert self.held.id is not None
        return self.held.id

    def rows(self, card: ListCard) -> list[str]:
        """The names of a list by key, then after a bar its reserves."""
        keys = {person_id: key for key, person_id in self.school.ids.items()}
        names = [keys[name.person_id] for name in card.names]
        reserves = [keys[name.person_id] for name in card.reserves]
        return [*names, *(["|", *reserves] if reserves else [])]


def open_round(school: School, seats: int = 4) -> Round:
    """A round that ends in a week, for a class that begins in two."""
    poipet = school.ctx.session.get_one(Unit, school.person("dara").unit_id)
    bavet = school.add_unit("Bavet")
    for key in ("chenda", "phalla", "vibol"):
        school.add_person(key, supervisor="director", unit_id=bavet.id, gender="F")
    school.make_focal_point("maly", poipet)
    school.make_focal_point("vibol", bavet)
    school.add_person("records", supervisor="director")
    school.grant("records", Role.HR)
    held = school.hold(seats=seats, entry=Entry.NOMINATED)
    unit = school.acting("unit")
    deadline = school.ctx.now().date() + dt.timedelta(days=DAYS)
    rounds.open_round(unit, held.id, {"deadline": deadline.isoformat(), "order_no": "17/2026"})
    first = quotas.set_quota(unit, held.id, poipet.id, 2)
    second = quotas.set_quota(unit, held.id, bavet.id, 1)
    assert first is not None
    assert second is not None
    return Round(school, held, first, second)


def put(here: Round, by: str, *keys: str, reserve: bool = False) -> list[int]:
    """Name these people; their enrolments."""
    quota = here.bavet if by == "vibol" else here.poipet
    for key in keys:
        person = here.school.ids[key]
        nomination_lists.name(here.school.acting(by), quota.id, person, reserve=reserve)
    return [here.school.enrolment(key, here.held).id for key in keys]


def names(here: Round) -> list[str]:
    """The list of Poipet, by key."""
    return here.rows(list_cards.show(here.school.acting("unit"), here.poipet.id))
