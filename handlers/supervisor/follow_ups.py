"""How the people of a team work after a class: what both say side by side, and all reports."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.evaluation import follow_up_pairs, reported
from bot.evaluation.follow_up_pairs import PersonPair
from bot.evaluation.reported import ReportLine
from bot.events import Event
from bot.i18n import Text, Words, _, _n
from bot.people import access, directory
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from handlers.common.class_screens import number_in
from handlers.common.follow_up_words import pair_lines, pair_title
from handlers.common.menu import back_to_menu, menu_entry
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of, page_of_lines
from handlers.common.routes import press

TITLE = _("Follow-ups of my team")
PAGE, MOST_REPORTS = 8, 6

menu_entry("teamfollowups", TITLE, "fut", Action.SEE_TEAM, 60)


@press("fut", Action.SEE_TEAM)
def show_team(ctx: Ctx, event: Event) -> Reply:
    """Whom follow-ups have been answered about, by name: `fut:page`."""
    page = page_of(follow_up_pairs.team(ctx), number_after(event.text) or 0, PAGE)
    body: Words = _("Choose an officer to see what both of you answered.")
    if not page.shown:
        body = _("No follow-up has been answered about anybody in your team yet.")
    rows: Rows = [
        (
            Button(
                _n("{name}: {count} answer", "{name}: {count} answers", count, name=card.name),
                f"fup:{card.id}",
            ),
        )
        for card, count in page.shown
    ]
    rows += page.rows(lambda turned: f"fut:{turned}")
    screen = Screen(title=TITLE, body=(body,), rows=(*rows, back_to_menu()), protect=True)
    return Reply(screen=screen)


@press("fup", Action.READ_FOLLOW_UPS)
def show_person(ctx: Ctx, event: Event) -> Reply:
    """One officer: ratings side by side, and the reports to open: `fup:person:page`."""
    about = number_in(event, 1)
    pairs = follow_up_pairs.of_person(ctx, about)
    name = directory.name_of(ctx.session, about)
    page = page_of_lines(_lines(pairs), number_after(event.text, 2) or 0)
    rows = page.rows(lambda turned: f"fup:{about}:{turned}")
    rows += _reports(reported.about(ctx, about))
    leads = access.may(ctx, Action.SEE_TEAM)
    rows.append((Button(_("« My team"), "fut"),) if leads else back_to_menu())
    return Reply(screen=Screen(title=name, body=page.shown, rows=tuple(rows), protect=True))


def _lines(pairs: Sequence[PersonPair]) -> list[Words]:
    if not pairs:
        return [_("No ratings have been given after a class.")]
    lines: list[Words] = [_("The first figure is the officer's own, the second the supervisor's.")]
    for pair in pairs:
        lines += ["", *pair_title(pair), *pair_lines(pair)]
    return lines


def _reports(found: Sequence[ReportLine]) -> Rows:
    return [(Button(_label(line), f"fur:{line.response_id}"),) for line in found[:MOST_REPORTS]]


def _label(line: ReportLine) -> Text:
    if line.replied:
        return _("Report with reply: {course}, by {name}", course=line.course, name=line.by)
    return _("Report: {course}, by {name}", course=line.course, name=line.by)
