"""Every command, button, question and file, sent by everybody it is not meant for.

What is sent is found by walking from every role to everything that is ever shown, so that a
new button is in it by itself. The whole of it with every id is part "access" of the proof.
"""

from __future__ import annotations

import pytest
from sqlmodel import Session

from scripts.trespass import sweep
from scripts.trespass.sweep import Chosen, Findings
from scripts.trespass.world import World

WALKED = ("director", "chief", "trainer", "focal", "officer1", "desk")
SLICE = Chosen(
    seed=3,
    walked=WALKED,
    pressed_of_a_shape=2,
    senders=3,
    of_a_shape=1,
    ids_of_a_shape=2,
    altered=60,
)


GUESSED = [
    "apletter", "beh1", "behedit", "behoff", "behto", "certact", "classcut", "classcutyes",
    "closeback", "courseeqoff", "ctestoff", "donorfile", "fwc", "fwoff", "fwset", "iviewnew",
    "mgmtback", "needagain", "outlsub", "owncback", "pcostdel", "pcostnew", "plancover",
    "plankeep", "plineback", "plinemore", "qualtake", "recallit", "recallyes", "roundback",
]  # fmt: skip
"""Buttons that these short walks do not reach, tried with small numbers. The whole proof walks
farther and reaches some of them. A new one is not added here before it was looked for.
"""


@pytest.fixture(scope="module")
def findings(mirrored: World, session: Session) -> Findings:
    real, altered = sweep.payloads_of(mirrored, session, SLICE)
    who = sweep.senders(mirrored, session)
    return sweep.try_all(mirrored, session, who, [*real, *altered], SLICE.senders)


def test_sweep__every_route__is_in_it(findings: Findings) -> None:
    assert findings.missing == []
    assert findings.guessed == GUESSED


def test_sweep__whoever_sends_what__reaches_nothing_and_learns_nothing(findings: Findings) -> None:
    assert findings.attempts > 1000
    assert findings.faults == {}
