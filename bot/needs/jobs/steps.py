"""The steps by which the training needs of a job are analysed (F annex 3), in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.i18n import Text, _


class StepState(StrEnum):
    OPEN = "open"
    DONE = "done"
    NOT_NEEDED = "not needed"


STATE_WORDS: Mapping[StepState, Text] = {
    StepState.OPEN: _("open"),
    StepState.DONE: _("done"),
    StepState.NOT_NEEDED: _("not needed"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `stage` counts from 1, `code` is what its state is kept under."""

    code: str
    stage: int
    words: Text


STAGES: Mapping[int, Text] = {
    1: _("1. Propose the analysis and have it approved"),
    2: _("2. Find out what the job consists of"),
    3: _("3. Have the tasks confirmed and put in order"),
    4: _("4. Gather what is known of performance"),
    5: _("5. Choose the tasks to train"),
    6: _("6. Describe who is to be trained"),
    7: _("7. Write the objectives"),
    8: _("8. Report"),
}
_LINES: Mapping[int, tuple[tuple[str, Text], ...]] = {
    1: (
        ("strategy", _("How the analysis is done is laid down.")),
        ("respondents", _("It is laid down who is asked.")),
        ("methods", _("It is laid down how data are gathered.")),
        ("tools", _("Questionnaires and guides for interviews are ready.")),
        ("commitment", _("The management stands behind it.")),
    ),
    2: (
        ("duties", _("Today's duties are listed.")),
        ("unlisted", _("Duties that stand in no job description are listed.")),
        ("priorities", _("The duties that matter most are marked.")),
        ("hardest", _("It is known what is hardest in the work, and why.")),
        ("changes", _("It is known what is about to change in the job.")),
        ("technical-knowledge", _("The technical knowledge needed is known, and how much of it.")),
        ("other-knowledge", _("Other knowledge that helps is known.")),
        ("ways-to-know", _("It is known how this knowledge is best gained.")),
        ("technical-skills", _("The technical skills needed are known.")),
        ("ways-to-skills", _("It is known how these skills are best gained.")),
        ("other-skills", _("Skills with people and with paperwork are known.")),
        ("team", _("It is known whether people work as a team.")),
        ("team-part", _("It is known what the job adds to the team.")),
        ("helping", _("It is known what is needed to help others of the team.")),
        ("ways-to-all", _("It is known how all of this is best gained.")),
        ("higher", _("Duties of a higher post are known, if there are any.")),
        ("higher-needs", _("It is known what these duties require.")),
        ("areas", _("The job is divided into areas.")),
        ("tasks", _("Each area is divided into tasks.")),
        ("subtasks", _("Each task is divided into steps.")),
    ),
    3: (
        ("confirmed", _("Somebody with experience in the job has confirmed the tasks.")),
        ("important", _("The most important tasks are known.")),
        ("frequent", _("The most frequent tasks are known.")),
        ("ranked", _("The tasks are ranked by importance and frequency.")),
    ),
    4: (
        ("material", _("The training material there is has been looked through.")),
        ("feedback", _("What was said about earlier training has been read.")),
        ("papers", _("Job descriptions, manuals and orders have been read.")),
        ("interviews", _("Officers, supervisors, experts and headquarters were interviewed.")),
        ("surveys", _("Officers, supervisors and experts were asked in writing.")),
        ("groups", _("Groups of officers or experts have talked about it.")),
        ("level", _("It is known what officers can do today of each task.")),
    ),
    5: (
        ("include", _("The tasks to be trained are named, with the reason.")),
        ("exclude", _("The tasks to be left out are named, with the reason.")),
        ("selected", _("The choice is made.")),
        ("knowledge", _("Knowledge and skills of each step of these tasks are known.")),
    ),
    6: (
        ("people", _("It is described who is to be trained.")),
        ("surroundings", _("It is described where and how they work.")),
        ("not-training", _("What must change besides training is named.")),
    ),
    7: (("objectives", _("Each piece of knowledge and each skill has an objective.")),),
    8: (
        ("reported", _("The management has the report.")),
        ("options", _("Ways of training that meet the objectives are proposed.")),
    ),
}
STEPS: tuple[Step, ...] = tuple(
    Step(code, stage, words) for stage, lines in _LINES.items() for code, words in lines
)
BY_CODE: Mapping[str, Step] = {step.code: step for step in STEPS}
