"""Every report is looked at by the proof of anonymity, also one that is registered tomorrow."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.i18n import _
from bot.models.forms import AnonymousResponse
from bot.people.access_table import Action
from bot.reports.registry import REPORTS, Params, Report
from bot.screens import Screen
from scripts.guessing import asked_for, blind, half_open
from scripts.guessing.house import SQLITE, House
from scripts.proofs import Disproved


@pytest.fixture(scope="module")
def home() -> Iterator[House]:
    with half_open.opened(SQLITE, random.Random(7)) as found:
        yield found


def a_report(name: str, read) -> Report:
    return Report(
        name,
        _("A report"),
        Action.READ_REPORTS,
        read,
        lambda data: (Screen(title=_("A report"), body=(str(data),)),),
        lambda _data, _language: (),
    )


def only(monkeypatch: pytest.MonkeyPatch, report: Report) -> None:
    """Register this report, and take the others away for as long as the test runs."""
    for name in list(REPORTS):
        monkeypatch.delitem(REPORTS, name)
    monkeypatch.setitem(REPORTS, report.name, report)


def test_blind__every_registered_report__says_the_same_whatever_is_hidden(home: House) -> None:
    assert blind.check(home, random.Random(1)) > len(REPORTS)


def test_blind__a_new_report_that_counts_hidden_answers__is_caught_by_itself(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overall_of_all(ctx, _params: Params) -> float:
        rows = ctx.session.scalars(select(AnonymousResponse.answers)).all()
        return sum(int(answers["overall"]) for answers in rows) / len(rows)

    only(monkeypatch, a_report("leaky", overall_of_all))
    with pytest.raises(Disproved, match="report leaky"):
        blind.check(home, random.Random(1))


def test_blind__a_new_report_by_gender_of_few__is_caught_by_itself(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def women_alone(ctx, params: Params) -> list[str]:
        rows = ctx.session.scalars(
            select(AnonymousResponse.answers).where(
                AnonymousResponse.class_id == params["class"], AnonymousResponse.gender == "f"
            )
        ).all()
        return sorted(str(answers["overall"]) for answers in rows)

    only(monkeypatch, a_report("women", women_alone))
    with pytest.raises(Disproved, match="report women"):
        blind.check(home, random.Random(1))


def test_blind__a_new_report_asking_for_something_unknown__cannot_be_left_out(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, a_report("strange", lambda _ctx, params: params["constellation"]))
    with pytest.raises(Disproved, match="constellation"):
        blind.check(home, random.Random(1))


def test_asked_for__what_may_be_there_and_what_has_to__are_both_tried(home: House) -> None:
    def read(_ctx, params: Params) -> object:
        return params["course"] if "class" not in params else params["class"]

    with home.database.transaction(readonly=True) as session:
        found = asked_for.everything(home.ctx(session), a_report("either", read))
    assert {frozenset(params) for params, _outcome in found} == {
        frozenset({"course"}),
        frozenset({"course", "class"}),
    }
