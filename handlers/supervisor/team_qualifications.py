"""What the people of a team hold and are to earn, the most urgent first."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Text, Words, _, _n
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training.qualifications import extensions, holdings, missing
from bot.training.qualifications.holdings import TeamLine
from bot.training.qualifications.missing import Way
from handlers.common.class_screens import number_in
from handlers.common.menu import back_to_menu, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, turning
from handlers.common.qualification_screens import state_words, way_lines
from handlers.common.routes import press

TEAM = _("Qualifications of my team")

menu_entry("teamqualifications", TEAM, "teamq", Action.SEE_TEAM, 59)


@press("teamq", Action.SEE_TEAM)
def show_team(ctx: Ctx, event: Event) -> Reply:
    """Everything that the team holds and is to earn, the most urgent first: `teamq:page`."""
    page = holdings.of_team(ctx, number_after(event.text) or 0)
    body: list[Words] = []
    if page.waiting:
        body.append(_n("{count} needs attention.", "{count} need attention.", page.waiting))
    elif page.lines:
        body.append(_("Nothing of it needs attention now."))
    else:
        body.append(_("Nobody in your team holds a qualification or is to earn one."))
    rows: Rows = [(Button(_label(line), _action(line)),) for line in page.lines]
    rows += turning(page.number, page.pages, lambda turned: f"teamq:{turned}")
    rows.append((Button(_("Who is qualified in what?"), "who"),))
    screen = Screen(title=TEAM, body=tuple(body), rows=(*rows, back_to_menu()), protect=True)
    return Reply(screen=screen)


@press("teamq1", Action.SEE_QUALIFICATIONS)
def show_one(ctx: Ctx, event: Event) -> Reply:
    """One qualification of somebody of the team: `teamq1:person:curriculum`."""
    way = missing.of_person(ctx, number_in(event, 1), number_in(event, 2))
    asked, rows = _more_time(ctx, way)
    return Reply(
        screen=Screen(
            title=_("{name}: {title}", name=way.person.name, title=way.holding.title),
            body=(*way_lines(way, own=False), *asked),
            rows=(*rows, (Button(_("« My team"), "teamq"),)),
            protect=True,
        )
    )


def _more_time(ctx: Ctx, way: Way) -> tuple[list[Words], Rows]:
    """What was asked for, and the way to decide, for who decides, where something ends."""
    held = way.holding
    if held.qualification_id is None or held.last_day is None:
        return [], []
    if not extensions.decides(ctx, way.person.id):
        return [], []
    request = extensions.open_request(ctx, held.qualification_id)
    asked: list[Words] = []
    if request is not None:
        asked = ["", _("More time is asked for: {reason}", reason=request.reason)]
    return asked, [(Button(_("Decide about more time"), f"qext:{held.qualification_id}"),)]


def _label(line: TeamLine) -> Text:
    held = line.holding
    return _("{name}, {code}: {state}", name=line.name, code=held.code, state=state_words(held))


def _action(line: TeamLine) -> str:
    return f"teamq1:{line.person_id}:{line.holding.curriculum_id}"
