"""Who reads what is answered by name, said before the first question: a sentence a stage."""

from __future__ import annotations

from bot.evaluation.stages import Stage
from bot.i18n import Text, _

BY_NAME = _("Your answers are stored with your name. The training unit can read them.")
PROMISES: dict[str, Text] = {}


def promise(sentence: Text, *stages: Stage) -> None:
    """Say this instead of the usual before the questions of these stages; refuses to say two
    things about one.
    """
    for stage in stages:
        if stage.name in PROMISES:
            raise ValueError(f"two things are promised at stage {stage.name}")
        PROMISES[stage.name] = sentence


def of(stage: str) -> Text:
    """What people are told who answer at this stage by name."""
    return PROMISES.get(stage, BY_NAME)
