"""What the questionnaires of needs say, as plain wishes: answers read by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MOST_GIVEN = 6
MOST_RATED = 12
"""So many competencies a questionnaire rates at most."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that is needed. `own` is whether whoever answers needs it themself; `management`
    that no training would help; `unit` names the office, where one was chosen.
    """

    words: str
    importance: int | None = None
    people: int = 1
    own: bool = True
    management: bool = False
    unit: str = ""


def of_officer(answers: Mapping[str, Any]) -> list[Wish]:
    """Free wishes for oneself, and what no training would change."""
    return [*_listed(answers, "wish"), *_hindrance(answers, own=True)]


def of_supervisor(answers: Mapping[str, Any]) -> list[Wish]:
    """The same, and what the team needs; what hinders is the team's."""
    team = _listed(answers, "team", own=False)
    return [*_listed(answers, "wish"), *team, *_hindrance(answers, own=False)]


def of_head(answers: Mapping[str, Any]) -> list[Wish]:
    """What an office needs."""
    return [*_listed(answers, "need", own=False), *_hindrance(answers, own=False)]


def of_trainer(answers: Mapping[str, Any], labels: Mapping[str, str]) -> list[Wish]:
    """What a trainer needs to teach better, and what their classes lacked.

    `labels` are the words of what can be chosen about teaching, by code.
    """
    chosen = str(answers.get("teaching") or "").split()
    teaching = [Wish(labels[code]) for code in chosen if code in labels]
    seen = _listed(answers, "seen", own=False)
    return [*teaching, *_listed(answers, "wish"), *seen, *_hindrance(answers, own=True)]


def of_meeting(answers: Mapping[str, Any]) -> list[Wish]:
    """The topics of a meeting, each with the office that is to be trained, if one was named."""
    return [
        Wish(
            words,
            _number(answers.get(f"weight_{place}")),
            _number(answers.get(f"people_{place}")) or 1,
            own=False,
            unit=str(answers.get(f"unit_{place}") or ""),
        )
        for place, words in _said(answers, "topic")
    ]


def levels(answers: Mapping[str, Any]) -> dict[int, int]:
    """At which level somebody sees themself, by competency; what was skipped is left out."""
    numbers = str(answers.get("competencies") or "").split()
    found = {
        int(number): _number(answers.get(f"level_{place}"))
        for place, number in enumerate(numbers, 1)
        if number.isdecimal()
    }
    return {number: level for number, level in found.items() if level is not None}


def _listed(answers: Mapping[str, Any], name: str, *, own: bool = True) -> list[Wish]:
    return [
        Wish(
            words,
            _number(answers.get(f"{name}_weight_{place}")),
            _number(answers.get(f"{name}_people_{place}")) or 1,
            own=own,
        )
        for place, words in _said(answers, name)
    ]


def _said(answers: Mapping[str, Any], name: str) -> Iterator[tuple[int, str]]:
    for place in range(1, MOST_GIVEN + 1):
        words = str(answers.get(f"{name}_{place}") or "").strip()
        if words:
            yield place, words


def _hindrance(answers: Mapping[str, Any], *, own: bool) -> list[Wish]:
    words = str(answers.get("hindrance") or "").strip()
    return [Wish(words, own=own, management=True)] if words else []


def _number(value: Any) -> int | None:
    text = str(value or "").strip()
    return int(float(text)) if text.replace(".", "", 1).isdecimal() else None
