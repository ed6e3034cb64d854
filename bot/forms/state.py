"""How far somebody is in a form: plain data that survives a trip through JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.forms.expressions import Value


@dataclass(frozen=True, slots=True)
class State:
    """Answers so far and the open question.

    `open` is the name of the question being asked, None on the summary. `editing` means
    that it was opened from the summary and leads back there. Answers of questions that
    are irrelevant now are kept, so that changing back brings them back. `kept` holds the
    first results of once(), `seed` decides the order of shuffled choices. `since` numbers the
    update that led to the open question: a press sent before it was meant for another showing.
    """

    answers: Mapping[str, Value] = field(default_factory=dict)
    open: str | None = None
    editing: bool = False
    visited: tuple[str, ...] = ()
    kept: Mapping[str, Value] = field(default_factory=dict)
    seed: int = 0
    since: int = 0


def state_to_json(state: State) -> dict[str, Any]:
    """Plain data for a JSON column."""
    return {
        "answers": {name: _plain(value) for name, value in state.answers.items()},
        "open": state.open,
        "editing": state.editing,
        "visited": list(state.visited),
        "kept": dict(state.kept),
        "seed": state.seed,
        "since": state.since,
    }


def state_from_json(data: Mapping[str, Any]) -> State:
    """The state that `state_to_json` wrote."""
    return State(
        answers=dict(data.get("answers", {})),
        open=data.get("open"),
        editing=data.get("editing", False),
        visited=tuple(data.get("visited", ())),
        kept=dict(data.get("kept", {})),
        seed=data.get("seed", 0),
        since=data.get("since", 0),
    )


def _plain(value: Value) -> Value:
    return list(value) if isinstance(value, tuple) else value
