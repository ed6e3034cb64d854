"""Workbooks that nobody here wrote, answered to the end in the chat by a random walk.

The walker sees only what a phone shows: it presses buttons, types, goes back, and submits.
"""

from __future__ import annotations

import random

from bot.forms import versions
from tests.conversations.stage import Actor, Stage
from tests.unit.forms.corpus_expected import EXPECTED
from tests.unit.forms.test_corpus import TAKEN, imported

SEED = 20261122
MOST_STEPS = 3000
TYPED = {
    "Type a whole number.": ("5", "18", "30", "0", "1", "45", "70", "100", "2"),
    "Type a number.": ("5", "1", "12.25", "99.9", "0.5", "15"),
    "Type a date such as 2026-11-22.": ("2010-06-15", "2026-03-02", "2030-01-31"),
    "Type your answer.": ("word", "12", "010 123 456", "someone@example.org"),
    "Type part of a name or number to search.": ("a", "1", "e"),
}
LEAVE = ("« Back", "Stop", "Skip", "Keep this answer", "Done", "Next", "‹", "›")


class Walker:
    """Goes through one form after another on one phone."""

    def __init__(self, stage: Stage, actor: Actor) -> None:
        self._stage = stage
        self._actor = actor
        self._dice = random.Random(SEED)

    async def walk(self, version_id: int) -> int:
        """Try the form of this version to its end; the number of things done."""
        await self._actor.forge(f"try:{version_id}")
        for step in range(MOST_STEPS):
            shown = self._actor.phone.last
            if "This was a rehearsal" in shown["text"]:
                return step
            await self._act(shown)
        raise AssertionError(f"the form was not finished: {self._actor.phone.last['text']}")

    async def _act(self, shown: dict) -> None:  # type: ignore[type-arg]
        labels = [button["text"] for row in shown["rows"] for button in row]
        typed = next((words for hint, words in TYPED.items() if hint in shown["text"]), None)
        if "Submit" in labels:
            await self._press("Submit", shown)
        elif "« Back" in labels and self._dice.random() < 0.05:
            await self._press("« Back", shown)
        elif typed is not None and not self._options(shown):
            await self._type(typed, labels, shown)
        else:
            await self._choose(labels, shown)

    async def _choose(self, labels: list[str], shown: dict) -> None:  # type: ignore[type-arg]
        options = self._options(shown)
        on = next((label for label in ("Done", "Next") if label in labels), None)
        if on is not None and (not options or self._dice.random() < 0.4):
            await self._press(on, shown)
        elif options:
            await self._press(self._dice.choice(options), shown)
        else:
            await self._press("Skip", shown)

    async def _type(
        self,
        words: tuple[str, ...],
        labels: list[str],
        shown: dict,  # type: ignore[type-arg]
    ) -> None:
        if "Skip" in labels and self._dice.random() < 0.3:
            await self._press("Skip", shown)
        else:
            await self._actor.say(self._dice.choice(words))

    def _options(self, shown: dict) -> list[str]:  # type: ignore[type-arg]
        buttons = [button for row in shown["rows"] for button in row]
        return [button["data"] for button in buttons if button["text"] not in LEAVE]

    async def _press(self, label: str, shown: dict) -> None:  # type: ignore[type-arg]
        await self._actor.press(label, shown["id"])


async def test_corpus__every_form_that_imports__is_finished_in_the_chat(stage: Stage) -> None:
    unit = await stage.join("unit")
    await unit.say("/menu")
    made = {}
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        for number, name in enumerate(TAKEN):
            made[name] = versions.publish(ctx, f"corpus_{number}", imported(name))
    walker = Walker(stage, unit)
    steps = {name: await walker.walk(version) for name, version in made.items()}
    assert set(steps) == {name for name, refusals in EXPECTED.items() if not refusals}
    assert stage.server.refusals == []
