"""What the names and codes of a rule mean here; a name that means nothing is refused.

Capital letters, accents and the kind of quotation marks make no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import SQLModel

from bot.campaigns.audiences.grammar import plain_text
from bot.campaigns.audiences.rule import Answered, What
from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.definition import FormDefinition
from bot.forms.nearest import nearest
from bot.forms.versions import definition
from bot.i18n import Text, _
from bot.models.broadcasts import Audience
from bot.models.evaluation import Assignment
from bot.models.forms import AnonymousResponse, FormVersion
from bot.models.people import Person, Unit
from bot.models.qualifications import Curriculum
from bot.models.training import Course, TrainingClass
from bot.people import reach
from bot.people.search import fold

Row = TypeVar("Row", bound=SQLModel)
COLUMNS = {
    What.POSITION: Person.position,
    What.GRADE: Person.grade,
    What.GENDER: Person.gender,
}


def folded(text: str) -> str:
    """One spelling for all by which the same thing may be named in a rule."""
    return fold(plain_text(text))


def units(ctx: Ctx, names: Iterable[str]) -> set[int]:
    """The offices of these names or paths, with all that belongs to them.

    Refuses a name that no office has, and one that several have.
    """
    known = [
        (unit_id, folded(name), folded(path), path)
        for unit_id, name, path in ctx.session.execute(select(Unit.id, Unit.name, Unit.path))
    ]
    found = {_unit(known, name) for name in names}
    return reach.units_below(ctx.session, found)


def _unit(known: Sequence[tuple[int, str, str, str]], name: str) -> int:
    wanted = folded(name)
    by_path = [unit_id for unit_id, _name, path, _shown in known if path == wanted]
    by_name = [(unit_id, shown) for unit_id, named, _path, shown in known if named == wanted]
    if by_path:
        return by_path[0]
    if len(by_name) > 1:
        paths = "; ".join(path for _id, path in by_name[:3])
        raise Refusal(_("Several offices are called {name}. Write one in full: {paths}.",
                        name=name, paths=paths))  # fmt: skip
    if not by_name:
        spellings = {shown.rpartition("/")[2] for *_other, shown in known}
        raise Refusal(_unknown(_("There is no office {name}.", name=name), name, spellings))
    return by_name[0][0]


def spellings(ctx: Ctx, what: What, names: Iterable[str]) -> list[str]:
    """How the roster writes these positions, grades or genders; none for what nobody has."""
    wanted = {folded(name) for name in names}
    return [one for one in in_roster(ctx, what) if folded(one) in wanted]


def require_spellings(ctx: Ctx, what: What, names: Iterable[str]) -> None:
    """Refuse a position, grade or gender that nobody on the roster has."""
    known = in_roster(ctx, what)
    there = {folded(one) for one in known}
    for name in names:
        if folded(name) not in there:
            sentence = _("Nobody on the roster has “{name}” there.", name=name)
            raise Refusal(_unknown(sentence, name, known))


def staff(names: Iterable[str]) -> ColumnElement[bool]:
    """The condition that somebody has one of these staff numbers."""
    wanted = list(names)
    small = [fold(name) for name in wanted]
    return or_(Person.staff_no.in_(wanted), func.lower(Person.staff_no).in_(small))


def require_staff(ctx: Ctx, numbers: Iterable[str], within: ColumnElement[bool]) -> None:
    """Refuse a staff number that nobody `within` has."""
    numbers = list(numbers)
    rows = ctx.session.scalars(select(Person.staff_no).where(staff(numbers), within))
    there = {fold(number) for number in rows}
    for number in numbers:
        if fold(number) not in there:
            raise Refusal(_("Nobody within your reach has the staff number {number}.",
                            number=number))  # fmt: skip


def curriculum(ctx: Ctx, code: str) -> Curriculum:
    """The qualification of a code; refuses one that there is not."""
    found = find_curriculum(ctx, code)
    if found is not None:
        return found
    codes = ctx.session.scalars(select(Curriculum.code))
    raise Refusal(_unknown(_("There is no qualification {code}.", code=code), code, codes))


def find_curriculum(ctx: Ctx, code: str) -> Curriculum | None:
    return _by_code(ctx, Curriculum, code)


def course(ctx: Ctx, code: str) -> Course:
    """The course of a code; refuses one that is not in the catalogue."""
    found = find_course(ctx, code)
    if found is not None:
        return found
    codes = ctx.session.scalars(select(Course.code))
    raise Refusal(_unknown(_("There is no course {code}.", code=code), code, codes))


def find_course(ctx: Ctx, code: str) -> Course | None:
    return _by_code(ctx, Course, code)


def training_class(ctx: Ctx, code: str) -> TrainingClass:
    """The class of a code; refuses one that there is not."""
    found = _by_code(ctx, TrainingClass, code)
    if found is not None:
        return found
    codes = ctx.session.scalars(select(TrainingClass.code))
    raise Refusal(_unknown(_("There is no class {code}.", code=code), code, codes))


def audience(ctx: Ctx, name: str) -> Audience:
    """The audience saved under a name; refuses one that there is not."""
    rows = ctx.session.scalars(select(Audience).order_by(Audience.id)).all()
    wanted = folded(name)
    for row in rows:
        if folded(row.name) == wanted:
            return row
    sentence = _("There is no audience “{name}”.", name=name)
    raise Refusal(_unknown(sentence, name, (row.name for row in rows)))


def versions(ctx: Ctx, asked: Answered) -> list[int]:
    """All versions of a form; refuses one that is answered without names, and unknown ones."""
    rows = ctx.session.scalars(select(FormVersion).where(FormVersion.form == asked.form))
    ids = [row.id for row in rows]
    if not ids:
        forms = ctx.session.scalars(select(FormVersion.form).distinct())
        sentence = _("There is no form {form}.", form=asked.form)
        raise Refusal(_unknown(sentence, asked.form, forms))
    if _is_anonymous(ctx, asked.form, ids):
        raise Refusal(_("The form {form} is answered without names: nobody can be chosen by it.",
                        form=asked.form))  # fmt: skip
    return ids


def require_answer(ctx: Ctx, asked: Answered) -> None:
    """Refuse a question that the form does not have, and a code that it does not offer."""
    forms = [definition(ctx, version) for version in versions(ctx, asked)]
    if not asked.question:
        return
    names = {question.name for form in forms for question in form.questions}
    if asked.question not in names:
        sentence = _("The form {form} has no question {question}.",
                     form=asked.form, question=asked.question)  # fmt: skip
        raise Refusal(_unknown(sentence, asked.question, names))
    codes = _codes(forms, asked.question)
    if codes and asked.code not in codes:
        sentence = _("The question {question} has no answer with the code {code}.",
                     question=asked.question, code=asked.code)  # fmt: skip
        raise Refusal(_unknown(sentence, asked.code, codes))


def _codes(forms: Iterable[FormDefinition], name: str) -> set[str]:
    questions = [form.question(name) for form in forms]
    return {choice.code for one in questions if one is not None for choice in one.choices}


def _is_anonymous(ctx: Ctx, form: str, version_ids: list[int]) -> bool:
    """Whether it says so itself, was given out so, or has been answered so."""
    if any(definition(ctx, version_id).anonymous for version_id in version_ids):
        return True
    given = select(Assignment.id).where(Assignment.form == form, Assignment.anonymous)
    kept = select(AnonymousResponse.key).where(AnonymousResponse.version_id.in_(version_ids))
    return any(ctx.session.execute(query.limit(1)).first() for query in (given, kept))


def in_roster(ctx: Ctx, what: What) -> list[str]:
    """The positions, grades or genders that somebody on the roster has, or had."""
    column = COLUMNS[what]
    return sorted(ctx.session.scalars(select(column).where(column != "").distinct()))


def _by_code(ctx: Ctx, model: type[Row], code: str) -> Row | None:
    """The row of a code as it is written, else in other letters if only one is so."""
    column = model.__table__.c.code  # type: ignore[attr-defined]  # every table has one
    rows = ctx.session.scalars(
        select(model).where(or_(column == code, func.lower(column) == code.casefold()))
    ).all()
    exact = [row for row in rows if getattr(row, "code", "") == code]
    return exact[0] if exact else rows[0] if len(rows) == 1 else None


def _unknown(sentence: Text, name: str, known: Iterable[str]) -> Text:
    """The sentence, and what may have been meant."""
    like = nearest(name, known)
    if not like:
        return sentence
    return _("{sentence} Did you mean {name}?", sentence=sentence, name=like)
