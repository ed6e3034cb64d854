"""Codes and staff numbers that a file names: what they mean, or that they mean nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import Text, _
from bot.imports.findings import Findings
from bot.imports.kinds import Records
from bot.imports.plan import Inserts, table_of, temporary_id
from bot.models.people import Person
from bot.models.training import Course, Trainer, TrainingClass

MOST_COMPARED = 50_000


def course_ids(session: Session) -> dict[str, int]:
    return dict(session.execute(select(Course.code, Course.id)).all())


def class_ids(session: Session) -> dict[str, int]:
    return dict(session.execute(select(TrainingClass.code, TrainingClass.id)).all())


def people_ids(session: Session) -> dict[str, int]:
    """Everybody but guests, who stand in no file."""
    query = select(Person.staff_no, Person.id).where(~Person.guest)
    return dict(session.execute(query).all())


def nearest(strange: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """For each strange code a known one that it is like, or blank.

    Case, zeros in front and signs are looked past; among few codes, so are slips of the pen.
    """
    codes = list(known)
    plain = {_plain(code): code for code in codes}
    found = {code: plain.get(_plain(code), "") for code in strange}
    if len(found) * len(codes) <= MOST_COMPARED:
        for code, like in found.items():
            close = get_close_matches(code, codes, n=1, cutoff=0.75)
            found[code] = like or (close[0] if close else "")
    return found


def _plain(code: str) -> str:
    return "".join(char for char in code.casefold() if char.isalnum()).lstrip("0")


def _strange(codes: Iterable[str], known: Mapping[str, int]) -> dict[str, str]:
    """The codes that name nothing, each with what may be meant."""
    unknown = [code for code in dict.fromkeys(codes) if code and code not in known]
    return nearest(unknown, known) if unknown else {}


def starred_ids(
    records: Records, column: str, known: Mapping[str, int], unknown: Text, found: Findings
) -> list[int]:
    """The ids of what a starred column names; each code that names nothing blocks the file.

    `unknown` is the sentence for such a code. Rows that are blocked get the id 0.
    """
    codes = records.values[column]
    strange = _strange(codes, known)
    heading = records.heading(column)
    for row, code in zip(records.rows, codes, strict=True) if strange else ():
        if code in strange:
            found.refuse("key-unknown", with_hint(unknown, code, strange[code]), row, heading)
    return [known.get(code, 0) for code in codes]


def plain_ids(
    records: Records, column: str, known: Mapping[str, int], unknown: Text, found: Findings
) -> list[int | None]:
    """The ids of what a column names, None where it is blank or, with a warning, unknown."""
    codes = records.values[column]
    strange = _strange(codes, known)
    heading = records.heading(column)
    for row, code in zip(records.rows, codes, strict=True) if strange else ():
        if code in strange:
            found.blank("name-unknown", with_hint(unknown, code, strange[code]), row, heading)
    return [known.get(code) for code in codes]


def with_hint(unknown: Text, code: str, near: str) -> Text:
    """The sentence for a code that names nothing, with the one that may be meant, if any."""
    sentence = Text(unknown.msgid, (("code", code),))
    if not near:
        return sentence
    return _("{problem} If {near} is meant, write it so.", problem=sentence, near=near)


class TrainerBook:
    """Trainers by code or staff number; whoever is named on a class becomes one."""

    def __init__(self, session: Session, people: Mapping[str, int]) -> None:
        self.inserts = Inserts(table_of(Trainer), ("code", "person_id", "name"))
        self._people = people
        self._ids: dict[str, int] = {}
        staff_no_of = {person_id: staff_no for staff_no, person_id in people.items()}
        query = select(Trainer.id, Trainer.code, Trainer.person_id)
        for trainer_id, code, person_id in session.execute(query):
            self._ids[code] = trainer_id
            if person_id in staff_no_of:
                self._ids.setdefault(staff_no_of[person_id], trainer_id)

    def known(self, codes: Iterable[str]) -> dict[str, int]:
        """The ids of all these codes that mean somebody; officers among them are added."""
        for code in dict.fromkeys(codes):
            if code in self._people and code not in self._ids:
                self._ids[code] = temporary_id(len(self.inserts.rows))
                self.inserts.rows.append([code, self._people[code], ""])
        return self._ids
