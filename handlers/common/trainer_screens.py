"""What is known of a trainer as lines of a screen, for the trainer and for the unit alike."""

from __future__ import annotations

from collections.abc import Iterator

from bot.evaluation.observations import Observation
from bot.evaluation.trainer_pages import Remark, ScoreLine, TrainerPage
from bot.i18n import Words, _, _n

NOT_SHOWN = "–"


def score_lines(found: TrainerPage) -> Iterator[Words]:
    """Every rating over all classes, then the rating as a trainer class by class."""
    if not found.classes:
        yield _("No class has been asked about yet.")
        return
    rated = [one for one in found.reaction.ratings if one.whole.n]
    if rated:
        yield _("What participants thought, all classes together:")
    for one in rated:
        yield _n(
            "{question}: {mean} on average ({count} answer)",
            "{question}: {mean} on average ({count} answers)",
            one.whole.n,
            question=one.label or one.name,
            mean=round(one.whole.mean or 0.0, 1),
        )
    yield _("The trainer, class by class:")
    yield from (_class_line(line) for line in found.classes)
    if any(line.mean is None for line in found.classes):
        yield _("A dash stands for too few answers to be shown.")


def observation_lines(found: TrainerPage) -> Iterator[Words]:
    """The observations, the latest first, each with its nine aspects and what was agreed."""
    if not found.observations:
        yield _("Not observed yet.")
    for one in found.observations:
        yield from _observation(one)


def remark_lines(remarks: list[Remark]) -> Iterator[Words]:
    """What participants wrote, class by class."""
    code = ""
    for one in remarks:
        if one.code != code:
            code = one.code
            yield _("Class {code}", code=code)
        yield _("• {question}: {comment}", question=one.question, comment=one.text)


def _class_line(line: ScoreLine) -> Words:
    if line.mean is None:
        return _("{code}, {day}: {mean}", code=line.code, day=line.ends_on, mean=NOT_SHOWN)
    return _n(
        "{code}, {day}: {mean} ({count} answer)",
        "{code}, {day}: {mean} ({count} answers)",
        line.count,
        code=line.code,
        day=line.ends_on,
        mean=round(line.mean, 1),
    )


def _observation(one: Observation) -> Iterator[Words]:
    yield _("Observed on {day} by {name}", day=one.observed_on, name=one.observer)
    for aspect in one.aspects:
        choice: Words = aspect.choice if aspect.code else NOT_SHOWN
        yield _("{question}: {choice}", question=aspect.label, choice=choice)
    for question, words in one.words:
        yield _("{question} {answer}", question=question, answer=words)
