"""/mydata, the privacy notice, blocks and languages: what a chat keeps."""

from __future__ import annotations

import pytest

from bot.errors import Refusal
from bot.i18n import Lines, _, render
from bot.models.forms import FormVersion, Response
from bot.people import chats, kept, mydata, privacy, questions, traces
from tests.integration.people.conftest import House


@pytest.fixture
def linked(house: House) -> House:
    house.link("dara")
    return house


def _shown(house: House, key: str, section: str, language: str = "en") -> str:
    found = mydata.about_me(house.acting(key), section)
    assert found is not None
    lines = [_("{what}: {value}", what=fact.label, value=fact.value) for fact in found.facts]
    return render(Lines((*lines, found.note)), language)


def test_mydata__roster__shows_what_is_filled_and_no_more(linked: House) -> None:
    shown = _shown(linked, "dara", "roster")
    assert "Staff number: 1011" in shown
    assert "Supervisor: Keo Sokha" in shown
    assert "Rank" not in shown


def test_mydata__answers__are_listed_without_what_was_answered(linked: House) -> None:
    session, now = linked.ctx.session, linked.ctx.now()
    version = FormVersion(
        form="needs", version=1, structure="", digest="", made_at=now,
        definition={"title": {"en": "Needs survey"}},
    )  # fmt: skip
    session.add(version)
    session.flush()
    assert version.id is not None
    session.add(
        Response(
            version_id=version.id,
            person_id=linked.ids["dara"],
            answers={"secret": "words"},
            submitted_at=now,
        )
    )
    session.flush()
    shown = _shown(linked, "dara", "answers")
    assert "Needs survey" in shown
    assert "words" not in shown


def test_mydata__questions_and_account__are_ones_own(linked: House) -> None:
    questions.ask(linked.acting("dara"), "Mine?")
    questions.ask(linked.acting("sokha"), "Theirs?")
    shown = _shown(linked, "dara", "questions")
    assert "Mine?" in shown
    assert "Theirs?" not in shown
    assert str(linked.account("dara")) in _shown(linked, "dara", "account")


def test_mydata__what_was_done__names_who_did_it(linked: House) -> None:
    chats.choose_language(linked.acting("dara"), "km")
    shown = _shown(linked, "dara", "audit")
    assert "account linked (by Rollcall)" in shown
    assert "language chosen (by you)" in shown


@pytest.mark.parametrize("language", ["en", "km", "ur"])
def test_mydata__every_section__can_be_read_in_every_language(
    linked: House, language: str
) -> None:
    for name, _title in mydata.names():
        assert isinstance(_shown(linked, "dara", name, language), str)


def test_mydata__section_nobody_made__is_none(linked: House) -> None:
    assert mydata.about_me(linked.acting("dara"), "anything") is None


def test_section__registered_twice__is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        mydata.section("roster", _("Roster"), 1)(kept.roster)
    with pytest.raises(ValueError, match="twice"):
        traces.describe({"person.added": _("again")})


def test_privacy__accepted_once__is_not_asked_again(linked: House) -> None:
    ctx = linked.acting("dara")
    assert privacy.is_pending(ctx)
    assert privacy.accept(ctx, privacy.VERSION)
    assert not privacy.accept(ctx, privacy.VERSION)
    assert not privacy.is_pending(ctx)
    assert len(linked.noted("privacy.accepted")) == 1


def test_privacy__button_of_another_version__is_refused(linked: House) -> None:
    with pytest.raises(Refusal):
        privacy.accept(linked.acting("dara"), privacy.VERSION + 1)


def test_privacy__new_version__is_due_again(
    linked: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    privacy.accept(linked.acting("dara"), privacy.VERSION)
    monkeypatch.setattr(privacy, "VERSION", privacy.VERSION + 1)
    assert privacy.is_pending(linked.acting("dara"))


def test_privacy__stranger__owes_nothing(house: House) -> None:
    assert not privacy.is_pending(house.stranger())


def test_block__noticed_twice__is_noted_once_and_ends(linked: House) -> None:
    ctx = linked.acting("dara")
    for _time in range(2):
        chats.note_blocked(ctx, True)
    assert linked.chat(linked.account("dara")).blocked_at == linked.ctx.now()
    chats.note_blocked(ctx, False)
    assert linked.chat(linked.account("dara")).blocked_at is None
    assert len(linked.noted("chat.blocked")) == len(linked.noted("chat.unblocked")) == 1


def test_heard__after_a_block__proves_that_it_ended(linked: House) -> None:
    ctx = linked.acting("dara")
    chats.note_heard(ctx)
    assert linked.noted("chat.unblocked") == []
    chats.note_blocked(ctx, True)
    linked.ctx.session.flush()
    chats.note_heard(ctx)
    chat = linked.chat(linked.account("dara"))
    linked.ctx.session.refresh(chat)
    assert chat.blocked_at is None


def test_language__not_spoken__is_refused(linked: House) -> None:
    with pytest.raises(Refusal):
        chats.choose_language(linked.acting("dara"), "fr")
