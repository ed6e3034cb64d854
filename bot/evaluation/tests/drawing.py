"""Which questions a test is made of: so many of each topic, drawn by a seed, told in few words."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.errors import Refusal
from bot.i18n import _

T = TypeVar("T")
MOST_QUESTIONS = 100
WISH = re.compile(r"(\d{1,3})\s*[:=x×]\s*(\d{1,3})")


def wishes(typed: str, topics: Sequence[str]) -> dict[str, int]:
    """How many questions of which topic: “1:5 2:3” is five of the first, three of the second.

    Refuses what cannot be read, a topic that is not there or comes twice, and too many.
    """
    wanted: dict[str, int] = {}
    for number, count in WISH.findall(typed):
        place = int(number) - 1
        if not 0 <= place < len(topics):
            raise Refusal(_("There is no topic {number} in the list.", number=number))
        if topics[place] in wanted:
            raise Refusal(_("Topic {number} is there twice. Say it once.", number=number))
        wanted[topics[place]] = int(count)
    rest = WISH.sub("", typed).replace(",", " ").replace(";", " ").strip()
    if rest or not any(wanted.values()):
        raise Refusal(
            _("Write such as 1:5 2:3 for five questions of topic 1 and three of topic 2.")
        )
    if sum(wanted.values()) > MOST_QUESTIONS:
        raise Refusal(_("A test has at most {most} questions.", most=MOST_QUESTIONS))
    return {topic: count for topic, count in wanted.items() if count}


def draw(bank: Mapping[str, Sequence[T]], wanted: Mapping[str, int], seed: int) -> list[T]:
    """The questions of each topic that this seed gives, in the order of the bank.

    Refuses more than a topic has. What a topic gives does not depend on the others.
    """
    drawn: list[T] = []
    for topic, count in wanted.items():
        there = bank.get(topic, ())
        if count > len(there):
            raise Refusal(
                _(
                    "Topic “{topic}” has {there} questions, not {count}.",
                    topic=topic,
                    there=len(there),
                    count=count,
                )
            )
        places = random.Random(f"{seed}/{topic}").sample(range(len(there)), count)
        drawn += [there[place] for place in sorted(places)]
    return drawn
