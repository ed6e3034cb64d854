"""The parts of an outline by the names of the form's questions, and the methods of a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.i18n import Joined, Text, Words, _
from bot.training.course_fields import MODE_WORDS, Mode

SEPARATOR = ";"

TEXTS: Mapping[str, Text] = {
    "rationale": _("Why the course is needed"),
    "outcomes": _("What participants can do afterwards"),
    "population": _("Whom it is for"),
    "prerequisites": _("What they need beforehand"),
    "activities": _("Special activities"),
    "evaluation": _("When progress is evaluated"),
    "resources": _("What it takes: people, rooms, equipment, papers"),
    "integrity": _("Where it deals with integrity"),
    "afterwards": _("How learning goes on at work"),
}
"""Parts in words, in the order in which they are read."""

NEEDED = ("rationale", "outcomes", "population", "evaluation", "resources", "integrity")
"""Without these an outline is not handed in."""

NUMBERS = ("days", "least", "most")
LEGAL = ("legal_by", "legal_on", "legal_words")
"""The check against the law: a change of the outline makes it void."""

BLENDED = "blended"
MODES: Mapping[str, Text] = {
    Mode.IN_PERSON: MODE_WORDS[Mode.IN_PERSON],
    Mode.ONLINE: MODE_WORDS[Mode.ONLINE],
    BLENDED: _("partly in person, partly online"),
    Mode.SELF_PACED: MODE_WORDS[Mode.SELF_PACED],
    Mode.ON_THE_JOB: MODE_WORDS[Mode.ON_THE_JOB],
}

METHODS: Mapping[str, Text] = {
    "lecture": _("lecture"),
    "discussion": _("discussion"),
    "group_work": _("group work"),
    "case_study": _("case study"),
    "exercise": _("exercise"),
    "demonstration": _("demonstration"),
    "simulation": _("simulation"),
    "role_play": _("role play"),
    "visit": _("visit"),
    "guest": _("guest speaker"),
    "self_study": _("self-study or e-learning"),
    "on_the_job": _("practice at work"),
}


def methods_of(kept: str) -> list[str]:
    """The codes, and words of the unit's own, as they are kept with a session."""
    return [part for part in kept.split(SEPARATOR) if part]


def methods_kept(codes: Sequence[str], own: str) -> str:
    """Codes of `METHODS` and words of the unit's own, as one value to be kept."""
    words = " ".join(own.replace(SEPARATOR, ",").split())
    return SEPARATOR.join([*codes, *([words] if words else [])])


def methods_said(kept: str) -> Words:
    """The methods of a session in the reader's language; "" for none."""
    said = tuple(METHODS.get(one, one) for one in methods_of(kept))
    return _("{methods}", methods=Joined(said)) if said else ""
