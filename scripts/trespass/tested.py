"""Tests of a class in one part: given out, opened with a code, taken once, with tries left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from bot.context import Actor, Ctx
from bot.evaluation import course_forms
from bot.evaluation.asking import Asked, ask
from bot.evaluation.stages import POST_TEST, PRE_TEST, class_subject
from bot.evaluation.tests import room, taking
from bot.forms import service, versions
from bot.forms.importer import import_form
from bot.models.tests import BankQuestion

FORM = "customs_test"
TEST = f"""| settings | | |
| | form_title | form_id |
| | Customs | {FORM} |

| survey | | | | |
| | type | name | label | correct |
| | integer | chapter | Which chapter is rice in? | 10 |
| | text | law | Which law rules it? | Customs Law |
"""


def add_tests(ctx: Ctx, course_id: int) -> None:
    """A test before and one after the class, and questions in the bank, which are the same
    everywhere; once is enough.
    """
    if course_forms.of_course(ctx, course_id):
        return
    imported = import_form(TEST.encode(), name=f"{FORM}.md")
    assert imported.definition is not None, imported.faults
    versions.publish(ctx, FORM, imported.definition)
    course_forms.set_form(ctx, course_id, PRE_TEST, FORM, needs_code=True)
    course_forms.set_form(ctx, course_id, POST_TEST, FORM, attempts=3, pass_mark=80)
    for number in range(10):
        question = BankQuestion(
            topic=f"Topic {number % 9}",
            type="text",
            labels={"": f"What is number {number}?"},
            correct="it",
            digest=str(number),
            active=number != 1,
        )
        ctx.session.add(question)
    ctx.session.flush()


def take_tests(ctx: Ctx, mark: str, people: Mapping[str, int], class_id: int) -> None:
    """Both tests wait for two officers; one of them has tried the second in vain."""
    keys, subject = ("officer1", "officer2"), class_subject(class_id)
    for stage in (PRE_TEST, POST_TEST):
        closes_at = ctx.now() + dt.timedelta(days=10)
        asked = [
            Asked(people[key], subject, ctx.today(), closes_at, class_id, form=FORM)
            for key in keys
        ]
        rows = ask(ctx, stage, asked)
    room.show(replace(ctx, actor=Actor(people["trainer"], zone=ctx.actor.zone)), class_id,
              PRE_TEST, 60)  # fmt: skip
    officer = replace(
        ctx, actor=Actor(people["officer1"], 100_000 + people["officer1"], "en", "UTC")
    )
    taking.begin(officer, rows[0].id or 0)
    draft = service.current_draft(officer)
    assert draft is not None
    tried = replace(draft.state, answers={"law": f"Written in {mark}"}, open=None)
    service.submit(officer, replace(draft, state=tried))
