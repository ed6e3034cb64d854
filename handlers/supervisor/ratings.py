"""Rating a team: one competency for everybody, or one person at everything; one tap each.

A tap states an absolute level and counts as long as the survey is open, whenever it arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Text, Words, _, _n
from bot.needs import competencies, ratings, rounds
from bot.needs.competencies import CompetencyLine
from bot.needs.matrix import Cell, Matrix
from bot.people import access, directory
from bot.people.access_table import Action
from bot.people.directory import PersonCard
from bot.screens import Button, Reply, Screen, Style
from handlers.common.class_screens import number_in
from handlers.common.menu import back_to_menu, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press
from handlers.common.waiting import Waiting, waiting_counter

TITLE = _("Rate my people")
LIST, GRID = 8, 6
UNJUDGED = "?"
STAND = (Button(_("Where my people stand"), "tgap"),)
HOW = _("“?” says that you cannot judge it. You can change every rating until the survey closes.")

menu_entry("ratings", TITLE, "rate", Action.RATE, 56)


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of levels: who or what is rated, where its name leads, what a tap says."""

    label: Words
    leads_to: str
    cell: Cell
    highest: int
    says: Callable[[int], str]


@waiting_counter("ratings", Action.RATE, 37)
def count_unrated(ctx: Ctx) -> Waiting:
    """How many ratings are still asked of the actor."""
    count = ratings.left_to_rate(ctx)
    sentence = _n(
        "{count} rating of your people is asked of you.",
        "{count} ratings of your people are asked of you.",
        count,
    )
    return Waiting(sentence, Button(TITLE, "rate"))


@press("rate", Action.RATE)
def show_start(ctx: Ctx, _event: Event) -> Reply:
    """How far the rating is, and the two ways through it; between surveys only where all stand."""
    row = rounds.open_round(ctx.session)
    if row is None:
        screen = Screen(title=TITLE, body=(ratings.NOT_OPEN,), rows=(STAND, back_to_menu()))
        return Reply(screen=screen)
    found = _matrix(ctx)
    total = len(found.cells)
    if not total:
        words = _("No competency is required of the posts of your people yet.")
        return Reply(screen=Screen(title=TITLE, body=(words,), rows=(back_to_menu(),)))
    body: list[Words] = [
        _("Rated: {count} of {total}.", count=found.rated, total=total),
        _("The survey is open until {day}.", day=row.closes_on),
        _("Say at which level each of your people works now, whatever the post requires."),
    ]
    rows: Rows = []
    going_on = _first_left(found)
    if going_on is not None:
        label = _("Go on: {name}", name=going_on.name)
        rows.append((Button(label, f"ratec:{going_on.id}", style=Style.PRIMARY),))
    else:
        body.insert(1, _("Everybody is rated. Thank you."))
    rows.append((Button(_("One competency, all people"), "ratecs"),))
    rows.append((Button(_("One person, all competencies"), "rateps"),))
    rows += [STAND, back_to_menu()]
    screen = Screen(title=TITLE, body=tuple(body), rows=tuple(rows), protect=True)
    return Reply(screen=screen)


@press("ratecs", Action.RATE)
def show_competencies(ctx: Ctx, event: Event) -> Reply:
    """The competencies that the team's posts require, with how far each is: `ratecs:page`."""
    found = _matrix(ctx)
    page = page_of(found.competencies, number_after(event.text) or 0, LIST)
    rows: Rows = [
        (Button(_so_far(one.name, found.of_competency(one.id)), f"ratec:{one.id}"),)
        for one in page.shown
    ]
    rows += page.rows(lambda turned: f"ratecs:{turned}")
    rows.append((Button(_("« Rate my people"), "rate"),))
    words = _("Choose a competency. The numbers say how many people are rated.")
    return Reply(screen=Screen(title=TITLE, body=(words,), rows=tuple(rows), protect=True))


@press("rateps", Action.RATE)
def show_people(ctx: Ctx, event: Event) -> Reply:
    """The team, with how far each is: `rateps:page`."""
    found = _matrix(ctx)
    page = page_of(found.people, number_after(event.text) or 0, LIST)
    rows: Rows = [
        (Button(_so_far(one.name, found.of_person(one.id)), f"ratep:{one.id}"),)
        for one in page.shown
    ]
    rows += page.rows(lambda turned: f"rateps:{turned}")
    rows.append((Button(_("« Rate my people"), "rate"),))
    words = _("Choose a person. The numbers say how many competencies are rated.")
    return Reply(screen=Screen(title=TITLE, body=(words,), rows=tuple(rows), protect=True))


