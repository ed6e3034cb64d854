"""The forms about audiences: where they are submitted, and the live data they choose from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from bot.campaigns.audiences import meaning, saved
from bot.campaigns.audiences.grammar import plain_text
from bot.campaigns.audiences.rule import (
    SOON_DAYS,
    Answered,
    Completed,
    Everybody,
    How,
    InClass,
    Leaf,
    Meets,
    OneOf,
    Qualified,
    Saved,
    What,
    negated,
)
from bot.context import Ctx
from bot.errors import Refusal
from bot.forms import versions
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Words, _
from bot.models.forms import FormVersion, Response
from bot.models.training import EnrolmentState, TrainingClass
from bot.people import access, directory
from bot.people.access_table import Action
from bot.people.directory import LONGEST_CODE
from bot.training import catalogue
from bot.training.rule_reading import YEAR

MOST = 50
BETWEEN_NUMBERS = re.compile(r"[\s,;،؛]+")
Answers = Mapping[str, Any]
Found = Sequence[tuple[str, Words]]


@on_submit("audience_name", "name")
def submit_name(ctx: Ctx, submission: Submission) -> Text:
    """Make an audience of this name, or give the one the form was opened for another."""
    about, name = submission.purpose.get("audience"), str(submission.answers["name"])
    if about is not None:
        card = saved.rename(ctx, int(about), name)
        return _("The audience is called “{name}” now.", name=card.name)
    card = saved.create(ctx, name)
    return _("The audience “{name}” is saved. Say next whom it means.", name=card.name)


@on_submit("audience_condition", "kind", "side")
def submit_condition(ctx: Ctx, submission: Submission) -> Text:
    """Narrow or widen the audience that the form was opened for."""
    leaf = leaf_of(ctx, submission.answers)
    rule = negated(leaf) if submission.answers["side"] == "others" else leaf
    purpose = submission.purpose
    card = saved.add_condition(
        ctx, int(purpose["audience"]), rule, is_alternative=bool(purpose.get("alternative"))
    )
    return _("The rule of “{name}” is now: {rule}", name=card.name, rule=card.rule)


def leaf_of(ctx: Ctx, answers: Answers) -> Leaf:
    """The condition that somebody described; refuses one of which a part is missing."""
    return _LEAVES[str(answers["kind"])](ctx, answers)


@source("audience_positions")
def find_positions(ctx: Ctx, _purpose: Answers, typed: str) -> Found:
    """Positions that somebody on the roster has."""
    access.require(ctx, Action.BROADCAST)
    return _choices(map(plain_text, meaning.in_roster(ctx, What.POSITION)), typed)


@source("audience_grades")
def find_grades(ctx: Ctx, _purpose: Answers, typed: str) -> Found:
    """Grades that somebody on the roster has."""
    access.require(ctx, Action.BROADCAST)
    return _choices(map(plain_text, meaning.in_roster(ctx, What.GRADE)), typed)


@source("audience_classes")
def find_classes(ctx: Ctx, _purpose: Answers, typed: str) -> Found:
    """Classes by code or course, the latest first."""
    access.require(ctx, Action.BROADCAST)
    lines = catalogue.visible_to_unit(ctx, 0, typed).lines
    return [
        (_code(line.code), _("{code} {course}", code=line.code, course=line.title))
        for line in lines
    ]


@source("audience_forms")
def find_forms(ctx: Ctx, _purpose: Answers, typed: str) -> Found:
    """Questionnaires that somebody has answered by name."""
    access.require(ctx, Action.BROADCAST)
    answered = select(FormVersion.form).join(Response, Response.version_id == FormVersion.id)
    names = set(ctx.session.scalars(answered.where(Response.person_id.is_not(None)).distinct()))
    wanted = meaning.folded(typed)
    return [
        (_code(card.name), card.title)
        for card in versions.published(ctx)
        if card.name in names
        and wanted in meaning.folded(f"{card.name} {card.title.best(ctx.language)}")
        and not versions.definition(ctx, card.version_id).anonymous
    ][:MOST]


@source("audiences")
def find_audiences(ctx: Ctx, _purpose: Answers, typed: str) -> Found:
    """Saved audiences by a part of their name."""
    return _choices(saved.names(ctx), typed)


def _choices(values: Iterable[str], typed: str) -> Found:
    wanted = meaning.folded(typed)
    return [(_code(one), one) for one in sorted(values) if wanted in meaning.folded(one)][:MOST]


def _code(value: str) -> str:
    """What an answer keeps for a value: itself where it fits into a button."""
    if len(value.encode()) <= LONGEST_CODE and not value.startswith("#"):
        return value
    return f"#{hashlib.sha256(value.encode()).hexdigest()[:16]}"


def _value(code: object, values: Iterable[str]) -> str:
    """The value that an answer keeps; refuses one that is gone by now."""
    for one in values:
        if _code(one) == code:
            return one
    raise Refusal(_("What was chosen is not there any more. Choose again."))


def _text(answers: Answers, name: str) -> str:
    """A part of a condition as a rule holds it; refuses where it is missing."""
    found = plain_text(str(answers.get(name) or ""))
    if not found:
        raise Refusal(_("A part of the condition is missing. Go back and complete it."))
    return found


def _unit(ctx: Ctx, answers: Answers) -> Leaf:
    unit_id = directory.find_office(ctx.session, _text(answers, "unit"))
    if unit_id is None:
        raise Refusal(_("What was chosen is not there any more. Choose again."))
    return OneOf(What.UNIT, (directory.office(ctx.session, unit_id).path,))


def _of_roster(ctx: Ctx, answers: Answers) -> Leaf:
    what = What(str(answers["kind"]))
    known = meaning.in_roster(ctx, what)
    value = _value(_text(answers, what.value), [plain_text(one) for one in known])
    return OneOf(what, (value,))


def _plain(_ctx: Ctx, answers: Answers) -> Leaf:
    what = What(str(answers["kind"]))
    return OneOf(what, (_text(answers, what.value),))


def _staff(_ctx: Ctx, answers: Answers) -> Leaf:
    numbers = [one for one in BETWEEN_NUMBERS.split(_text(answers, "staff")) if one]
    return OneOf(What.STAFF, tuple(dict.fromkeys(numbers)))


def _qualified(_ctx: Ctx, answers: Answers) -> Leaf:
    how, code = How(str(answers["kind"])), _text(answers, "qualification")
    days = int(answers.get("days") or SOON_DAYS) if how is How.EXPIRING else 0
    return Qualified(how, code, days)


def _completed(_ctx: Ctx, answers: Answers) -> Leaf:
    return Completed(_text(answers, "course"), int(answers.get("years") or 0) * YEAR)


def _class(ctx: Ctx, answers: Answers) -> str:
    codes = ctx.session.scalars(select(TrainingClass.code))
    return _value(_text(answers, "class"), codes)


def _meets(ctx: Ctx, answers: Answers) -> Leaf:
    return Meets(_class(ctx, answers))


def _in_class(ctx: Ctx, answers: Answers) -> Leaf:
    state = answers.get("state")
    said = str(state).replace("_", " ") if state else ""
    return InClass(_class(ctx, answers), EnrolmentState(said) if said else None)


def _answered(ctx: Ctx, answers: Answers) -> Leaf:
    names = ctx.session.scalars(select(FormVersion.form).distinct())
    form = _value(_text(answers, "form"), names)
    if not answers.get("question"):
        return Answered(form)
    return Answered(form, _text(answers, "question"), _text(answers, "answer"))


def _saved(ctx: Ctx, answers: Answers) -> Leaf:
    return Saved(_value(_text(answers, "audience"), saved.names(ctx)))


_LEAVES: Mapping[str, Callable[[Ctx, Answers], Leaf]] = {
    "everybody": lambda _ctx, _answers: Everybody(),
    "unit": _unit,
    "position": _of_roster,
    "grade": _of_roster,
    "gender": _plain,
    "language": _plain,
    "staff": _staff,
    "holds": _qualified,
    "lacks": _qualified,
    "expiring": _qualified,
    "completed": _completed,
    "meets": _meets,
    "in_class": _in_class,
    "answered": _answered,
    "audience": _saved,
}
