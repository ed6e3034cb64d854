"""A team against what its posts require, as data.

A gap is the level that the post requires less the level the supervisor gave. Level 0 says that
it could not be judged, and makes no gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.needs.competencies import CompetencyLine
from bot.people.directory import PersonCard


@dataclass(frozen=True, slots=True)
class Cell:
    """What a post requires of one person, at which level they see themself and their supervisor
    sees them; None where nobody has said.
    """

    required: int
    importance: int
    own: int | None = None
    rated: int | None = None

    @property
    def gap(self) -> int | None:
        """How many levels are missing, 0 for none; None where it was not or cannot be judged."""
        return max(self.required - self.rated, 0) if self.rated else None


@dataclass(frozen=True, slots=True)
class Matrix:
    """A team against what its posts require: `cells` by person and competency, for those only
    that the person's post requires.
    """

    round_id: int
    people: tuple[PersonCard, ...]
    competencies: tuple[CompetencyLine, ...]
    cells: Mapping[tuple[int, int], Cell]

    @property
    def rated(self) -> int:
        return sum(cell.rated is not None for cell in self.cells.values())

    def of_person(self, person_id: int) -> dict[int, Cell]:
        """The cells of one person, by competency, in the order of `competencies`."""
        return {
            one.id: self.cells[person_id, one.id]
            for one in self.competencies
            if (person_id, one.id) in self.cells
        }

    def of_competency(self, competency_id: int) -> dict[int, Cell]:
        """The cells of one competency, by person, in the order of `people`."""
        return {
            one.id: self.cells[one.id, competency_id]
            for one in self.people
            if (one.id, competency_id) in self.cells
        }