@press("ratec", Action.RATE)
def show_competency(ctx: Ctx, event: Event) -> Reply:
    """Everybody at one competency: `ratec:competency:page`."""
    return Reply(screen=_competency(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("ratep", Action.RATE)
def show_person(ctx: Ctx, event: Event) -> Reply:
    """One person at every competency of their post: `ratep:person:page`."""
    return Reply(screen=_person(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("rtc", Action.RATE)
def rate_among_people(ctx: Ctx, event: Event) -> Reply:
    """A level, tapped beside a name: `rtc:round:person:competency:level:page`."""
    said = _rate(ctx, event)
    screen = _competency(ctx, number_in(event, 3), number_after(event.text, 5) or 0)
    return Reply(screen=screen, toast=said)


@press("rtp", Action.RATE)
def rate_among_competencies(ctx: Ctx, event: Event) -> Reply:
    """A level, tapped beside a competency: `rtp:round:person:competency:level:page`."""
    said = _rate(ctx, event)
    screen = _person(ctx, number_in(event, 2), number_after(event.text, 5) or 0)
    return Reply(screen=screen, toast=said)


def _matrix(ctx: Ctx) -> Matrix:
    row = ratings.require_open_round(ctx.session)
    assert row.id is not None
    return ratings.matrix(ctx, row.id)


def _rate(ctx: Ctx, event: Event) -> Text:
    round_id, person_id, competency_id, level = (number_in(event, place) for place in range(1, 5))
    ratings.rate(ctx, round_id, person_id, competency_id, level)
    name = directory.name_of(ctx.session, person_id)
    if not level:
        return _("{name}: cannot be judged", name=name)
    return _("{name}: level {level}", name=name, level=level)


def _first_left(found: Matrix) -> CompetencyLine | None:
    for one in found.competencies:
        if any(cell.rated is None for cell in found.of_competency(one.id).values()):
            return one
    return None


def _so_far(name: Words, cells: Mapping[int, Cell]) -> Text:
    rated = sum(cell.rated is not None for cell in cells.values())
    return _("{name}: {count} of {total}", name=name, count=rated, total=len(cells))


def _competency(ctx: Ctx, competency_id: int, number: int) -> Screen:
    found = _matrix(ctx)
    card = competencies.described(ctx.session, competency_id)
    cells = found.of_competency(competency_id)
    people = [one for one in found.people if one.id in cells]
    page = page_of(people, number, GRID)
    lines = [
        _among_people(found, one, card.line, cells[one.id], page.number) for one in page.shown
    ]
    body: list[Words] = [
        _("{level}. {behaviour}", level=level, behaviour=behaviour)
        for level, behaviour in enumerate(card.behaviours, 1)
    ]
    if not people:
        body = [_("No post of your people requires this competency.")]
    rows = _grid(lines)
    rows += page.rows(lambda turned: f"ratec:{competency_id}:{turned}")
    last = page.number + 1 == page.count
    rows += _on(found, competency_id) if last else []
    rows.append((Button(_("« All competencies"), "ratecs"),))
    return Screen(title=card.line.name, body=(*body, HOW), rows=tuple(rows), protect=True)


def _among_people(
    found: Matrix, person: PersonCard, line: CompetencyLine, cell: Cell, page: int
) -> _Line:
    start = f"rtc:{found.round_id}:{person.id}:{line.id}"
    return _Line(
        person.name,
        f"ratep:{person.id}",
        cell,
        line.highest,
        lambda level: f"{start}:{level}:{page}",
    )


def _on(found: Matrix, competency_id: int) -> Rows:
    """The way to the next competency, in the order of the list."""
    ids = [one.id for one in found.competencies]
    place = ids.index(competency_id) + 1 if competency_id in ids else len(ids)
    if place >= len(ids):
        return []
    following = found.competencies[place]
    label = _("Next: {name}", name=following.name)
    return [(Button(label, f"ratec:{following.id}", style=Style.PRIMARY),)]


def _person(ctx: Ctx, person_id: int, number: int) -> Screen:
    access.require(ctx, Action.RATE, person_id)
    found = _matrix(ctx)
    cells = found.of_person(person_id)
    asked = [one for one in found.competencies if one.id in cells]
    page = page_of(asked, number, GRID)
    lines = [
        _among_competencies(found, person_id, one, cells[one.id], page.number)
        for one in page.shown
    ]
    rows = _grid(lines)
    rows += page.rows(lambda turned: f"ratep:{person_id}:{turned}")
    rows.append((Button(_("« All people"), "rateps"),))
    name = next((one.name for one in found.people if one.id == person_id), TITLE)
    words: Words = HOW if asked else _("The post of this person requires no competency yet.")
    return Screen(title=name, body=(words,), rows=tuple(rows), protect=True)


def _among_competencies(
    found: Matrix, person_id: int, line: CompetencyLine, cell: Cell, page: int
) -> _Line:
    start = f"rtp:{found.round_id}:{person_id}:{line.id}"
    return _Line(
        line.name, f"ratec:{line.id}", cell, line.highest, lambda level: f"{start}:{level}:{page}"
    )


def _grid(lines: Sequence[_Line]) -> Rows:
    rows: Rows = []
    for line in lines:
        rows.append((Button(_beside(line), line.leads_to),))
        rows.append(
            tuple(
                Button(_face(level, line.cell.rated), line.says(level))
                for level in range(line.highest + 1)
            )
        )
    return rows


def _beside(line: _Line) -> Text:
    """The name, with what the post requires and how the person sees themself."""
    cell = line.cell
    if cell.own:
        return _(
            "{name}: required {level}, own {own}", name=line.label, level=cell.required,
            own=cell.own,
        )  # fmt: skip
    return _("{name}: required {level}", name=line.label, level=cell.required)


def _face(level: int, rated: int | None) -> Words:
    face = str(level) if level else UNJUDGED
    return f"✓ {face}" if level == rated else face
