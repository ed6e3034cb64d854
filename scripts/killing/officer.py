"""A simulated officer: looks at the phone, does what the screen asks for, and keeps a journal.

Nothing is remembered but what a person remembers: what was given, and what is to be told.
Whoever sees no reaction does the same again, and takes more time over it each time.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from typing import Any

from bot.sandbox import phone_actions
from bot.sandbox.errors import PageError
from bot.sandbox.records import Phone
from bot.sandbox.world import World
from scripts.killing import asked
from scripts.killing.acts import Press, Words, is_same
from scripts.killing.journal import Answer, Journal
from scripts.killing.screen import ASK_LABEL, TOKEN, Shown

SHORTEST_THOUGHT = 0.1
PATIENCE, MOST_DOUBLINGS = 2.5, 5
GOES_BACK, CHANGES, TAPS_TWICE, ASKS = 0.08, 0.12, 0.08, 0.45
MOST_WAITING = 4
AT_ONCE = 0.5
TASKS, ASK = "/tasks", "/ask"
NOTHING_CHANGED = "Nothing was changed"


class Officer:
    """One person with one phone, who thinks for at most `pace` seconds before each act."""

    def __init__(self, world: World, phone: Phone, person: int, *, seed: int, pace: float) -> None:
        self._pace = pace
        self._world = world
        self.phone = phone
        self.person = person
        self.journal = Journal(person)
        self.dice = random.Random(f"{seed} {person}")
        self.screen: Shown | None = None
        self.told: list[Shown] = []
        self.acts = 0
        self.seen = 0
        self.repeated = 0
        self.is_done = False
        self._left_at: int | None = None
        self._moved = asyncio.Event()
        self._may_act = asyncio.Event()
        self._may_act.set()
        self._asks_next = False
        self._dropping = 0
        self._closed = 0
        self._last: Press | Words | None = None
        self._again = 0
        self._pressed: Answer | None = None
        self._is_leaving_question = False
        self._newest = 0
        self._is_overtaken = False

    def look(self, event: dict[str, Any]) -> None:
        """Something was drawn on the phone."""
        if event["type"] == "toast":
            self._moved.set()
            if NOTHING_CHANGED in event["text"] and self._pressed is not None:
                self._pressed.deny()
        if event["type"] not in ("message", "edit") or event["message"]["from"] != "bot":
            return
        shown = Shown.of(event["message"])
        self.seen += 1
        if shown.is_notice:
            self.told.append(shown)
            self.heard(shown)
        else:
            self.screen = shown
            self._is_leaving_question = False
            self._is_overtaken = 0 < shown.revision < self._newest
            self._newest = max(self._newest, shown.revision)
            if not self._is_overtaken:
                self._note(shown)
        self._moved.set()

    def heard(self, notice: Shown) -> None:
        """A notice came; an officer reads it, and that is all."""

    @property
    def _is_unsure(self) -> bool:
        """Whether the question that is looked at may have been left before it was answered."""
        return self._is_leaving_question or self._is_overtaken

    @property
    def is_leaving(self) -> bool:
        return self._left_at is not None

    def leave(self) -> None:
        """From now on finish what is begun, and begin nothing new."""
        self._left_at = self.phone.last_message_id

    def pause(self) -> None:
        """Do nothing more until `resume`."""
        self._may_act.clear()

    def resume(self) -> None:
        self._may_act.set()
        self._moved.set()

    async def live(self) -> None:
        """Act until done; never ends before `is_leaving`."""
        while not self.is_done:
            await asyncio.sleep(self._thought())
            await self._may_act.wait()
            act = self.decide()
            self._moved.clear()
            if act is not None:
                self._do(act)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), PATIENCE)

    def _thought(self) -> float:
        """Seconds before the next act."""
        seconds = self._pace * self.dice.uniform(SHORTEST_THOUGHT, 1.0)
        return min(PATIENCE, seconds * 2.0 ** min(self._again, MOST_DOUBLINGS))

    def decide(self) -> Press | Words | None:
        """The next act, by what the screen shows."""
        shown = self.screen
        if shown is None:
            return Words(TASKS)
        if shown.draft is None:
            return self.between(shown)
        if shown.step("drop") is not None:
            self._dropping = shown.draft
            return self._press(shown, shown.step("drop"))
        if shown.is_summary:
            return self._at_summary(shown)
        return self._at_question(shown)

    def between(self, shown: Shown) -> Press | Words | None:
        """Nothing is open: begin something, or leave."""
        if self.is_leaving:
            return self._leave(shown)
        if self._asks_next and self.dice.random() < AT_ONCE:
            return Words(f"{ASK} {self.journal.asks_at_once()}")
        begin = shown.leading("tb:") or shown.leading("ask:new" if self._asks_next else "t:")
        if begin is not None:
            return self._press(shown, begin)
        half_way = shown.begun() if shown.is_task_list else None
        if half_way is not None and not self._asks_next:
            return self._press(shown, half_way)
        return self._given_up(shown) or Words(ASK if self._asks_next else TASKS)

    def _given_up(self, shown: Shown) -> Press | Words | None:
        """Whoever owes nothing and waits for too many answers needs one of them no more."""
        if self._may_ask():
            return None
        if shown.is_task_list:
            return Words(ASK)
        close = shown.closing or shown.asked_first
        return self._press(shown, close) if close else None

    def _leave(self, shown: Shown) -> Press | Words | None:
        """Look once more whether something was left half-way, and finish that."""
        if not shown.is_task_list or shown.message_id <= (self._left_at or 0):
            return Words(TASKS)
        half_way = shown.begun()
        if half_way is not None:
            return self._press(shown, half_way)
        self.is_done = True
        return None

    def _at_summary(self, shown: Shown) -> Press:
        filling = self.journal.filling(shown.draft or 0)
        if shown.is_in_vain:
            return self._press(shown, shown.step("stop"))
        place = self.dice.choice([one.place for one in asked.ANSWERED])
        edit = shown.step(f"edit:{place}")
        if edit and not filling.wants_submit and self.dice.random() < CHANGES:
            return self._press(shown, edit)
        filling.wants_submit = True
        return self._press(shown, shown.step("submit"))

    def _at_question(self, shown: Shown) -> Press | Words:
        question = shown.question
        if question is None:
            return self._only_question(shown)
        filling = self.journal.filling(shown.draft or 0)
        answer = filling.answer(question.name, question.place)
        back = shown.step("back")
        if back and answer.given is None and self.dice.random() < GOES_BACK:
            self._is_leaving_question = True
            return self._press(shown, back)
        if question.kind == "note":
            return self._press(shown, shown.step("done"))
        if question.is_typed:
            if answer.given is None:
                token = self.journal.token("word")
                value = asked.value_for(question, token, self.dice)
                answer.give(value, unsure=self._is_unsure)
            return Words(str(answer.given))
        if question.kind.startswith("select_multiple"):
            return self._choose_several(shown, question)
        if answer.given is None:
            value = self.dice.choice(question.codes)
            answer.give(value, unsure=self._is_unsure)
        self._pressed = answer
        token = f":i{question.codes.index(str(answer.given))}"
        return self._press(
            shown, next(data for data in shown.choices("q:") if data.endswith(token))
        )

    def _choose_several(self, shown: Shown, question: asked.Asked) -> Press:
        filling = self.journal.filling(shown.draft or 0)
        answer = filling.answer(question.name, question.place)
        if answer.given is None or not filling.wanted:
            count = self.dice.randint(1, len(question.codes))
            filling.wanted = tuple(self.dice.sample(question.codes, count))
        chosen, presses = set(), {}
        for data in shown.choices("m:"):
            code = question.codes[int(data.split(":")[3][1:])]
            presses[code] = data
            if data.endswith(":0"):
                chosen.add(code)
        for code in question.codes:
            if (code in filling.wanted) != (code in chosen):
                value = " ".join(each for each in question.codes if each in filling.wanted)
                answer.give(value, unsure=self._is_unsure)
                self._pressed = answer
                return self._press(shown, presses[code])
        self._pressed = answer
        answer.give(" ".join(code for code in question.codes if code in chosen))
        return self._press(shown, shown.step("done"))

    def _only_question(self, shown: Shown) -> Words:
        """The form of a question to the unit, or of the unit's answer: words, once."""
        filling = self.journal.filling(shown.draft or 0)
        asks = ASK_LABEL in shown.text
        answer = filling.answer("question" if asks else "answer", 0)
        if answer.given is None:
            found = TOKEN.search(shown.text)
            kind = "ask" if asks or found is None else "reply"
            answer.give(self.journal.token(kind))
        return Words(str(answer.given))

    def _note(self, shown: Shown) -> None:
        """Write into the journal what this screen says of what was done before."""
        self.journal.listed(" ".join(label for label, _data in shown.buttons))
        if shown.draft is not None and shown.step("drop") is None:
            self.journal.stands_before(shown.draft)
            self.journal.filling(shown.draft).shown(shown.place, shown.values)
        elif shown.is_thanks:
            self.journal.submitted()
            self._asks_next = self._wants_to_ask()
        elif "The question is closed" in shown.text:
            self._closed += 1
        elif "was thrown away" in shown.text:
            self.journal.dropped(self._dropping)
            self._asks_next = False
        elif shown.is_task_list and shown.leading("t:") is None:
            self._asks_next = self._may_ask()

    def _wants_to_ask(self) -> bool:
        return self._may_ask() and self.dice.random() < ASKS

    def _may_ask(self) -> bool:
        asked_so_far = sum("question" in one.answers for one in self.journal.fillings)
        told = (one.text for one in self.told if "The training unit answers" in one.text)
        answered = {found[0] for text in told if (found := TOKEN.search(text))}
        return asked_so_far - len(answered) - self._closed < MOST_WAITING

    def _press(self, shown: Shown, data: str | None) -> Press:
        assert data is not None, f"person {self.person}: no such button: {shown}"
        return Press(shown.message_id, data)

    def _do(self, act: Press | Words) -> None:
        self.acts += 1
        self._again = self._again + 1 if is_same(act, self._last) else 0
        self.repeated += self._again > 0
        self._last = act
        times = 2 if isinstance(act, Press) and self.dice.random() < TAPS_TWICE else 1
        with suppress(PageError):  # the screen has changed meanwhile, and is looked at again
            for _tap in range(times):
                if isinstance(act, Press):
                    phone_actions.press_button(self._world, self.phone, act.message_id, act.data)
                else:
                    phone_actions.write_text(self._world, self.phone, act.text)
