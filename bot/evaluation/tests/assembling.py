"""A test made of questions of the bank: a form of the unit's own, as if a workbook had brought it.

It keeps the questions as they are; what is mended in the bank later comes with the next one.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from bot import audit
from bot.context import Ctx
from bot.evaluation.tests import bank, drawing
from bot.forms import versions
from bot.forms.compiled import compiled
from bot.forms.definition import NO_WORDS, Choice, FormDefinition, Group, Question
from bot.forms.rules import ShowResult
from bot.forms.service import Submission, on_submit
from bot.i18n import Text, Texts, _n
from bot.models.forms import FormVersion
from bot.models.tests import BankQuestion
from bot.people import access
from bot.people.access_table import Action

SEEDS = 1_000_000
GROUP = "questions"
MOST_LISTED = 40
PREFIX = "test_"


def listed(ctx: Ctx) -> tuple[list[str], str]:
    """The topics that have questions in use, and the numbered list that the form shows."""
    found = [topic for topic in bank.topics(ctx) if topic.in_use][:MOST_LISTED]
    lines = (f"{number}. {one.name} ({one.in_use})" for number, one in enumerate(found, 1))
    return [topic.name for topic in found], "\n".join(("", *lines))


@on_submit("assemble_test", "title", "topics")
def submit_assemble_test(ctx: Ctx, submission: Submission) -> Text:
    """Make the test that the form describes; refuses what `assemble` and the wishes refuse."""
    answers = submission.answers
    wanted = drawing.wishes(str(answers["topics"]), submission.purpose["topics"])
    given = answers.get("seed")
    seed = int(given) if given not in (None, "") else secrets.randbelow(SEEDS)
    rules = {
        name: str(answers[name])
        for name in ("pass_mark", "time_limit", "show_result")
        if answers.get(name) not in (None, "")
    }
    form = assemble(ctx, str(answers["title"]).strip(), wanted, seed, rules)
    return _n(
        "The test “{form}” has {count} question. Its draw has the number {seed}. Set it for a "
        "course now.",
        "The test “{form}” has {count} questions. Its draw has the number {seed}. Set it for a "
        "course now.",
        len(form.questions),
        form=form.title,
        seed=str(seed),
    )


def assemble(
    ctx: Ctx, title: str, wanted: Mapping[str, int], seed: int, rules: Mapping[str, str]
) -> FormDefinition:
    """Draw the questions and publish the form; refuses who may not edit tests."""
    access.require(ctx, Action.EDIT_TESTS)
    drawn = drawing.draw({topic: bank.in_use(ctx, topic) for topic in wanted}, wanted, seed)
    name = _free_name(ctx, title)
    form = form_of(drawn, name, title, ctx.settings.language, {**rules, "seed": str(seed)})
    compiled(form)
    version_id = versions.publish(ctx, name, form)
    audit.record(ctx, "test.assembled", "form_version", version_id, form=name, seed=seed)
    return form


def form_of(
    drawn: Sequence[BankQuestion], name: str, title: str, language: str, rules: Mapping[str, str]
) -> FormDefinition:
    """The form of these questions, in any order, its choices too; words without a language are
    in `language`.
    """
    questions = tuple(_question(one, language) for one in drawn)
    spoken = {code for one in questions for code, _words in one.label.by_language}
    return FormDefinition(
        form_id=name,
        title=Texts.of({language: title}),
        version="1",
        languages=(language, *sorted(spoken - {language})),
        default_language=language,
        questions=questions,
        groups=(Group(GROUP, NO_WORDS),),
        settings={"show_result": ShowResult.NEVER.value, "shuffle_questions": GROUP, **rules},
    )


def _question(one: BankQuestion, language: str) -> Question:
    return Question(
        name=f"b{one.id}",
        type=one.type,
        label=_texts(one.labels, language),
        groups=(GROUP,),
        parameters={"randomize": "true"} if one.choices else {},
        choices=tuple(
            Choice(code, _texts(words, language)) for code, words, _about in one.choices
        ),
        correct=one.correct,
        score=one.points,
    )


def _texts(words: Mapping[str, Any], language: str) -> Texts:
    return Texts.of({code or language: said for code, said in words.items() if said})


def _free_name(ctx: Ctx, title: str) -> str:
    """A name after the title that no form has yet."""
    taken = set(ctx.session.scalars(select(FormVersion.form).distinct()))
    slug = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:30]
    name, number = f"{PREFIX}{slug or 'bank'}", 1
    while name in taken:
        number += 1
        name = f"{PREFIX}{slug or 'bank'}_{number}"
    return name
