"""The state machine of enrolment: every act from every state, and every condition's sentence."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.i18n import _, render
from bot.models.training import EnrolmentState as S
from bot.models.training import Entry
from bot.training import states
from bot.training.states import CONDITIONS, TRANSITIONS, Act, Case

NOW = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
LETTERS = {
    "i": S.INTERESTED, "q": S.REQUESTED, "n": S.NOMINATED, "p": S.APPROVED, "e": S.ENROLLED,
    "d": S.DECLINED, "w": S.WITHDRAWN, "c": S.CANCELLED,
    "a": S.ATTENDED, "t": S.PARTLY_ATTENDED, "s": S.NO_SHOW, "f": S.COMPLETED,
}  # fmt: skip
COLUMNS = (None, *LETTERS.values())
# From which state (a column, "-" is nobody on the list) an act leads to which others.
TABLE = """
                 -     i     q     n     p     e     d     w     c     a     t     s     f
show interest    i     .     .     .     .     .     i     i     i     .     .     .     .
request          q     q     .     .     .     .     q     q     q     .     .     .     .
nominate         n     n     n     .     .     .     n     n     n     .     .     .     .
order            p     p     p     p     p     .     p     p     p     .     .     .     .
admit            e     e     e     e     e     .     e     e     e     .     .     e     .
approve          .     .     p     p     .     .     .     .     .     .     .     .     .
decline          .     .     d     d     .     .     .     .     .     .     .     .     .
draw lots        .     .     .     .     p     .     .     .     .     .     .     .     .
seat             .     .     .     .     e     .     .     .     .     .     .     .     .
withdraw         .     w     w     w     w     w     .     .     .     .     .     .     .
postpone         .     .     .     .     w     w     .     .     .     .     .     .     .
cancel           .     cw    cw    cw    cw    cw    .     .     .     cw    cw    cw    .
restore          .     .     .     .     .     .     .     .     iqnp  .     .     .     .
note attendance  .     .     .     .     .     eats  .     .     .     eats  eats  eats  eats
complete         .     .     .     .     .     f     .     .     .     f     f     .     .
"""
WELL = Case(
    now=NOW,
    zone="Asia/Phnom_Penh",
    entry=Entry.OPEN,
    cancelled=False,
    closed=False,
    starts_at=NOW + dt.timedelta(days=14),
    enrol_until=NOW + dt.timedelta(days=7),
    is_trainer=False,
    required=False,
    seats_free=1,
)
LATER = WELL.starts_at + dt.timedelta(seconds=1)
# Each condition: in which case it does not hold, and what is said then.
FAILING = [
    ("not cancelled", {"cancelled": True}, "The class has been cancelled."),
    ("not closed", {"closed": True}, "The class has been closed."),
    ("not started", {"now": WELL.starts_at}, "The class began"),
    ("has dates", {"starts_at": None}, "The class has no dates yet. Show your interest in it."),
    ("gathers interest", {}, "The class has dates. Ask for a place in it."),
    (
        "entry open",
        {"entry": Entry.NOMINATED},
        "For this class officers are nominated. Tell your focal point.",
    ),
    (
        "entry open",
        {"entry": Entry.ORDERED},
        "This class is attended by order. The training unit names who comes.",
    ),
    ("enrolment open", {"now": LATER}, "Enrolment ended"),
    ("not its trainer", {"is_trainer": True}, "You train this class."),
    (
        "not required",
        {"required": True},
        "This training is required. Your supervisor can ask for it to be put off.",
    ),
    ("seat free", {"seats_free": 0}, "The class is full."),
    ("prerequisites met", {"unmet": (_("Complete HS first."),)}, "Complete HS first."),
    ("no clash", {"clashes": (_("You are at sea."),)}, "You are at sea."),
]


def _allowed() -> dict[str, dict[S | None, set[S]]]:
    """What TABLE says: act, state before, states after."""
    found = {}
    for line in TABLE.strip().splitlines()[1:]:
        cells = line[15:].split()
        assert len(cells) == len(COLUMNS), line
        found[line[:15].strip()] = {
            before: {LETTERS[letter] for letter in cell if letter != "."}
            for before, cell in zip(COLUMNS, cells, strict=True)
        }
    return found


ALLOWED = _allowed()


@pytest.mark.parametrize("act", list(Act))
def test_leads__every_act_from_every_state_to_every_state__as_in_the_table(act: Act) -> None:
    for before in COLUMNS:
        led = {after for after in S if states.leads(act, before, after)}
        assert led == ALLOWED[act.value][before], f"{act} from {before}"


def test_table__acts__are_those_there_are() -> None:
    assert set(ALLOWED) == {act.value for act in Act}
    assert set(TRANSITIONS) == set(Act)


@pytest.mark.parametrize(("name", "changes", "sentence"), FAILING)
def test_condition__that_does_not_hold__is_said(
    name: str, changes: dict[str, object], sentence: str
) -> None:
    (words,) = CONDITIONS[name](replace(WELL, **changes))
    assert render(words, "en").startswith(sentence)


@pytest.mark.parametrize("name", sorted(set(CONDITIONS) - {"gathers interest"}))
def test_condition__where_all_is_well__is_silent(name: str) -> None:
    assert CONDITIONS[name](WELL) == ()


def test_gathers_interest__a_class_without_dates__holds() -> None:
    assert CONDITIONS["gathers interest"](replace(WELL, starts_at=None)) == ()


def test_conditions__each__is_tried_here_and_asked_by_an_act() -> None:
    assert {name for name, _changes, _sentence in FAILING} == set(CONDITIONS)
    asked = {name for transition in TRANSITIONS.values() for name in transition.conditions}
    assert asked == set(CONDITIONS)


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize(("name", "changes", "sentence"), FAILING)
def test_why_not__one_condition_fails__refuses_exactly_the_acts_that_ask_it(
    act: Act, name: str, changes: dict[str, object], sentence: str
) -> None:
    case = replace(WELL, **changes)
    said = [render(words, "en") for words in states.why_not(case, act)]
    is_said = any(words.startswith(sentence) for words in said)
    assert is_said == (name in TRANSITIONS[act].conditions)


def test_why_not__everything_fails__says_everything() -> None:
    case = replace(
        WELL, now=LATER, cancelled=True, closed=True, entry=Entry.NOMINATED, is_trainer=True,
        unmet=(_("Complete HS first."), _("Serve one more year.")),
        clashes=(_("You are at sea."),),
    )  # fmt: skip
    assert len(states.why_not(case, Act.REQUEST)) == 9


def test_not_started__at_the_very_second_of_the_start__has_started() -> None:
    just_before = replace(WELL, now=WELL.starts_at - dt.timedelta(microseconds=1))
    assert states.why_not(just_before, Act.SEAT) == ()
    assert len(states.why_not(replace(WELL, now=WELL.starts_at), Act.SEAT)) == 1


def test_enrolment_open__its_last_minute__is_still_open() -> None:
    condition = CONDITIONS["enrolment open"]
    assert condition(replace(WELL, now=WELL.enrol_until)) == ()
    assert condition(replace(WELL, enrol_until=None, now=LATER)) == ()
