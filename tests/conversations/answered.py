"""Questionnaires that the cast answers off the stage, all at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session, select

from bot.context import Actor
from bot.evaluation import answering
from bot.forms import versions
from bot.forms.service import Submission
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.forms import AnonymousResponse
from tests.cast import ZONE
from tests.conversations.stage import Stage

RATINGS = (
    "overall",
    "relevance",
    "chance_to_apply",
    "methodology",
    "trainer",
    "content",
    "material",
    "venue",
)


def answer_reaction(
    stage: Stage,
    who: Sequence[str],
    codes: Mapping[str, Sequence[int]] | None = None,
    remarks: Sequence[str] = (),
) -> None:
    """These people answer what they were asked about a class: `codes` are ratings one person after
    the other, 4 where none are given; `remarks` what the first of them found most useful.
    """
    given = codes or {}
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        version = versions.current_version(ctx, "reaction_trainee")
        for place, key in enumerate(who):
            person_id = stage.ids[key]
            owed = session.exec(
                select(Assignment).where(
                    Assignment.person_id == person_id,
                    Assignment.stage == "reaction_trainee",
                    Assignment.state == AssignmentState.OPEN,
                )
            ).one()
            answers = {name: str(given[name][place] if name in given else 4) for name in RATINGS}
            if place < len(remarks):
                answers["most_useful"] = remarks[place]
            own = replace(ctx, actor=Actor(person_id, 7000 + person_id, "en", ZONE))
            answering.take(own, Submission(version, owed.id, {}, answers))
        _order_for_good(session)


def _order_for_good(session: Session) -> None:
    """Keys by what was said instead of by chance, since comments are shown in their order."""
    rows = session.exec(select(AnonymousResponse)).all()
    said = sorted(rows, key=lambda row: json.dumps(row.answers, sort_keys=True))
    for place, row in enumerate(said):
        row.key = f"{place:032x}"
