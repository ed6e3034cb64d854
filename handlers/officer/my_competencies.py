"""What an officer's post requires, where the officer stands, and which class would help."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Text, Words, _, _n
from bot.models.qualifications import RequirementKind
from bot.needs import frameworks, standing
from bot.needs.frameworks import Step
from bot.needs.standing import StandingCard, StandingLine
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training.qualifications.next_classes import NextClass
from handlers.common.class_screens import number_in
from handlers.common.menu import back_to_menu, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press

MINE = _("What my post requires")
PER_PAGE, MOST_CLASSES = 8, 6

menu_entry("mycompetencies", MINE, "myc", Action.USE_DESK, 19)


@press("myc", Action.USE_DESK)
def show_mine(ctx: Ctx, event: Event) -> Reply:
    """What the actor's post requires, the largest gap first: `myc:page`."""
    found = standing.of_person(ctx, _self(ctx))
    page = page_of(found.lines, number_after(event.text) or 0, PER_PAGE)
    body: list[Words] = []
    if found.position:
        body.append(_("Your post: {post}", post=found.position))
    gaps = sum(bool(line.cell.gap) for line in found.lines)
    if gaps:
        sentence = _n(
            "In {count} competency you are below what it requires.",
            "In {count} competencies you are below what it requires.",
            gaps,
        )
        body.append(sentence)
    if not found.lines:
        body.append(_("Your post requires no competency yet."))
    rows: Rows = [
        (Button(_label(line), f"myc1:{line.required.competency.id}"),) for line in page.shown
    ]
    rows += page.rows(lambda turned: f"myc:{turned}")
    rows.append((Button(_("The courses of my post"), "mycfw"),))
    return Reply(screen=Screen(title=MINE, body=tuple(body), rows=(*rows, back_to_menu())))


@press("myc1", Action.USE_DESK)
def show_one(ctx: Ctx, event: Event) -> Reply:
    """One competency of the actor's post: `myc1:competency`."""
    return Reply(screen=_one(standing.card(ctx, _self(ctx), number_in(event, 1))))


@press("mycfw", Action.USE_DESK)
def show_framework(ctx: Ctx, event: Event) -> Reply:
    """The courses of the actor's post, with what is lacking: `mycfw:page`."""
    steps = frameworks.steps(ctx, _self(ctx))
    page = page_of(steps, number_after(event.text) or 0, PER_PAGE)
    done = sum(step.done_on is not None for step in steps)
    body: list[Words] = []
    if steps:
        body.append(_("Completed: {count} of {total}.", count=done, total=len(steps)))
    else:
        body.append(_("No courses are laid down for your post yet."))
    body += [_step(step) for step in page.shown]
    rows = _class_rows([step.next_class for step in page.shown])
    rows += page.rows(lambda turned: f"mycfw:{turned}")
    back = (Button(_("« What my post requires"), "myc"),)
    title = _("The courses of my post")
    return Reply(screen=Screen(title=title, body=tuple(body), rows=(*rows, back)))


def _self(ctx: Ctx) -> int:
    assert ctx.actor.person_id is not None
    return ctx.actor.person_id


def _label(line: StandingLine) -> Text:
    name, cell = line.required.competency.name, line.cell
    if cell.gap:
        return _n(
            "{name}: {count} level missing", "{name}: {count} levels missing", cell.gap, name=name
        )
    if cell.gap == 0:
        return _("{name}: reached", name=name)
    return _("{name}: level {level}", name=name, level=cell.required)


def _one(card: StandingCard) -> Screen:
    line, cell = card.line, card.line.cell
    body: list[Words] = [_("Your post requires level {level}.", level=cell.required)]
    if cell.own is not None:
        body.append(_own(cell.own))
    if cell.rated is not None:
        body.append(_rated(cell.rated))
    body.append("")
    body += [
        _("{level}. {behaviour}", level=level, behaviour=behaviour)
        for level, behaviour in enumerate(card.behaviours, 1)
    ]
    if card.courses:
        body += ["", _("These courses teach it:")]
        body += [_("• {code} {title}", code=one.code, title=one.title) for one in card.courses]
    rows = _class_rows([one.next_class for one in card.courses])
    rows.append((Button(_("« What my post requires"), "myc"),))
    return Screen(title=line.required.competency.name, body=tuple(body), rows=tuple(rows),
                  protect=True)  # fmt: skip


def _own(level: int) -> Text:
    if not level:
        return _("You could not judge yourself.")
    return _("You see yourself at level {level}.", level=level)


def _rated(level: int) -> Text:
    if not level:
        return _("Your supervisor could not judge it.")
    return _("Your supervisor sees you at level {level}.", level=level)


def _step(step: Step) -> Text:
    line = step.line
    title = _("{code} {title}", code=line.code, title=line.title)
    if line.kind is RequirementKind.ENHANCED:
        title = _("{course} (enhanced)", course=title)
    if step.done_on is not None:
        return _("{place}. {course}: completed on {day}", place=line.place, course=title,
                 day=step.done_on)  # fmt: skip
    if step.next_class is None:
        return _("{place}. {course}: no class yet", place=line.place, course=title)
    if step.next_class.starts_on is None:
        return _("{place}. {course}: a class gathers interest", place=line.place, course=title)
    return _("{place}. {course}: next class on {day}", place=line.place, course=title,
             day=step.next_class.starts_on)  # fmt: skip


def _class_rows(classes: list[NextClass | None]) -> Rows:
    """A button to each class, each once."""
    found = {one.class_id: one for one in classes if one is not None}
    return [
        (Button(_class(one), f"c:{one.class_id}"),) for one in list(found.values())[:MOST_CLASSES]
    ]


def _class(one: NextClass) -> Text:
    if one.starts_on is None:
        return _("Class {code}", code=one.code)
    return _("Class {code}, {day}", code=one.code, day=one.starts_on)
