"""The forms of the analysis: where they are submitted, and what they choose from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from sqlalchemy import select

from bot.context import Ctx
from bot.forms.service import Submission, on_submit, source
from bot.i18n import Text, Words, _, render
from bot.models.needs import Competency
from bot.models.training import Trainer
from bot.needs import decisions, priority, sorting, topics
from bot.needs.analysis import name_of
from bot.needs.decisions import WAY_WORDS
from bot.people import access
from bot.people.access_table import Action
from bot.people.search import fold
from bot.training import catalogue, trainers

AFTER = "needs.analysis.after"
"""Set in a session's `info` once a form is taken: by whom, and which button leads back."""
MOST_SHOWN = 50
Found: TypeAlias = list[tuple[str, Words]]


def way_back(ctx: Ctx) -> str | None:
    """The button's data that leads back to what the actor has just filled in a form about."""
    person_id, action = ctx.session.info.pop(AFTER, (None, None))
    return action if person_id == ctx.actor.person_id else None


def lead_back(ctx: Ctx, action: str) -> None:
    """Let the finished form offer this button."""
    ctx.session.info[AFTER] = (ctx.actor.person_id, action)


@on_submit("topic", "name", "competency", "course")
def submit_topic(ctx: Ctx, submission: Submission) -> Text:
    """Name a topic, or correct the one that the form was opened for; a wish that it was opened
    for is put to the new topic at once.
    """
    purpose = submission.purpose
    if "topic_id" in purpose:
        edited = topics.edit(ctx, purpose["topic_id"], submission.answers)
        lead_back(ctx, f"topic:{edited.id}")
        return _("The topic “{name}” was corrected.", name=edited.name)
    made = topics.create(ctx, submission.answers)
    if "need_id" not in purpose:
        lead_back(ctx, f"topic:{made.id}")
        return _("The topic “{name}” was made.", name=made.name)
    sorting.put(ctx, purpose["round_id"], [purpose["need_id"]], made.id)
    lead_back(ctx, f"wishes:{purpose['round_id']}")
    return _("The topic “{name}” was made, and the wish was put to it.", name=made.name)


@on_submit("priority_weights", *priority.WEIGHTS)
def submit_weights(ctx: Ctx, submission: Submission) -> Text:
    """Keep what each figure counts in the round that the form was opened for."""
    round_id = submission.purpose["round_id"]
    priority.set_weights(ctx, round_id, submission.answers)
    lead_back(ctx, f"rank:{round_id}")
    return _("The weights are stored. The topics are ranked by them from now on.")


@on_submit("topic_decision", "way", "trainer", "partner", "reason")
def submit_decision(ctx: Ctx, submission: Submission) -> Text:
    """Keep how the topic is met that the form was opened for."""
    round_id, topic_id = submission.purpose["round_id"], submission.purpose["topic_id"]
    decided = decisions.decide(ctx, round_id, topic_id, submission.answers)
    lead_back(ctx, f"rank1:{round_id}:{topic_id}")
    return _("It is decided: {way}.", way=WAY_WORDS[decided.way])


@source("topic_competencies")
def find_competencies(
    ctx: Ctx, _purpose: Mapping[str, Any], typed: str
) -> list[tuple[str, Words]]:
    """Competencies in use, by a part of their code or name."""
    access.require(ctx, Action.RUN_NEEDS)
    wanted = fold(typed)
    rows = ctx.session.scalars(
        select(Competency).where(Competency.active).order_by(Competency.code)
    )
    found: Found = [
        (row.code, name_of(row))
        for row in rows
        if any(wanted in fold(words) for words in (row.code, row.name, *row.names.values()))
    ]
    return found[:MOST_SHOWN]


@source("topic_courses")
def find_courses(ctx: Ctx, _purpose: Mapping[str, Any], typed: str) -> Found:
    """Courses by a part of their code or title."""
    access.require(ctx, Action.RUN_NEEDS)
    return list(catalogue.find_courses(ctx, typed, MOST_SHOWN))


@source("topic_trainers")
def find_trainers(ctx: Ctx, purpose: Mapping[str, Any], typed: str) -> Found:
    """The pool: who has led classes like the topic first, each with how many."""
    access.require(ctx, Action.RUN_NEEDS)
    wanted = fold(typed)
    led = decisions.able(ctx, int(purpose["topic_id"]))
    known = {one.code for one in led}
    shown: Found = [
        (one.code, _("{name}, classes led: {count}", name=one.name, count=one.classes))
        for one in led
    ]
    pool = select(Trainer).where(decisions.in_pool()).order_by(Trainer.code)
    for row in ctx.session.scalars(pool):
        if row.code not in known:
            shown.append((row.code, trainers.name_of(ctx.session, row.id)))
    return [(code, label) for code, label in shown if _holds(ctx, code, label, wanted)][
        :MOST_SHOWN
    ]


def _holds(ctx: Ctx, code: str, label: Words, wanted: str) -> bool:
    return wanted in fold(code) or wanted in fold(render(label, ctx.language))
