"""The reaction report of one class: how many answered, what they said, and their comments."""

from __future__ import annotations

from dataclasses import dataclass

from bot.context import Ctx
from bot.evaluation import class_results, interviews
from bot.evaluation.interviews import Said
from bot.evaluation.results import ClassResults
from bot.evaluation.stages import REACTION_TRAINER
from bot.i18n import _
from bot.long_text import in_screens
from bot.people.access_table import Action
from bot.reports import results_text
from bot.reports.registry import MadeFile, Params, Report, register
from bot.screens import Screen
from bot.training import catalogue
from bot.training.catalogue import ClassCard


@dataclass(frozen=True, slots=True)
class ReactionData:
    """What the report is made of."""

    held: ClassCard
    trainees: ClassResults
    trainer: ClassResults
    interviews: tuple[tuple[Said, ...], ...]


def read(ctx: Ctx, params: Params) -> ReactionData:
    """The results of class `params["class"]`; refuses before closing and other readers."""
    class_id = int(params["class"])
    trainees = class_results.read(ctx, class_id)
    trainer = class_results.collect(ctx, class_id, REACTION_TRAINER)
    talks = tuple(interviews.of_class(ctx, class_id))
    return ReactionData(catalogue.card(ctx, class_id), trainees, trainer, talks)


def screens(data: ReactionData) -> tuple[Screen, ...]:
    """A summary, then the comments apart."""
    title = _("Reaction: {course}, class {code}", course=data.held.title, code=data.held.code)
    summary = (
        *results_text.head(data.trainees),
        *results_text.questions(data.trainees),
        *results_text.by_gender(data.trainees),
    )
    if data.trainer.answered and not data.trainer.anonymous:
        summary += (_("The lead trainer about the group:"), *results_text.one_by_one(data.trainer))
    return (
        *in_screens(title, summary),
        *results_text.comment_screens(_("Comments, in no particular order"), data.trainees),
        *results_text.comment_screens(_("Comments of the lead trainer"), data.trainer),
        *(
            screen
            for talk in data.interviews
            for screen in in_screens(_("Interview with the group"), results_text.said(talk))
        ),
    )


def files(data: ReactionData, language: str) -> tuple[MadeFile, ...]:
    """A picture for the phone and a workbook; none where nothing may be shown."""
    if not data.trainees.shown:
        return ()
    from bot.reports import reaction_files  # drawing takes a second to load

    return reaction_files.make(data.held, data.trainees, language)


REACTION = register(
    Report("reaction", _("Reaction to a class"), Action.READ_REPORTS, read, screens, files)
)
