"""The kinds of assignment there are: each names its form and what people call it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n import Text, _


@dataclass(frozen=True, slots=True)
class Stage:
    """One kind of thing a person can owe; `name` is what an assignment keeps."""

    name: str
    form: str
    title: Text


STAGES: dict[str, Stage] = {}


def declare(stage: Stage) -> Stage:
    """Register a stage; refuses a second one of the same name."""
    if stage.name in STAGES:
        raise ValueError(f"stage {stage.name} is declared twice")
    STAGES[stage.name] = stage
    return stage


REACTION_TRAINEE = declare(
    Stage("reaction_trainee", "reaction_trainee", _("What you thought of the class"))
)
REACTION_TRAINER = declare(
    Stage("reaction_trainer", "reaction_trainer", _("How the group took part"))
)


def class_subject(class_id: int) -> str:
    """What an assignment about a class keeps as its subject."""
    return f"class:{class_id}"
