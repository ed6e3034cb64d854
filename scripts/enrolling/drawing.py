"""The state machine as docs/enrolment.md shows it; `python -m scripts.enrolling.drawing` writes
what follows from the code into the page.
"""

from __future__ import annotations

from pathlib import Path

from bot.models.training import EnrolmentState as S
from bot.training.states import TRANSITIONS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "enrolment.md"
BEGIN, END = "<!-- {name}: from the code -->\n", "<!-- end of {name} -->"
NOBODY = "not on the list"
STATES = (None, *S)


def name_of(state: S | None) -> str:
    """A state as the page calls it."""
    return state.value if state is not None else NOBODY


def arrows() -> set[tuple[str, str, str]]:
    """Every step there is: act, state before, state after."""
    return {
        (act.value, name_of(before), after.value)
        for act, transition in TRANSITIONS.items()
        for before in transition.before
        for after in transition.after
    }


def steps() -> str:
    """A block for each act: from which states to which."""
    lines = []
    for act, transition in TRANSITIONS.items():
        before = ", ".join(name_of(state) for state in STATES if state in transition.before)
        after = ", ".join(state.value for state in S if state in transition.after)
        lines += [f"{before}", f"    ── {act.value} ──▶ {after}"]
    return "```\n" + "\n".join(lines) + "\n```\n"


def conditions() -> str:
    """A table of acts and the conditions each of them asks."""
    rows = [
        f"| {act.value} | {', '.join(transition.conditions) or 'none'} |"
        for act, transition in TRANSITIONS.items()
    ]
    return "\n".join(["| act | conditions |", "| --- | --- |", *rows]) + "\n"


GENERATED = {"steps": steps, "conditions": conditions}


def part(page: str, name: str) -> str:
    """What stands in the page between a part's marks."""
    _before, _mark, rest = page.partition(BEGIN.format(name=name))
    return rest.partition(END.format(name=name))[0]


def write() -> None:
    """Bring the page in line with the code."""
    page = PAGE.read_text("utf-8")
    for name, made in GENERATED.items():
        mark = BEGIN.format(name=name)
        page = page.replace(mark + part(page, name), mark + made())
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    write()
