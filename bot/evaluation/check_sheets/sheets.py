"""Which check sheet rates whom: a form for an office, what belongs to it, and a career stage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from bot import audit
from bot.context import Ctx
from bot.errors import Refusal
from bot.evaluation import subjects
from bot.evaluation.check_sheets import belonging, levels
from bot.evaluation.check_sheets.belonging import STAGE_WORDS
from bot.forms import versions
from bot.forms.definition import FormDefinition
from bot.i18n import Texts, Words, _
from bot.models.forms import FormVersion
from bot.models.on_the_job import CareerStage, CheckRound, CheckSheet
from bot.models.people import Person
from bot.people import access, directory, reach
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.training import organisation

GONE = _("There is no such check sheet any more.")
LIBRARY = "check_sheet_clearance"


@dataclass(frozen=True, slots=True)
class SheetCard:
    """A check sheet: its form's title, for which office and career stage, how many items."""

    id: int
    form: str
    title: Texts
    unit_id: int
    unit: str
    stage: CareerStage
    items: int
    active: bool


def add(ctx: Ctx, form: str, unit_id: int, stage: CareerStage) -> SheetCard:
    """Have a form rate an office and a career stage.

    Refuses who keeps no sheets, a form without items of the seven levels or that is anonymous,
    and a second sheet for the same office and stage.
    """
    access.require(ctx, Action.EDIT_SHEETS)
    definition = form_of(ctx, form)
    if definition.anonymous or not levels.items_of(definition):
        raise Refusal(
            _("This form cannot be a check sheet: it needs items that are rated from 1 to 7.")
        )
    same = ctx.session.scalars(
        select(CheckSheet).where(
            CheckSheet.unit_id == unit_id, CheckSheet.career_stage == stage, CheckSheet.active
        )
    ).first()
    if same is not None:
        raise Refusal(_("This office has a check sheet for this career stage. Retire it first."))
    row = CheckSheet(form=form, unit_id=unit_id, career_stage=stage)
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "check_sheet.added", "check_sheet", row.id)
    return _card(ctx, row)


def switch(ctx: Ctx, sheet_id: int, *, active: bool) -> SheetCard:
    """Retire a sheet or bring it back; what was rated stays."""
    access.require(ctx, Action.EDIT_SHEETS)
    row = row_of(ctx.session, sheet_id)
    row.active = active
    ctx.session.flush()
    act = "check_sheet.brought_back" if active else "check_sheet.retired"
    audit.record(ctx, act, "check_sheet", sheet_id)
    return _card(ctx, row)


def everything(ctx: Ctx) -> list[SheetCard]:
    """The sheets that rate somebody of the actor's part, retired ones at the end; refuses all but
    the training unit.
    """
    access.require(ctx, Action.ASSIGN)
    rows = ctx.session.scalars(
        select(CheckSheet).order_by(CheckSheet.active.desc(), CheckSheet.id)
    )
    within = _within(ctx)
    return [_card(ctx, row) for row in rows if within(row)]


def card(ctx: Ctx, sheet_id: int) -> SheetCard:
    """One sheet; refuses all but the training unit of a part that it rates."""
    access.require(ctx, Action.ASSIGN)
    row = row_of(ctx.session, sheet_id)
    if not _within(ctx)(row):
        raise OutOfReach(Action.ASSIGN, sheet_id, "check_sheet")
    return _card(ctx, row)


def row_of(session: Session, sheet_id: int) -> CheckSheet:
    """The row of a sheet; refuses one that is not there."""
    row = session.get(CheckSheet, sheet_id)
    if row is None:
        raise Refusal(GONE)
    return row


def form_of(ctx: Ctx, form: str) -> FormDefinition:
    """The form as it is in force; refuses one that is not published."""
    published = select(FormVersion.id).where(FormVersion.form == form).limit(1)
    if ctx.session.execute(published).first() is None:
        raise Refusal(_("There is no such form. Choose one of the list."))
    return versions.definition(ctx, versions.current_version(ctx, form))


