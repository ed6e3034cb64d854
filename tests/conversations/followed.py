"""What is done off the stage with follow-ups: behaviours are named, people are asked."""

from __future__ import annotations

import datetime as dt

from sqlmodel import select

from bot.evaluation import prefilling
from bot.evaluation.asking import Asked, ask
from bot.evaluation.stages import Stage as AskedAt
from bot.evaluation.stages import person_subject
from bot.forms import service, versions
from bot.forms.service import Submission
from bot.models.evaluation import Assignment, CriticalBehaviour
from bot.models.training import Course
from tests.conversations.school import acting
from tests.conversations.stage import Stage

BEHAVIOURS = (
    ("Checks the origin before a preference", {"km": "ពិនិត្យប្រភពមុនទទួលអនុគ្រោះ"}),
    ("Writes down how a value was found", {"ur": "لکھتا ہے کہ مالیت کیسے نکالی گئی"}),
)
ENDS_ON = dt.date(2026, 3, 2)
OPEN_FOR = dt.timedelta(days=20)


def name_behaviours(stage: Stage, code: str = "VAL") -> list[int]:
    """Two behaviours of a course; their numbers."""
    with stage.database.transaction() as session:
        course_id = session.exec(select(Course.id).where(Course.code == code)).one()
        rows = [
            CriticalBehaviour(course_id=course_id, place=place, behaviour=en, behaviours=others)
            for place, (en, others) in enumerate(BEHAVIOURS, 1)
        ]
        session.add_all(rows)
        session.flush()
        return [row.id or 0 for row in rows]


def asked(stage: Stage, class_id: int, at: AskedAt, *pairs: str) -> None:
    """Ask people at a stage: "dara" about themself, "sokha:dara" about somebody else."""
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        wanted = []
        for pair in pairs:
            who, _colon, about = pair.partition(":")
            about_id = stage.ids[about] if about else None
            subject = person_subject(class_id, about_id or stage.ids[who])
            wanted.append(
                Asked(
                    stage.ids[who],
                    subject,
                    ENDS_ON,
                    ctx.now() + OPEN_FOR,
                    class_id,
                    about_id,
                )
            )
        ask(ctx, at, wanted)


def answered(stage: Stage, class_id: int, at: AskedAt, pair: str, **answers: object) -> None:
    """Ask somebody as `asked` does, and have them answer at once."""
    asked(stage, class_id, at, pair)
    who, _colon, about = pair.partition(":")
    with stage.database.transaction() as session:
        query = select(Assignment).where(
            Assignment.stage == at.name,
            Assignment.person_id == stage.ids[who],
            Assignment.subject == person_subject(class_id, stage.ids[about or who]),
        )
        row = session.exec(query).one()
        ctx = acting(stage, session, who)
        known = dict(prefilling.answers(ctx, row.id or 0))
        version_id = versions.current_version(ctx, at.form)
        submission = Submission(version_id, row.id, {}, known | answers)
        service.SUBMIT[at.form](ctx, submission)
