"""What attendance and marks come to: pure rules, each of which says why it does not hold."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.i18n import Joined, Percent, Text, Words, _
from bot.models.records import Presence
from bot.models.training import Course, EnrolmentState

S = EnrolmentState
ATTENDANCE_RULE = "the attendance that was noted"
HERE = frozenset({Presence.PRESENT, Presence.LATE})
TESTS: Mapping[str, Text] = {
    "practical": _("Practical test"),
    "oral": _("Oral test"),
    "paper": _("Paper test"),
}
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Achieved:
    """What somebody did in a class; `presences` are those of its days that were noted."""

    state: EnrolmentState
    presences: Sequence[Presence] = ()
    marks: Mapping[str, float] | None = None

    @property
    def share(self) -> float | None:
        """The part of the noted days on which they were there; None if no day was noted."""
        if not self.presences:
            return None
        return sum(one in HERE for one in self.presences) / len(self.presences)


def state_by_attendance(achieved: Achieved, least_attendance: int) -> EnrolmentState | None:
    """The state that follows from the days noted; None if none was."""
    share = achieved.share
    if share is None:
        return None
    if share == 0:
        return S.NO_SHOW
    return S.ATTENDED if _is_enough(share, least_attendance) else S.PARTLY_ATTENDED


def average(marks: Mapping[str, float]) -> float | None:
    """The mean of all tests, each of which counts alike, in percent."""
    return sum(marks.values()) / len(marks) if marks else None


def why_not_complete(
    achieved: Achieved, course: Course, tests: Collection[str]
) -> tuple[Words, ...]:
    """Every reason why somebody does not complete the course; nothing if they do.

    `tests` are those that were held in this class: who lacks one of them has not passed.
    """
    return (*_attendance(achieved, course), *_marks(achieved, course, tests))


def _attendance(achieved: Achieved, course: Course) -> tuple[Words, ...]:
    share = achieved.share
    if share is None:
        return _attendance_by_hand(achieved)
    if _is_enough(share, course.least_attendance):
        return ()
    seen = Percent(math.floor(share * WHOLE) / WHOLE)
    least = Percent(course.least_attendance / WHOLE)
    return (_("There on {share} of the days; {least} are needed.", share=seen, least=least),)


def _attendance_by_hand(achieved: Achieved) -> tuple[Words, ...]:
    """Where no day was noted, what the list says of the person counts."""
    if achieved.state in (S.ATTENDED, S.COMPLETED):
        return ()
    if achieved.state is S.ENROLLED:
        return (_("Attendance was not noted."),)
    return (_("Did not attend all of the class."),)


def _marks(achieved: Achieved, course: Course, tests: Collection[str]) -> tuple[Words, ...]:
    if course.pass_mark is None:
        return ()
    marks = achieved.marks or {}
    if not tests:
        return (_("No marks were entered."),)
    lacking = [label for test, label in TESTS.items() if test in tests and test not in marks]
    if lacking:
        return (_("No mark: {tests}", tests=Joined(tuple(lacking))),)
    mean = average(marks) or 0.0
    if mean >= course.pass_mark:
        return ()
    shown = math.floor(mean * 10) / 10
    return (_("Mean mark {mean}; {needed} is needed.", mean=shown, needed=course.pass_mark),)


def _is_enough(share: float, least_attendance: int) -> bool:
    return share * WHOLE >= least_attendance
