"""The comments on a plan as a screen, with the buttons by which the unit marks them as done."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.i18n import Text, Words, _, _n
from bot.models.planning import AnnualPlan
from bot.people import access
from bot.people.access_table import Action
from bot.planning import comments
from bot.planning.comments import Comment
from bot.screens import Button, Screen
from handlers.common.paging import Rows, page_of

PER_PAGE = 8


def comment_lines(found: Sequence[Comment]) -> list[Words]:
    """Comments a line each, settled ones marked."""
    return [
        _("✓ {comment}", comment=comments.words_of(one)) if one.settled else comments.words_of(one)
        for one in found
    ]


def comments_button(ctx: Ctx, plan: AnnualPlan) -> Button:
    """The way to the comments, with how many are open."""
    count = comments.count_open(ctx, plan.id or 0)
    label = _n("{count} open comment", "{count} open comments", count) if count else _("Comments")
    return Button(label, f"plancs:{plan.id}")


def comments_screen(ctx: Ctx, plan: AnnualPlan, number: int) -> Screen:
    """A page of what was said of a plan and its lines, for who may read it."""
    page = page_of(comments.of_plan(ctx, plan.id or 0), number, PER_PAGE)
    rows: Rows = []
    back = Button(_("« Back to the plan"), f"planr:{plan.id}")
    if access.may(ctx, Action.EDIT_PLAN):
        rows = [
            (Button(_settle_label(one), f"plansettle:{one.id}:{page.number}:{done}"),)
            for one in page.shown
            for done in ("0" if one.settled else "1",)
        ]
        back = Button(_("« The way of the plan"), f"planlife:{plan.id}")
    rows += page.rows(lambda turned: f"plancs:{plan.id}:{turned}")
    body = tuple(comment_lines(page.shown)) or (_("Nobody has commented on the plan."),)
    return Screen(title=_("Comments"), body=body, rows=(*rows, (back,)))


def _settle_label(one: Comment) -> Text:
    about = comments.about(one)
    who: Words = one.by or _("by letter")
    if one.settled:
        return _("Open again: {about}, {who}", about=about, who=who)
    return _("Done: {about}, {who}", about=about, who=who)
