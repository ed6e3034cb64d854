"""The one table of role, action and reach; `access` asks it."""

from __future__ import annotations

from enum import StrEnum

from bot.models.people import Role


class Action(StrEnum):
    """What a person can do; the edge checks it for every command and button."""

    USE_DESK = "use the desk"
    ASK_UNIT = "ask the unit"
    SEE_TEAM = "see the team"
    CONFIRM_LINK = "confirm a link"
    DECIDE = "decide about training"
    OVERRULE = "decide in a supervisor's place"
    NOMINATE = "nominate people"
    KEEP_CLASS = "keep a class"
    INVITE = "invite people"
    KEY_IN = "key in answers"
    IMPORT = "import files"
    EDIT_PEOPLE = "edit people"
    EDIT_CLASSES = "edit classes"
    READ_REPORTS = "read reports"
    ANSWER_QUESTIONS = "answer questions"
    RECALL = "recall a questionnaire"
    SET_POLICY = "change settings"
    EDIT_CURRICULA = "edit curricula"
    ASSIGN = "assign qualifications"
    SEE_QUALIFICATIONS = "see qualifications"
    CONFIRM_EVIDENCE = "confirm certificates"
    BROADCAST = "send to many"
    APPROVE_BROADCAST = "approve what goes to many"
    SET_EVALUATION = "set what is asked after a course"
    READ_FOLLOW_UPS = "read what is reported about people"
    EDIT_TESTS = "edit tests and the bank of questions"
    OPEN_TEST = "open a test in the room"
    SIGN_TASKS = "sign tasks and check sheets"
    EDIT_SHEETS = "edit check sheets and task books"
    MEASURE = "enter indicators and costs"
    READ_IMPACT = "read what training brought about"
    EDIT_COMPETENCIES = "edit competencies and what posts require"
    RATE = "rate competencies"
    TELL_NEEDS = "tell what is needed"
    RUN_NEEDS = "run the yearly survey of needs"
    READ_NEEDS = "read what is needed"
    NOTE_PERFORMANCE = "enter figures of performance"
    ANALYSE_JOBS = "analyse jobs"
    EDIT_PLAN = "edit the annual plan"
    REVIEW_PLAN = "check the annual plan"
    APPROVE_PLAN = "approve the annual plan"
    READ_PLAN = "read the annual plan"
    EDIT_OUTLINES = "edit course outlines"
    REVIEW_OUTLINE = "review course outlines"
    APPROVE_OUTLINE = "approve course outlines"


class Reach(StrEnum):
    """About whom an action may be done."""

    SELF = "self"
    TEAM = "team"
    OFFICE = "office"
    PART = "part"
    CLASSES = "classes"
    ASKED = "asked"
    LEFT = "left to them"
    SCOPE = "scope"
    ALL = "all"


