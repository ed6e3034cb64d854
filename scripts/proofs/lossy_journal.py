"""What the phone saw, pressed and typed, and when it reached Telegram; held against the store.

Knows the forms as their files word them, and nothing of the engine, the drafts' states or the
chat rows: a stored value that this cannot explain is an error of the product.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scripts.proofs import Disproved
from scripts.proofs.lossy_forms import Asked, Form, meaning
from scripts.proofs.lossy_screen import Screen
from scripts.proofs.lossy_world import code_behind


@dataclass(frozen=True, slots=True)
class Given:
    """One value given for one question; `on` False takes it away, None replaces all."""

    question: str
    value: Any
    how: str
    on: bool | None = None


@dataclass(slots=True)
class Journal:
    """`stored` is what was last seen stored; `given` what has reached Telegram since."""

    form: Form
    language: str
    stored: dict[str, Any] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)
    explained: int = 0
    for_another: int = 0

    def text_arrived(self, words: str, replied_to: str, on_screen: str, meant: str) -> None:
        """Words that Telegram received: for the question they reply to, else for that shown."""
        name = replied_to or on_screen
        if not name:
            return
        value = meaning(self.form.question(name), words, self.language)
        self.for_another += value is not None and name != meant
        if value is not None:
            self.given.append(Given(name, value, f"typed {words!r}"))

    def pressed(self, screen: Screen, label: str, data: str) -> None:
        """A button that reached Telegram, on the message as the phone showed it."""
        question = self.form.with_title(screen.title, self.language)
        if question is None:
            return
        step = data.partition("~")[0].split(":")
        if step[0] == "f":
            if step[2] == "skip":
                self.given.append(Given(question.name, None, "skipped"))
            return
        bare = label.lstrip("✓☑☐ ")
        value = _value_of(question, bare, self.language)
        on = label.startswith("☐") if label[:1] in "☑☐" else None
        self.given.append(Given(question.name, value, f"pressed {label!r}", on))

    def check(self, answers: dict[str, Any]) -> None:
        """Every change since the last check must be one that the phone made."""
        for name in sorted(answers.keys() | self.stored.keys()):
            before, after = self.stored.get(name), answers.get(name)
            if before != after:
                self._explain(name, before, after)
        self.stored = dict(answers)
        self.given.clear()

    def check_submitted(self, answers: dict[str, Any], conditional: frozenset[str]) -> None:
        """What was handed over is what was stored and what came last, and nothing is missing."""
        self.check({**{n: v for n, v in self.stored.items() if n in conditional}, **answers})

    def _explain(self, name: str, before: Any, after: Any) -> None:
        given = [one for one in self.given if one.question == name]
        if isinstance(after, list) or isinstance(before, list):
            right = _choices_explained(given, before or [], after or [])
        else:
            right = any(one.value == after for one in given)
        if not right:
            raise Disproved(
                f"{self.form.name} in {self.language}: {name} went from {before!r} to {after!r}, "
                f"but the phone gave {[(one.question, one.how) for one in self.given]}"
            )
        self.explained += 1


def _choices_explained(given: list[Given], before: list[Any], after: list[Any]) -> bool:
    """Whether each choice that came or went was pressed so, or the whole list was typed."""
    if any(one.on is None and (one.value or []) == after for one in given):
        return True
    came = [code for code in after if code not in before]
    went = [code for code in before if code not in after]
    return all(_was_put(given, code, True) for code in came) and all(
        _was_put(given, code, False) for code in went
    )


def _was_put(given: list[Given], code: Any, on: bool) -> bool:
    return any(one.value == code and one.on is on for one in given)


def _value_of(question: Asked, label: str, language: str) -> Any:
    """The value behind a button's label."""
    if question.source:
        return code_behind(question.source, label)
    if question.kind == "acknowledge":
        return "OK"
    if question.kind == "select_multiple":
        found = meaning(question, label, language)
        return found[0] if found else None
    return meaning(question, label, language)
