"""Who plays: officers, and the desks of the training unit that answer what they ask."""

from __future__ import annotations

from dataclasses import dataclass

FIRST_ACCOUNT = 500_000_000
OFFICES = 10


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: accounts of the officers, and of the desks that answer their questions.

    Person and account have the same number, counted from 1 and from FIRST_ACCOUNT.
    """

    officers: int

    @property
    def desks(self) -> int:
        return min(OFFICES, self.officers)

    @property
    def people(self) -> range:
        return range(1, self.officers + self.desks + 1)

    def is_desk(self, person_id: int) -> bool:
        return person_id > self.officers

    def office(self, person_id: int) -> int:
        """The office somebody belongs to, from 1."""
        place = person_id - self.officers if self.is_desk(person_id) else person_id
        return (place - 1) % self.desks + 1


def account(person_id: int) -> int:
    return FIRST_ACCOUNT + person_id
