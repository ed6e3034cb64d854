"""The import of nominations: names and reserves for classes with a round, as HR sends them back.

Names go on the list of the part that each person serves in. Who is on a list already gets the
rank of the file; whom the file leaves out stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import Text, _, _n
from bot.imports import cells
from bot.imports.findings import Findings
from bot.imports.kinds import Column, Exported, Kind, Records, World, register
from bot.imports.plan import Plan
from bot.models.nominations import NominationQuota, NominationRound
from bot.models.people import Person, Unit
from bot.models.training import Enrolment, EnrolmentState, TrainingClass
from bot.training import states
from bot.training.imports import references
from bot.training.imports.nomination_steps import Line, Rounds, plan_of
from bot.training.round_cards import ON_LIST, seats_of
from bot.training.states import Act

COLUMNS = (
    Column("class_code", cells.key, starred=True),
    Column("staff_no", cells.key, starred=True, numbered=True),
    Column("rank", cells.whole_number(1, 9999), blank=None),
    Column("reserve", cells.yes_no, blank=False, blank_means=_("no")),
    Column("full_name", cells.text),
    Column("unit", cells.text),
    Column("gender", cells.text),
    Column("state", cells.text),
)
WRITTEN = ("class_code", "staff_no", "rank", "reserve", "full_name", "unit")
NO_CLASS = _("There is no class {code}. Correct the code.")
NO_PERSON = _("Nobody has the staff number {code}. Correct it, or take the row out.")


def plan_nominations(world: World, records: Records, found: Findings) -> Plan:
    """What the file would change. Rows outside a round or its quotas block the file."""
    session = world.session
    classes, people = references.class_ids(session), references.people_ids(session)
    class_ids = references.starred_ids(records, "class_code", classes, NO_CLASS, found)
    person_ids = references.starred_ids(records, "staff_no", people, NO_PERSON, found)
    rounds = Rounds(session)
    rounds.load(set(class_ids))
    lines = list(_lines(rounds, records, found, class_ids, person_ids))
    _refuse_too_many(rounds, records, found, lines)
    return plan_of(world, rounds, lines)


def export_nominations(session: Session) -> Exported:
    """Everybody who stands on a list of a round that goes on."""
    query = (
        select(TrainingClass.code, Person, Enrolment, Unit.name)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Unit, Unit.id == Person.unit_id)
        .join(NominationQuota, NominationQuota.id == Enrolment.quota_id)
        .join(NominationRound, NominationRound.id == NominationQuota.round_id)
        .where(Enrolment.state.in_(ON_LIST), NominationRound.settled_at.is_(None))
        .order_by(TrainingClass.code, Enrolment.quota_id, Enrolment.reserve, Enrolment.rank)
    )
    rows = (
        [code, person.staff_no, row.rank, row.reserve, person.full_name, unit]
        for code, person, row, unit in session.execute(query)
    )
    return Exported(WRITTEN, rows)


def _lines(
    rounds: Rounds,
    records: Records,
    found: Findings,
    class_ids: list[int],
    person_ids: list[int],
) -> Iterator[Line]:
    count = len(records)
    ranks = records.values.get("rank", [None] * count)
    reserves = records.values.get("reserve", [False] * count)
    persons = _persons(rounds.session, person_ids)
    codes = zip(records.values["class_code"], records.values["staff_no"], strict=True)
    rows = zip(records.rows, class_ids, person_ids, ranks, reserves, codes, strict=True)
    for number, class_id, person_id, rank, reserve, (code, staff_no) in rows:
        person = persons.get(person_id)
        if not class_id or person is None:
            continue
        quota = rounds.quota_of(class_id, person.unit_id)
        row = rounds.rows.get((class_id, person_id))
        fault = _fault(person, quota, row, has_round=class_id in rounds.quotas)
        if fault is not None:
            found.refuse(*fault, number, records.heading("staff_no"))
        elif quota is not None and quota.id is not None:
            what = f"{code} {staff_no}"
            yield Line(class_id, person_id, quota.id, rank, bool(reserve), what)


def _fault(
    person: Person, quota: NominationQuota | None, row: Enrolment | None, *, has_round: bool
) -> tuple[str, Text] | None:
    """Why somebody cannot be named: a code, and a sentence with its remedy."""
    if not has_round:
        return "no-round", _("No names are asked for this class. Open a nomination round first.")
    if not person.active or person.guest:
        return "not-active", _("This person does not serve any more. Take the row out.")
    if quota is None:
        return "no-quota", _(
            "The office of this person has no seats in this round. Give it seats, or take the "
            "row out."
        )
    state = row.state if row is not None else None
    on_this_list = row is not None and row.quota_id == quota.id and state in ON_LIST
    may = states.leads(Act.NOMINATE, state, EnrolmentState.NOMINATED)
    if not on_this_list and (not may or state is EnrolmentState.REQUESTED):
        return "on-list", _("This person is on the list of the class already. Take the row out.")
    return None


def _refuse_too_many(rounds: Rounds, records: Records, found: Findings, lines: list[Line]) -> None:
    """More names than seats on one list; people who are not in the file count, too."""
    named = {(line.class_id, line.person_id) for line in lines}
    counted: Counter[int] = Counter(line.quota_id for line in lines if not line.reserve)
    for key, row in rounds.rows.items():
        stays = row.state in ON_LIST and not row.reserve and key not in named
        if stays and row.quota_id is not None:
            counted[row.quota_id] += 1
    quotas = [quota for known in rounds.quotas.values() for quota in known.values()]
    for quota in quotas:
        if quota.id is not None and counted[quota.id] > seats_of(quota):
            name = rounds.session.get_one(Unit, quota.unit_id).name
            found.refuse(
                "too-many-names",
                _n(
                    "{office} has {count} seat, and more names than that. Mark some as reserves.",
                    "{office} has {count} seats, and more names than that. Mark some as reserves.",
                    seats_of(quota),
                    office=name,
                ),
                records.rows[0] if records.rows else None,
                records.heading("reserve"),
            )


def _persons(session: Session, ids: list[int]) -> dict[int, Person]:
    wanted = {person_id for person_id in ids if person_id}
    found = session.scalars(select(Person).where(Person.id.in_(wanted)))
    return {person.id: person for person in found if person.id is not None}


NOMINATIONS = register(
    Kind("nominations", COLUMNS, ("class_code", "staff_no"), plan_nominations, export_nominations)
)
