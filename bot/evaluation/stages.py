"""The kinds of assignment there are: each names its form and what people call it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n import Text, _


@dataclass(frozen=True, slots=True)
class Stage:
    """One kind of thing a person can owe; `name` is what an assignment keeps.

    Without a `form` each course or sheet brings its own.
    """

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
LEVEL_CHECK = declare(Stage("level_check", "level_check", _("What you know before the class")))
PRE_TEST = declare(Stage("pre_test", "", _("Test before the class")))
POST_TEST = declare(Stage("post_test", "", _("Test after the class")))
RECALL = declare(Stage("prompt_recall", "prompt_recall", _("What you remember of the class")))
ENGAGE = declare(Stage("prompt_engage", "prompt_engage", _("What you have tried since the class")))
REFLECT = declare(Stage("prompt_reflect", "prompt_reflect", _("Looking back on the class")))

PARTICIPANT_FORM, SUPERVISOR_FORM = "follow_up_participant", "follow_up_supervisor"
FOLLOW_UP_PARTICIPANT = declare(
    Stage(PARTICIPANT_FORM, PARTICIPANT_FORM, _("Follow-up: your work since the class"))
)
FOLLOW_UP_SUPERVISOR = declare(
    Stage(SUPERVISOR_FORM, SUPERVISOR_FORM, _("Follow-up: your officer since the class"))
)
FOLLOW_UP_3_PARTICIPANT = declare(
    Stage(
        "follow_up_3_participant",
        PARTICIPANT_FORM,
        _("Follow-up after three months: your work since the class"),
    )
)
FOLLOW_UP_3_SUPERVISOR = declare(
    Stage(
        "follow_up_3_supervisor",
        SUPERVISOR_FORM,
        _("Follow-up after three months: your officer since the class"),
    )
)
FOLLOW_UP_6_PARTICIPANT = declare(
    Stage(
        "follow_up_6_participant",
        PARTICIPANT_FORM,
        _("Follow-up after six months: your work since the class"),
    )
)
FOLLOW_UP_6_SUPERVISOR = declare(
    Stage(
        "follow_up_6_supervisor",
        SUPERVISOR_FORM,
        _("Follow-up after six months: your officer since the class"),
    )
)
FOLLOW_UP_RECRUIT = declare(
    Stage(
        "follow_up_recruit",
        "follow_up_recruit",
        _("Follow-up: your officer since the basic course"),
    )
)

CHECK_SHEET = declare(Stage("check_sheet", "", _("Check sheet: your own assessment")))
CHECK_SHEET_FINAL = declare(
    Stage("check_sheet_final", "", _("Check sheet: your assessment of the officer"))
)
COURSE_MATRIX = declare(Stage("course_matrix", "course_matrix", _("How good the course is")))
YEAR_REVIEW = declare(Stage("year_review", "year_review", _("The training work of the year")))

NEEDS_OFFICER = declare(Stage("needs_officer", "needs_officer", _("What you need to learn")))
NEEDS_SUPERVISOR = declare(
    Stage("needs_supervisor", "needs_supervisor", _("What you and your team need to learn"))
)
NEEDS_HEAD = declare(Stage("needs_head", "needs_head", _("What your office needs")))
NEEDS_TRAINER = declare(Stage("needs_trainer", "needs_trainer", _("What you need as a trainer")))
NEEDS_RELAYED = declare(
    Stage("needs_relayed", "needs_relayed", _("What your office needs: a partner asks"))
)


def class_subject(class_id: int) -> str:
    """What an assignment about a class keeps as its subject."""
    return f"class:{class_id}"


def person_subject(class_id: int, person_id: int) -> str:
    """What an assignment about one trainee of a class keeps as its subject."""
    return f"{class_subject(class_id)}:person:{person_id}"
