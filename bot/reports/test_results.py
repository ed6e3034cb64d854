"""The report on the tests of a class: figures in the chat, a picture, and a workbook."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation.tests import class_results
from bot.evaluation.tests.class_results import ClassTests, StageResults
from bot.evaluation.tests.flag_words import FLAG_WORDS
from bot.evaluation.tests.gain import HIGH, LOW, ClassGain
from bot.evaluation.tests.items import LEAST_TAKERS, Flag
from bot.evaluation.tests.question_rows import QuestionRow
from bot.i18n import Percent, Text, Words, _, _n
from bot.long_text import in_screens
from bot.people.access_table import Action
from bot.reports.registry import MadeFile, Params, Report, register
from bot.screens import Screen

MOST_NAMED = 10


def read(ctx: Ctx, params: Params) -> ClassTests:
    """The tests of class `params["class"]`; refuses readers without reach, and no results."""
    return class_results.read(ctx, int(params["class"]))


def screens(data: ClassTests) -> tuple[Screen, ...]:
    """Who took what, what was gained, and which questions are worth a look."""
    title = _("Tests: {course}, class {code}", course=data.held.title, code=data.held.code)
    lines: list[Words] = []
    for stage in data.stages:
        lines += [*stage_lines(stage), ""]
    if data.gain is not None:
        lines += [*gain_lines(data.gain), ""]
    lines += [*_not_learned(data), *_flagged(data)]
    return in_screens(title, lines)


def files(data: ClassTests, language: str) -> tuple[MadeFile, ...]:
    """Pictures of the questions, then a workbook with people, questions and answers."""
    from bot.reports import test_result_files  # drawing takes a second to load

    return test_result_files.make(data, language)


def stage_lines(stage: StageResults) -> list[Words]:
    """One test: how many took it, how well, how many passed."""
    lines: list[Words] = [
        _(
            "{test}: taken by {taken} of {asked}, on average {mean}",
            test=stage.stage.title,
            taken=stage.taken,
            asked=stage.asked,
            mean=Percent(stage.mean),
        )
    ]
    if stage.passed is not None:
        lines.append(
            _n(
                "{count} of {taken} passed (from {percent} %)",
                "{count} of {taken} passed (from {percent} %)",
                stage.passed,
                taken=stage.taken,
                percent=stage.pass_mark,
            )
        )
    return lines


def gain_lines(found: ClassGain) -> list[Words]:
    """What was gained of what could be, by those who took both tests."""
    lines: list[Words] = [
        _n(
            "{count} person took both tests: {before} before, {after} after",
            "{count} people took both tests: {before} before, {after} after",
            found.people,
            before=Percent(found.before),
            after=Percent(found.after),
        )
    ]
    if found.of_means is not None:
        said = _size(found.of_means)
        share = Percent(found.of_means)
        lines.append(
            _("Of what could be gained, the class gained {share}: {size}", share=share, size=said)
        )
    if found.mean_of_gains is not None:
        lines.append(
            _n(
                "The mean of the gain of {count} person: {share}",
                "The mean of the gains of {count} people: {share}",
                found.counted,
                share=Percent(found.mean_of_gains),
            )
        )
    return lines


def _size(gained: float) -> Text:
    if gained < LOW:
        return _("a low gain (below 30 %)")
    return _("a high gain (from 70 % on)") if gained >= HIGH else _("a medium gain")


def _not_learned(data: ClassTests) -> list[Words]:
    found = data.not_learned
    if not found:
        return []
    return [
        _n("{count} question was not learned:", "{count} questions were not learned:", len(found)),
        *(_changed(row) for row in found[:MOST_NAMED]),
        "",
    ]


def _changed(row: QuestionRow) -> Text:
    return _(
        "• {question} ({before} before, {after} after)",
        question=row.label,
        before=Percent(row.before or 0.0),
        after=Percent(row.after or 0.0),
    )


def _flagged(data: ClassTests) -> list[Words]:
    lines: list[Words] = [
        _("• {question}: {flag}", question=row.label, flag=FLAG_WORDS[flag])
        for row in data.questions
        for flag in row.item.flags
        if flag is not Flag.TOO_EASY
    ]
    if not lines:
        return []
    note = _(
        "How well a question tells people apart is worked out from {count} takers on.",
        count=LEAST_TAKERS,
    )
    return [_("Worth a look:"), *lines[:MOST_NAMED], note]


TEST_RESULTS = register(
    Report("test_results", _("Tests of a class"), Action.KEEP_CLASS, read, screens, files)
)
