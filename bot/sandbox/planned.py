"""What all planned troubles share: how often and how long, for what share, by which dice."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from bot.clock import monotonic


@dataclass(slots=True, kw_only=True)
class Planned:
    """A trouble strikes `times` times and for `seconds` real seconds after it was planned.

    With neither given it strikes once, or without end if its kind is a lasting one. Of
    what it could strike, `share` (0 to 1) is hit: by dice that depend on `seed`, on the
    phone, and on how many throws that phone has had, and on nothing else. `label` is what
    the page calls it.
    """

    lasting: ClassVar[bool] = False

    times: int | None = None
    seconds: float | None = None
    share: float = 1.0
    seed: int = 0
    label: str = ""
    number: int = field(default=0, init=False)
    _until: float = field(default=math.inf, init=False)
    _dice: dict[int | None, random.Random] = field(default_factory=dict, init=False)

    def begin(self, number: int) -> None:
        """It counts from now on, and is called `number`."""
        self.number = number
        if self.seconds is not None:
            self._until = monotonic() + self.seconds
        elif self.times is None and not self.lasting:
            self.times = 1

    @property
    def is_over(self) -> bool:
        return (self.times is not None and self.times <= 0) or monotonic() >= self._until

    def strikes(self, phone: int | None) -> bool:
        """Throw the dice for this phone; a hit is one of the `times`."""
        if self.is_over or not self.dice(phone).random() < self.share:
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def dice(self, phone: int | None) -> random.Random:
        """The dice of one phone; None stands for calls that are about no chat."""
        if phone not in self._dice:
            self._dice[phone] = random.Random(f"{self.seed} {phone}")
        return self._dice[phone]

    def state(self) -> dict[str, Any]:
        """What was planned, with the number of times and of seconds that are left."""
        row = {one.name: getattr(self, one.name) for one in fields(self) if one.init}
        if self.seconds is not None:
            row["seconds"] = round(max(self._until - monotonic(), 0.0), 1)
        return {"number": self.number, **row}
