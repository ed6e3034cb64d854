"""What stands above a question: a problem, how far one is, how long there is, the group."""

from __future__ import annotations

import datetime as dt

from bot.context import Ctx
from bot.forms import engine, service
from bot.forms.definition import FormDefinition, Question
from bot.forms.question_types.contract import type_of
from bot.forms.rules import ShowResult, rules_of
from bot.forms.service import OpenDraft
from bot.i18n import Lines, Moment, Text, Words, _, _n

MINUTE = dt.timedelta(minutes=1)


def length_words(length: engine.Progress) -> Text:
    """How long a form is, in the number that its first question shows."""
    if length.exact:
        return _n("{count} question.", "{count} questions.", length.total)
    return _n("About {count} question.", "About {count} questions.", length.total)


def rules_words(form: FormDefinition, *, with_pass_mark: bool = True) -> list[Words]:
    """What to know before a form is begun: how long there is, and what passes."""
    rules = rules_of(form)
    said: list[Words] = []
    if rules.time_limit is not None:
        said.append(
            _n(
                "From the first question on you have {count} minute. Then your answers are "
                "handed in as they stand.",
                "From the first question on you have {count} minutes. Then your answers are "
                "handed in as they stand.",
                rules.time_limit // MINUTE,
            )
        )
    if rules.pass_mark is not None and with_pass_mark:
        said.append(_("Who reaches {percent} % of the points passes.", percent=rules.pass_mark))
    if rules.show_result is ShowResult.EACH:
        said.append(_("You are told at once what is right. Then the answer stands."))
    return said


def heading(ctx: Ctx, draft: OpenDraft, question: Question, problem: Words | None) -> Words:
    """Problem, progress, how long there is, and the group that the question belongs to."""
    now = service.moment(ctx)
    number, total, exact = engine.progress(draft.form, draft.state, now)
    place = (
        _("Question {number} of {total}", number=number, total=total)
        if exact
        else _("Question {number} of about {total}", number=number, total=total)
    )
    group = draft.form.group_by_name.get(question.groups[-1]) if question.groups else None
    words: Words = (
        engine.wording(draft.form, draft.state, group.label, now) if group and group.label else ""
    )
    if group is not None and group.is_grid and words:
        words = _grid_heading(draft, question, words, now)
    return Lines((problem or "", place, _until(ctx, draft), words))


def _grid_heading(draft: OpenDraft, question: Question, words: Words, now: Moment) -> Words:
    """The heading of a grid, with the item that is asked."""
    if type_of(question).takes_answer:
        item, items = engine.place_in_group(draft.form, draft.state, question.name, now)
        return _("{heading} ({number} of {total})", heading=words, number=item, total=items)
    return words


def _until(ctx: Ctx, draft: OpenDraft) -> Words:
    """When the answers are handed in as they stand."""
    if draft.ends_at is None:
        return ""
    return _("Time until {moment}.", moment=Moment(draft.ends_at, ctx.actor.zone))
