"""What an import of nominations writes: names on lists, their ranks, and the history of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import Text, _
from bot.imports.kinds import World
from bot.imports.plan import Counts, Inserts, Plan, UpdateSet, table_of, temporary_id
from bot.models.nominations import NominationQuota, NominationRound
from bot.models.people import Unit
from bot.models.training import Enrolment, EnrolmentChange, EnrolmentState
from bot.training.round_cards import ACCEPTED, ON_LIST
from bot.training.states import Act

SAMPLES = 5
NEW = ("class_id", "person_id", "state", "changed_at", "reason", "required", "quota_id", "rank")
NEW_COLUMNS = (*NEW, "reserve")
CHANGE_COLUMNS = ("enrolment_id", "at", "act", "old", "new", "rule", "reason", "details")
SET_COLUMNS = ("state", "changed_at", "reason", "required", "quota_id", "rank", "reserve")
BY_FILE = "named in a file"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file that can be taken."""

    class_id: int
    person_id: int
    quota_id: int
    rank: int | None
    reserve: bool
    what: str


@dataclass
class Rounds:
    """Open rounds and their quotas, the parts people serve in, and who stands where."""

    session: Session
    quotas: dict[int, dict[int, NominationQuota]] = field(default_factory=dict)
    parents: dict[int, int | None] = field(default_factory=dict)
    rows: dict[tuple[int, int], Enrolment] = field(default_factory=dict)

    def load(self, class_ids: set[int]) -> None:
        self.parents = dict(self.session.execute(select(Unit.id, Unit.parent_id)).all())
        found = self.session.execute(
            select(NominationRound.class_id, NominationQuota)
            .join(NominationQuota, NominationQuota.round_id == NominationRound.id)
            .where(NominationRound.class_id.in_(class_ids), NominationRound.settled_at.is_(None))
        )
        for class_id, quota in found:
            self.quotas.setdefault(class_id, {})[quota.unit_id] = quota
        enrolled = select(Enrolment).where(Enrolment.class_id.in_(class_ids))
        self.rows = {(row.class_id, row.person_id): row for row in self.session.scalars(enrolled)}

    def quota_of(self, class_id: int, unit_id: int) -> NominationQuota | None:
        """The quota of the part that an office belongs to."""
        quotas = self.quotas.get(class_id, {})
        current: int | None = unit_id
        while current is not None and current not in quotas:
            current = self.parents.get(current)
        return quotas.get(current) if current is not None else None


def plan_of(world: World, rounds: Rounds, lines: list[Line]) -> Plan:
    """New names, others with another rank, and a step of history for each who is named."""
    inserts = Inserts(table_of(Enrolment), NEW_COLUMNS)
    history = Inserts(table_of(EnrolmentChange), CHANGE_COLUMNS)
    updates, counts, changed = UpdateSet(table_of(Enrolment)), Counts(), []
    samples: list[Text] = []
    for line, rank in _ranked(rounds, lines):
        row = rounds.rows.get((line.class_id, line.person_id))
        after = _after(world, line, rank)
        if row is None or row.id is None:
            row_id = temporary_id(len(inserts.rows))
            inserts.rows.append([line.class_id, line.person_id, *after])
            counts.new += 1
            samples.append(_("New: {what}", what=line.what))
        elif row.state in ON_LIST:
            if row.state in ACCEPTED or (row.rank, row.reserve) == (rank, line.reserve):
                counts.unchanged += 1
            else:
                before = (row.rank, row.reserve)
                updates.add(row.id, ("rank", "reserve"), before, (rank, line.reserve))
                changed.append(row.id)
            continue
        else:
            row_id = row.id
            updates.add(row_id, SET_COLUMNS, [getattr(row, n) for n in SET_COLUMNS], after)
            changed.append(row_id)
        old = row.state.value if row is not None else ""
        history.rows.append(_step(world, line, row_id, old))
    counts.changed = len(changed)
    new = [temporary_id(place) for place in range(len(inserts.rows))]
    return Plan(
        target=table_of(Enrolment),
        inserts=[inserts, history],
        updates=updates.updates(),
        counts=counts,
        outcome={"new": new, "changed": changed},
        samples=samples[:SAMPLES],
    )


def _ranked(rounds: Rounds, lines: list[Line]) -> Iterator[tuple[Line, int]]:
    """Each line with its rank: by the ranks of the file, then as it stands in the file, after
    those who are on the list and not in the file.
    """
    sides: dict[tuple[int, bool], list[Line]] = defaultdict(list)
    for line in lines:
        sides[line.quota_id, line.reserve].append(line)
    named = {(line.class_id, line.person_id) for line in lines}
    for (quota_id, reserve), members in sides.items():
        before = sum(
            row.quota_id == quota_id and row.reserve is reserve and row.state in ON_LIST
            for key, row in rounds.rows.items()
            if key not in named
        )
        members.sort(key=lambda line: (line.rank is None, line.rank or 0))
        yield from ((line, before + place) for place, line in enumerate(members, 1))


def _after(world: World, line: Line, rank: int) -> list[object]:
    """The values of SET_COLUMNS."""
    nominated = EnrolmentState.NOMINATED
    return [nominated, world.now, "", False, line.quota_id, rank, line.reserve]


def _step(world: World, line: Line, row_id: int, old: str) -> list[object]:
    new = EnrolmentState.NOMINATED.value
    details = {"quota": line.quota_id}
    return [row_id, world.now, Act.NOMINATE.value, old, new, BY_FILE, "", details]