def rated(ctx: Ctx, sheet: CheckSheet) -> list[Person]:
    """Who is rated by a sheet today: those of the career stage in the office and below it, but
    for offices that have a sheet of their own for this stage.
    """
    if not sheet.active:
        return []
    units = _units(ctx.session, sheet)
    people = ctx.session.scalars(
        select(Person)
        .where(Person.unit_id.in_(units), Person.active, ~Person.guest)
        .order_by(Person.id)
    ).all()
    stages = belonging.of_people(ctx, people, ctx.today())
    return [one for one in people if stages[one.id or 0].stage is sheet.career_stage]


def of_person(ctx: Ctx, person: Person) -> CheckSheet | None:
    """The sheet by which somebody is rated today; None where there is none."""
    return next(iter(of_people(ctx, [person]).values()), None)


def of_people(ctx: Ctx, people: Collection[Person]) -> dict[int, CheckSheet]:
    """The sheet by which each of these people is rated today, in their order; who is rated by
    none is left out.
    """
    stages = belonging.of_people(ctx, people, ctx.today())
    in_use = {
        (row.unit_id, row.career_stage): row
        for row in ctx.session.scalars(select(CheckSheet).where(CheckSheet.active))
    }
    tree = organisation.load(ctx.session)
    found: dict[int, CheckSheet] = {}
    for person in people:
        assert person.id is not None
        keys = ((office, stages[person.id].stage) for office in tree.line(person.unit_id))
        sheet = next((in_use[key] for key in keys if key in in_use), None)
        if sheet is not None:
            found[person.id] = sheet
    return found


def forms_that_fit(ctx: Ctx) -> list[tuple[str, Texts]]:
    """Published forms that can be check sheets, by title."""
    names = ctx.session.scalars(select(FormVersion.form).distinct()).all()
    found: Mapping[str, FormDefinition] = {name: form_of(ctx, name) for name in names}
    fit = [
        (name, one.title)
        for name, one in found.items()
        if not one.anonymous and levels.items_of(one)
    ]
    return sorted(fit, key=lambda pair: pair[1].best(ctx.language))


@subjects.names("round")
def name_round(ctx: Ctx, round_id: int) -> Words:
    """What an assignment about a round is about: the sheet."""
    row = ctx.session.get(CheckRound, round_id)
    return "" if row is None else title_of(ctx, row_of(ctx.session, row.sheet_id))


def title_of(ctx: Ctx, sheet: CheckSheet) -> Texts:
    """The title of a sheet's form."""
    return form_of(ctx, sheet.form).title


def label_of(card: SheetCard) -> Words:
    """A sheet in a list."""
    return _("{unit}, {stage}", unit=card.unit, stage=STAGE_WORDS[card.stage])


def _within(ctx: Ctx) -> Callable[[CheckSheet], bool]:
    """Whether a sheet's office, or one that belongs to it, is of the actor's part."""
    units = reach.units_within(ctx, Action.ASSIGN)
    if units is None:
        return lambda _row: True
    tree = organisation.load(ctx.session)
    return lambda row: not units.isdisjoint(tree.below(row.unit_id))


def _units(session: Session, sheet: CheckSheet) -> Sequence[int]:
    others = select(CheckSheet.unit_id).where(
        CheckSheet.career_stage == sheet.career_stage,
        CheckSheet.active,
        CheckSheet.id != sheet.id,
    )
    tree = organisation.load(session)
    found = tree.below(sheet.unit_id)
    for other in session.scalars(others):
        if other in found and other != sheet.unit_id:
            found -= tree.below(other)
    return sorted(found)


def _card(ctx: Ctx, row: CheckSheet) -> SheetCard:
    assert row.id is not None
    form = form_of(ctx, row.form)
    return SheetCard(
        row.id,
        row.form,
        form.title,
        row.unit_id,
        directory.office(ctx.session, row.unit_id).name,
        row.career_stage,
        len(levels.items_of(form)),
        row.active,
    )
