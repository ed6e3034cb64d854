"""Classes made by chance: who is in them, what each would answer, and when each sits down.

The questionnaire branches and asks for words, because paths and pauses tell more than ratings.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from bot.forms.definition import FormDefinition
from bot.forms.importer import import_form

FORM = "reaction_trainee"
RATINGS = ("overall", "trainer", "content", "material", "venue")
TOPICS = ("valuation", "origin", "tariff", "risk", "escort")
WORDS = ("useful", "improve")
BRANCH = "went_wrong"
BRANCH_BELOW = 3
GENDERS = ("f", "m")
FEWEST, MOST = 5, 30
DAYS_OPEN = 6
VOCABULARY = [
    "the",
    "cases",
    "from",
    "our",
    "own",
    "port",
    "were",
    "what",
    "helped",
    "me",
    "most",
    "and",
    "the",
    "exercises",
    "less",
    "so",
    "there",
    "was",
    "not",
    "enough",
    "time",
    "for",
    "questions",
    "about",
    "valuation",
    "please",
    "send",
    "the",
    "slides",
    "before",
    "the",
    "class",
]

MARKDOWN = f"""| settings | | | |
| | form_title | form_id | anonymous |
| | What you thought of the class | {FORM} | yes |

| survey | | | | | |
| | type | name | label | required | relevant |
{"".join(f"| | select_one rating | {name} | Rate: {name} | yes | |{chr(10)}" for name in RATINGS)}\
| | text | {BRANCH} | What went wrong? | | ${{overall}} < {BRANCH_BELOW} |
| | select_multiple topic | topics | Which topics do you still need? | | |
| | text | useful | What was most useful to you? | | |
| | text | improve | What should be better next time? | | |

| choices | | | |
| | list_name | name | label |
{"".join(f"| | rating | {code} | {code} of five |{chr(10)}" for code in range(1, 6))}\
{"".join(f"| | topic | {topic} | {topic} |{chr(10)}" for topic in TOPICS)}"""


@dataclass(frozen=True, slots=True)
class Trainee:
    """Somebody with a place in a class; `starts` is None for one who never answers."""

    number: int
    gender: str
    starts: dt.timedelta | None
    wishes: dict[str, str]
    changes_overall: bool
    stops: bool
    seed: int


@dataclass(frozen=True, slots=True)
class Group:
    """One class: when it ends, counted from the first day, and who is in it."""

    number: int
    ends: dt.timedelta
    trainees: tuple[Trainee, ...]


def form() -> FormDefinition:
    """The questionnaire, read from an XLSForm in Markdown as any other."""
    imported = import_form(MARKDOWN, name=FORM)
    assert imported.definition is not None, imported.faults
    return imported.definition


def groups(count: int, dice: random.Random) -> list[Group]:
    """Classes that end some days apart, so that several are answered at the same time."""
    return [
        Group(
            number,
            dt.timedelta(days=number),
            tuple(_trainee(place, dice) for place in range(dice.randint(FEWEST, MOST))),
        )
        for number in range(count)
    ]


def _trainee(number: int, dice: random.Random) -> Trainee:
    answers = dice.random() < 0.9
    return Trainee(
        number,
        dice.choice(GENDERS),
        dt.timedelta(days=min(dice.expovariate(1.0), DAYS_OPEN - 1)) if answers else None,
        _wishes(dice),
        dice.random() < 0.2,
        dice.random() < 0.15,
        dice.randrange(2**32),
    )


def _wishes(dice: random.Random) -> dict[str, str]:
    """What somebody would say to each question; "" where they would say nothing."""
    wishes = {name: str(dice.randint(1, 5)) for name in RATINGS}
    wishes["topics"] = " ".join(topic for topic in TOPICS if dice.random() < 0.4)
    for name in (BRANCH, *WORDS):
        length = dice.randint(2, 60) if dice.random() < 0.5 else 0
        wishes[name] = " ".join(dice.choice(VOCABULARY) for _word in range(length))
    return wishes