ACCESS: dict[tuple[Role, Action], Reach] = {
    (Role.OFFICER, Action.USE_DESK): Reach.SELF,
    (Role.OFFICER, Action.ASK_UNIT): Reach.SELF,
    (Role.OFFICER, Action.TELL_NEEDS): Reach.SELF,
    (Role.OFFICER, Action.READ_PLAN): Reach.SELF,
    (Role.OFFICER, Action.REVIEW_PLAN): Reach.SELF,
    (Role.OFFICER, Action.REVIEW_OUTLINE): Reach.SELF,
    (Role.SUPERVISOR, Action.SEE_TEAM): Reach.TEAM,
    (Role.SUPERVISOR, Action.CONFIRM_LINK): Reach.TEAM,
    (Role.SUPERVISOR, Action.DECIDE): Reach.TEAM,
    (Role.SUPERVISOR, Action.SEE_QUALIFICATIONS): Reach.TEAM,
    (Role.SUPERVISOR, Action.READ_FOLLOW_UPS): Reach.TEAM,
    (Role.SUPERVISOR, Action.SIGN_TASKS): Reach.TEAM,
    (Role.SUPERVISOR, Action.RATE): Reach.TEAM,
    (Role.SUPERVISOR, Action.READ_NEEDS): Reach.TEAM,
    (Role.TRAINER, Action.KEEP_CLASS): Reach.CLASSES,
    (Role.TRAINER, Action.OPEN_TEST): Reach.CLASSES,
    (Role.TRAINER, Action.SIGN_TASKS): Reach.ASKED,
    (Role.FOCAL_POINT, Action.INVITE): Reach.OFFICE,
    (Role.FOCAL_POINT, Action.KEY_IN): Reach.OFFICE,
    (Role.FOCAL_POINT, Action.NOMINATE): Reach.OFFICE,
    (Role.HEAD, Action.NOMINATE): Reach.PART,
    (Role.HEAD, Action.SEE_QUALIFICATIONS): Reach.PART,
    (Role.HEAD, Action.READ_NEEDS): Reach.PART,
    (Role.HR, Action.NOMINATE): Reach.SCOPE,
    (Role.HR, Action.SEE_QUALIFICATIONS): Reach.SCOPE,
    (Role.HR, Action.READ_NEEDS): Reach.SCOPE,
    (Role.HR, Action.NOTE_PERFORMANCE): Reach.SCOPE,
    **{
        (Role.UNIT, action): Reach.SCOPE
        for action in (
            Action.CONFIRM_LINK,
            Action.INVITE,
            Action.KEY_IN,
            Action.EDIT_PEOPLE,
            Action.EDIT_CLASSES,
            Action.READ_REPORTS,
            Action.ANSWER_QUESTIONS,
            Action.RECALL,
            Action.DECIDE,
            Action.OVERRULE,
            Action.NOMINATE,
            Action.ASSIGN,
            Action.SEE_QUALIFICATIONS,
            Action.CONFIRM_EVIDENCE,
            Action.BROADCAST,
            Action.APPROVE_BROADCAST,
            Action.READ_FOLLOW_UPS,
            Action.OPEN_TEST,
            Action.SIGN_TASKS,
            Action.MEASURE,
            Action.READ_IMPACT,
            Action.READ_NEEDS,
            Action.NOTE_PERFORMANCE,
            Action.ANALYSE_JOBS,
            Action.EDIT_OUTLINES,
        )
    },
    (Role.HEADQUARTERS, Action.IMPORT): Reach.ALL,
    (Role.HEADQUARTERS, Action.SET_POLICY): Reach.ALL,
    (Role.HEADQUARTERS, Action.EDIT_CURRICULA): Reach.ALL,
    (Role.HEADQUARTERS, Action.SET_EVALUATION): Reach.ALL,
    (Role.HEADQUARTERS, Action.EDIT_TESTS): Reach.ALL,
    (Role.HEADQUARTERS, Action.EDIT_SHEETS): Reach.ALL,
    (Role.HEADQUARTERS, Action.EDIT_COMPETENCIES): Reach.ALL,
    (Role.HEADQUARTERS, Action.RUN_NEEDS): Reach.ALL,
    (Role.HEADQUARTERS, Action.EDIT_PLAN): Reach.ALL,
    (Role.HR, Action.EDIT_PEOPLE): Reach.SCOPE,
    (Role.HR, Action.CONFIRM_EVIDENCE): Reach.LEFT,
    (Role.EXECUTIVE, Action.CONFIRM_EVIDENCE): Reach.LEFT,
    (Role.EXECUTIVE, Action.READ_REPORTS): Reach.SCOPE,
    (Role.EXECUTIVE, Action.SEE_QUALIFICATIONS): Reach.SCOPE,
    (Role.EXECUTIVE, Action.APPROVE_BROADCAST): Reach.SCOPE,
    (Role.EXECUTIVE, Action.READ_IMPACT): Reach.SCOPE,
    (Role.EXECUTIVE, Action.READ_NEEDS): Reach.SCOPE,
    (Role.EXECUTIVE, Action.APPROVE_PLAN): Reach.ALL,
    (Role.EXECUTIVE, Action.APPROVE_OUTLINE): Reach.ALL,
}
