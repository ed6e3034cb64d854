"""An officer's own trainings as a workbook: classes here, and what was completed elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _, _n
from bot.people.access_table import Action
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import Screen
from bot.training import own_classes
from bot.training.enrolments import STATE_WORDS
from bot.training.own_classes import OwnClass, OwnRecord


@dataclass(frozen=True, slots=True)
class Trainings:
    """Everything that is known of one person's trainings."""

    classes: tuple[OwnClass, ...]
    records: tuple[OwnRecord, ...]


def read(ctx: Ctx, _params: Params) -> Trainings:
    """The reader's own; refuses where there is nothing yet."""
    person_id = ctx.actor.person_id
    assert person_id is not None, "only a person has trainings"
    found = Trainings(
        tuple(own_classes.classes_of(ctx.session, person_id)),
        tuple(own_classes.records_of(ctx.session, person_id)),
    )
    if not found.classes and not found.records:
        raise Refusal(_("No training of yours is known yet."))
    return found


def screens(data: Trainings) -> tuple[Screen, ...]:
    """How much there is; the workbook follows."""
    lines = [_n("{count} class here.", "{count} classes here.", len(data.classes))]
    if data.records:
        lines.append(
            _n("{count} training elsewhere.", "{count} trainings elsewhere.", len(data.records))
        )
    return (Screen(title=_("Your trainings"), body=tuple(lines)),)


def files(data: Trainings, language: str) -> tuple[MadeFile, ...]:
    """A workbook with a sheet of classes and one of other trainings."""
    from bot.reports.workbook import Column, Kind, Sheet, write_workbook

    classes = Sheet(
        name=_("Classes"),
        columns=(
            Column(_("Class"), width=16),
            Column(_("Course")),
            Column(_("First day"), kind=Kind.DATE),
            Column(_("Last day"), kind=Kind.DATE),
            Column(_("Place")),
            Column(_("Hours"), kind=Kind.DECIMAL),
            Column(_("State")),
            Column(_("Completed on"), kind=Kind.DATE),
        ),
        rows=[_class_row(one) for one in data.classes],
    )
    records = Sheet(
        name=_("Elsewhere"),
        columns=(
            Column(_("Training")),
            Column(_("Completed on"), kind=Kind.DATE),
            Column(_("Kind")),
            Column(_("Hours"), kind=Kind.DECIMAL),
            Column(_("Source")),
        ),
        rows=[(one.title, one.completed_on, one.kind, one.hours, one.source)
              for one in data.records],
    )  # fmt: skip
    content = write_workbook((classes, records), language)
    return (MadeFile("my-trainings.xlsx", XLSX, content),)


def _class_row(one: OwnClass) -> tuple[object, ...]:
    return (
        one.code,
        one.title,
        one.starts_on,
        one.ends_on,
        one.place,
        one.hours,
        STATE_WORDS[one.state],
        one.completed_on,
    )


OWN_TRAININGS = register(
    Report("own_trainings", _("Your trainings"), Action.USE_DESK, read, screens, files)
)
