"""A form begun twice, as a double tap does: one draft, unless what is filled in is another."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.context import Ctx
from bot.forms import engine, service
from bot.forms.library_sync import publish_library
from bot.models.forms import Draft
from tests.integration.training.conftest import School


@pytest.fixture
def dara(school: School) -> Ctx:
    publish_library(school.ctx)
    return school.acting("dara")


def drafts(ctx: Ctx) -> int:
    return len(ctx.session.exec(select(Draft.id)).all())


def answer(ctx: Ctx, words: str) -> None:
    draft = service.current_draft(ctx)
    assert draft is not None
    assert draft.state.open is not None
    outcome = engine.answer(draft.form, draft.state, draft.state.open, words, service.moment(ctx))
    service.save(ctx, draft, outcome.state)


def test_form__begun_twice_for_one_purpose__is_one_draft(dara: Ctx) -> None:
    first = service.begin(dara, "withdraw", {"class": 1})
    assert service.begin(dara, "withdraw", {"class": 1}) == first
    answer(dara, "Ill")
    assert service.begin(dara, "withdraw", {"class": 1}) == first
    draft = service.current_draft(dara)
    assert draft is not None
    assert draft.state.answers == {"reason": "Ill"}
    assert drafts(dara) == 1


def test_form__begun_for_another_purpose__is_another_draft(dara: Ctx) -> None:
    first = service.begin(dara, "withdraw", {"class": 1})
    assert service.begin(dara, "withdraw", {"class": 2}) != first


def test_form__of_another_person__is_not_taken_over(dara: Ctx, school: School) -> None:
    first = service.begin(dara, "withdraw", {"class": 1})
    assert service.begin(school.acting("rith"), "withdraw", {"class": 1}) != first


def test_form__with_other_answers_filled_in__begins_anew(dara: Ctx) -> None:
    first = service.begin(dara, "withdraw", {"class": 1}, {"reason": "Ill"})
    assert service.begin(dara, "withdraw", {"class": 1}, {"reason": "Ill"}) == first
    assert service.begin(dara, "withdraw", {"class": 1}, {"reason": "On leave"}) != first


def test_form__stopped__is_not_gone_on_with_by_itself(dara: Ctx) -> None:
    first = service.begin(dara, "withdraw", {"class": 1})
    service.open_draft(dara, None)
    assert service.begin(dara, "withdraw", {"class": 1}) != first
