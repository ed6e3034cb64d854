"""Completions that came before the window of what they would renew: said when they are told."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from bot.context import Ctx
from bot.i18n import Words, _
from bot.models.qualifications import Curriculum, Qualification
from bot.training import equivalence
from bot.training.equivalence import What
from bot.training.qualifications import holding
from bot.training.qualifications.curriculum_cards import title_of
from bot.training.qualifications.deriving import renewal_paths


def renews_nothing(ctx: Ctx, person_id: int, what: What, on: dt.date) -> list[Words]:
    """A sentence for each qualification that a completion came too early for, with the day from
    which it would count; `what` is a course or a folded title, as earning sees it.
    """
    held = ctx.session.scalars(
        select(Qualification).where(
            Qualification.person_id == person_id,
            Qualification.current,
            Qualification.earned_on < on,
            Qualification.window_on > on,
        )
    ).all()
    if not held:
        return []
    known = holding.curricula(ctx.session)
    day = holding.of_people(ctx, [person_id])[0].day
    others, titles = equivalence.counting(ctx.session)
    found: list[Words] = []
    for row in held:
        paths = renewal_paths(known, row.curriculum_id, row, day)
        courses = {item.course_id for path in paths for item in path.items}
        counting = {
            what_counts
            for one in courses
            for what_counts in (one, *others.get(one, ()), *titles.get(one, ()))
        }
        if what in counting:
            title = title_of(ctx.session.get_one(Curriculum, row.curriculum_id))
            found.append(
                _("It does not renew “{title}” yet: what is completed from {day} on does.",
                  title=title, day=row.window_on)
            )  # fmt: skip
    return found
