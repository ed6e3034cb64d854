"""What one phone gave and what it was shown for it: the oracle's only witness.

An answer is acknowledged when a later question or the thanks is shown after it; the summary
acknowledges the value that stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

SUMMARY = 99
"""The place of the summary, after every question."""


@dataclass(slots=True)
class Answer:
    """What was given for one question of one filling."""

    place: int
    given: str | None = None
    acknowledged: str | None = None
    before: str | None = None
    unsure: bool = False
    doubtful: set[str] = field(default_factory=set)
    ever: set[str] = field(default_factory=set)

    def give(self, value: str, *, unsure: bool = False) -> None:
        """`unsure` if the question may be left by a press that has not been answered yet, or had
        been left when an overtaken screen put it again.
        """
        self.given = value
        self.unsure = self.unsure or unsure
        self.ever.add(value)

    def acknowledge(self) -> None:
        """A later screen may also have come of the press that left the question."""
        if self.given is not None:
            self.before, self.acknowledged = self.acknowledged, self.given
            self.given = None
            self.doubtful.clear()
            if self.unsure:
                self.deny()
            self.unsure = False

    def doubt(self) -> None:
        """An earlier question is shown instead: it may have been taken, or not."""
        if self.given is not None:
            self.doubtful.add(self.given)
            self.given = None

    def read(self, value: str) -> None:
        """The summary shows this value; one that cannot stand for it is left to the comparison."""
        if value == self.given:
            self.acknowledge()
        elif value in self.may_be:
            self.doubt()
            self.acknowledged = value

    def deny(self) -> None:
        """A press was said to have changed nothing: what stood before may stand still."""
        self.doubtful |= {value for value in (self.before,) if value is not None}

    @property
    def may_be(self) -> set[str]:
        """The values that may stand for it now."""
        known = {value for value in (self.given, self.acknowledged) if value is not None}
        return known | self.doubtful


@dataclass(slots=True, eq=False)
class Filling:
    """One form from its first question to its thanks, as the phone lived through it."""

    draft: int
    person: int
    answers: dict[str, Answer] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()
    wants_submit: bool = False
    submitted: bool = False
    dropped: bool = False

    def answer(self, name: str, place: int) -> Answer:
        return self.answers.setdefault(name, Answer(place))

    def shown(self, place: int, values: Mapping[str, str] = MappingProxyType({})) -> None:
        """A question is on the screen, or the summary with these `values`."""
        for name, answer in self.answers.items():
            if name in values:
                answer.read(values[name])
            elif answer.place < place:
                answer.acknowledge()
            elif answer.place > place:
                answer.doubt()

    @property
    def tokens(self) -> set[str]:
        """Everything that was ever given in it."""
        return {value for answer in self.answers.values() for value in answer.ever}


@dataclass(slots=True, eq=False)
class Journal:
    """All fillings of one phone, and those still under way by their draft."""

    person: int
    fillings: list[Filling] = field(default_factory=list)
    _open: dict[int, Filling] = field(default_factory=dict)
    _at_once: dict[str, Filling] = field(default_factory=dict)
    _tokens: int = 0

    def filling(self, draft: int) -> Filling:
        """The filling under way in this draft; a new one after the last was ended."""
        if draft not in self._open:
            self._open[draft] = Filling(draft, self.person)
            self.fillings.append(self._open[draft])
        return self._open[draft]

    def stands_before(self, draft: int) -> None:
        """Another form is on the screen: what was pressed to submit the others was in vain."""
        for filling in self._open.values():
            if filling.draft != draft:
                filling.wants_submit = False

    @property
    def submitting(self) -> Filling | None:
        """The filling whose submit was pressed last and not acknowledged yet."""
        waiting = [filling for filling in self._open.values() if filling.wants_submit]
        return waiting[-1] if waiting else None

    def submitted(self) -> None:
        """The thanks are shown."""
        filling = self.submitting
        if filling is not None:
            filling.shown(SUMMARY)
            filling.submitted = True
            del self._open[filling.draft]

    def asks_at_once(self) -> str:
        """A question in one message; nothing is owed for it until it is seen in the list."""
        words = self.token("ask")
        filling = Filling(0, self.person, dropped=True)
        filling.answer("question", 0).give(words)
        self.fillings.append(filling)
        self._at_once[words] = filling
        return words

    def listed(self, labels: str) -> None:
        """The list of one's own questions is shown: what stands in it was taken."""
        for words in [each for each in self._at_once if each in labels]:
            filling = self._at_once.pop(words)
            filling.shown(SUMMARY)
            filling.dropped, filling.submitted = False, True

    def dropped(self, draft: int) -> None:
        """A form that nobody waits for was thrown away."""
        if draft in self._open:
            self._open.pop(draft).dropped = True

    def token(self, kind: str) -> str:
        """Words that occur once in the whole run."""
        self._tokens += 1
        return f"{kind}-{self.person}-{self._tokens}-end"
