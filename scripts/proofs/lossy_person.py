"""The person behind the lossy phone: means to finish one form, and gives what it asks for."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from scripts.proofs import Disproved
from scripts.proofs.lossy_forms import Asked
from scripts.proofs.lossy_phone import LossyPhone
from scripts.proofs.lossy_screen import Screen, read
from scripts.proofs.lossy_training import COURSE

MOST_ACTS, MOST_ACTS_EACH = 400, 120
WORDS = {"en": "An answer", "km": "ចម្លើយ", "ur": "جواب"}
DIGITS = {"en": "0123456789", "km": "០១២៣៤៥៦៧៨៩", "ur": "۰۱۲۳۴۵۶۷۸۹"}
FIXED = {
    "staff_no": "77{n}", "phone": "+85512345{n:03d}", "code": "HS-77-{n}",
    "start_time": "08:30", "end_time": "16:30", "starts_on": "2026-05-04",
    "ends_on": "2026-05-08", "held_on": "2026-02-20", "in_post_since": "2025-01-06",
    "last_course": "2025-11-30", "share": "0.25", "deadline": "2026-04-20",
    "until": "2026-06-30", "date": "2026-02-27", "hours": "12.5", "practical": "71.5",
    "oral": "80", "paper": "66.5", "numbers": "1002 1003", "enrol_by": "2026-04-27",
    "seats": "20", "max_seats": "20",
}  # fmt: skip
SEARCHED = {
    "units": "Poi", "people": "Bopha", "class_people": "Ayesha", "class_members": "Maly",
    "courses": "VAL", "trainers": "T1", "zones": "fiji", "genders": "F",
    "quota_units": "Poi", "deputies": "Bopha", "reached_people": "Maly", "supervisor": "Dara",
}  # fmt: skip
LEFT_OUT = {"add_equivalent": "title"}
"""What is left out where only one of two may be answered."""
EDITED = ("edit_person", "edit_class", "edit_course")


@dataclass(slots=True)
class Person:
    """`behind` is the screen of a moment ago, which a slow phone still shows."""

    phone: LossyPhone
    dice: random.Random
    way_back: tuple[str, ...] = ()
    wants: dict[str, str] = field(default_factory=dict)
    behind: Screen = field(default_factory=Screen)
    edits: int = 0
    piled: int = 0

    async def finish(self) -> None:
        """Fill in the open form until it is submitted; refuses one that takes for ever."""
        form = self.phone.journal.form
        self.edits = 3 if form.name in EDITED else 1
        bound = MOST_ACTS + MOST_ACTS_EACH * len(form.questions)
        while self.phone.house.is_out or self.phone.house.draft(self.phone.hand.id) is not None:
            self.phone.counts.acts += 1
            if self.phone.counts.acts > bound:
                last = self.phone.screen
                raise Disproved(f"{form.name}: not finished after {bound} acts, at {last.text!r}")
            await self._once()
        while self.phone.air:
            await self.phone.wait_for_next()
        await self.phone.settled()

    async def _once(self) -> None:
        await self._link_changes()
        now = self.phone.screen
        screen = self.behind if self.behind.buttons and self.dice.random() < 0.1 else now
        self.behind = now
        await self._act(screen)
        await self.phone.pass_time(self._pause())
        if self.dice.random() < 0.1:
            await self.phone.settled()

    async def _link_changes(self) -> None:
        """Now and then the bot is away for a few acts, and what is done piles up."""
        house = self.phone.house
        if house.is_out:
            self.piled -= 1
            if self.piled <= 0:
                self.phone.counts.restarts += 1
                await house.restart()
                await self.phone.settled()
        elif self.dice.random() < 0.02:
            await self.phone.settled()
            await house.go_out()
            self.piled = self.dice.randrange(2, 7)

    def _pause(self) -> float:
        if self.phone.house.is_out or self.dice.random() < 0.2:
            return self.dice.randrange(3)
        return self.dice.randrange(2, 60)

    async def _act(self, screen: Screen) -> None:
        question = self.phone.journal.form.with_title(screen.title, self.phone.journal.language)
        stray = self.dice.random()
        if question is not None and stray < 0.05:
            await self._press_step(screen, self.dice.choice(("back", "stop", "page")))
        elif question is not None and stray < 0.1:
            self._reply_to_another()
        elif question is not None:
            await self._answer(screen, question)
        elif screen.step("submit"):
            await self._review(screen)
        else:
            await self._find_back(screen)

    async def _answer(self, screen: Screen, question: Asked) -> None:
        if self.phone.in_the_air_for(question.name) and self.dice.random() < 0.6:
            await self.phone.wait_for_next()
        elif question.kind == "note":
            await self._press_step(screen, "done")
        elif not question.is_required and self.dice.random() < self._unwilling(question):
            await self._press_step(screen, self.dice.choice(("skip", "done")))
        elif question.kind == "select_multiple" and self.dice.random() < 0.4:
            await self._press_step(screen, "done")
        elif question.source and not screen.answers():
            words = SEARCHED.get(question.name, SEARCHED[question.source])
            self._type(screen, question, words)
        elif screen.answers() and (question.source or self.dice.random() < 0.8):
            await self.phone.press(screen, self.dice.choice(self._meant(screen)))
        else:
            self._type(screen, question, self._wanted(question))

    def _unwilling(self, question: Asked) -> float:
        """How likely an optional question is left out; where only one counts, which is known."""
        if self.phone.journal.form.name in LEFT_OUT:
            return 1.0 if self._is_left_out(question) else 0.0
        return 0.3

    def _meant(self, screen: Screen) -> list[tuple[str, str]]:
        """The answers that make sense: no course counts as itself."""
        itself = COURSE if self.phone.journal.form.name == "add_equivalent" else None
        return [one for one in screen.answers() if one[0] != itself] or screen.answers()

    def _is_left_out(self, question: Asked) -> bool:
        return LEFT_OUT.get(self.phone.journal.form.name) == question.name

    def _type(self, screen: Screen, question: Asked, words: str) -> None:
        reply = screen if self.dice.random() < 0.2 else None
        self.phone.type(words, question.name, reply)

    def _reply_to_another(self) -> None:
        """Answer a question of some time ago, by replying to it."""
        language = self.phone.journal.language
        earlier = [read(message) for message in self.phone.hand.from_bot[-8:]]
        screen = self.dice.choice(earlier)
        question = self.phone.journal.form.with_title(screen.title, language)
        if question is None or self._is_left_out(question):
            return
        if not question.source and question.kind != "note":
            self.wants.pop(question.name, None)
            self.phone.type(self._wanted(question), question.name, screen)

    async def _press_step(self, screen: Screen, name: str) -> None:
        button = screen.step(name)
        if button is not None:
            await self.phone.press(screen, button)

    async def _review(self, screen: Screen) -> None:
        """Change what is not as meant, then submit."""
        wrong = self._wrong_line(screen)
        is_refused = bool(screen.title) and not screen.text.startswith(screen.title)
        edits = [button for button in screen.buttons if ":edit:" in button[1]]
        if wrong is not None and wrong < len(edits) and self.dice.random() < 0.7:
            await self.phone.press(screen, edits[wrong])
        elif edits and (is_refused or self.edits > 0) and self.dice.random() < 0.5:
            self.edits -= 1
            await self.phone.press(screen, self.dice.choice(edits))
        else:
            await self._press_step(screen, "submit")

    def _wrong_line(self, screen: Screen) -> int | None:
        """The first line that shows something else than what was meant for it."""
        lines = screen.text.splitlines()
        language = self.phone.journal.language
        for name, words in self.wants.items():
            question = self.phone.journal.form.question(name)
            label = question.labels[language][:30]
            found = [line for line in lines if question.kind == "text" and f". {label}" in line]
            if found and words not in found[0]:
                return int(found[0].partition(".")[0]) - 1
        return None

    async def _find_back(self, screen: Screen) -> None:
        draft = None if self.phone.house.is_out else self.phone.house.draft(self.phone.hand.id)
        wanted = (*self.way_back, f"go:{draft[0]}" if draft else "")
        button = next((one for one in screen.buttons if one[1] in wanted), None)
        if button is not None:
            await self.phone.press(screen, button)
        elif self.phone.in_the_air_for("/tasks"):
            await self.phone.wait_for_next()
        else:
            self.phone.type("/tasks", "/tasks")

    def _wanted(self, question: Asked) -> str:
        """What this person means to answer, in words that are typed."""
        language = self.phone.journal.language
        if question.kind == "text" and question.name in self.wants:
            return self.wants[question.name]
        number = self.phone.counts.typed + 1
        words = FIXED.get(question.name, f"{WORDS[language]} {number}").format(n=number)
        if question.name not in FIXED and question.kind in ("integer", "range"):
            words = str(self.dice.randrange(1, 11))
        elif question.choices:
            choice = self.dice.choice(question.choices)
            place = str(question.choices.index(choice) + 1)
            words = self.dice.choice((choice.labels[language], place))
        elif question.kind == "acknowledge":
            words = "ok"
        if question.kind != "text" and self.dice.random() < 0.3:
            return words.translate(str.maketrans(DIGITS["en"], DIGITS[language]))
        self.wants[question.name] = words
        return words
