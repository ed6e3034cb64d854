"""The phones' journals against the database: nothing lost, nothing doubled, nothing wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from bot.models.chats import Chat
from bot.models.forms import AnonymousResponse, Draft, FormVersion, Response
from bot.models.inbound import SeenUpdate, SetAside
from bot.models.people import Question
from scripts.killing import asked
from scripts.killing.journal import Filling
from scripts.killing.officer import Officer
from scripts.killing.screen import Shown

TEXTS = tuple(one.name for one in asked.QUESTIONS if one.kind == "text")


def standing(session: Session, officers: Iterable[Officer]) -> list[str]:
    """Whether every phone shows what its chat should show, and asks what its draft has open."""
    faults = []
    for officer in officers:
        chat = session.get_one(Chat, officer.phone.id)
        draft = session.get(Draft, chat.draft_id) if chat.draft_id is not None else None
        faults += [f"person {officer.person}: {fault}" for fault in _stands(officer, chat, draft)]
    return faults


def _stands(officer: Officer, chat: Chat, draft: Draft | None) -> Iterable[str]:
    shown = officer.screen
    if chat.screen is None or shown is None:
        if (chat.screen is None) != (shown is None):
            yield "has a screen on one side only"
        return
    if chat.shown_revision < chat.revision:
        yield f"revision {chat.revision} was never shown, {chat.shown_revision} was"
    if chat.screen["text"] != shown.text:
        yield f"the phone shows {shown.text[:60]!r}, it should be {chat.screen['text'][:60]!r}"
    if chat.asks.startswith("q:") and draft is not None:
        yield from _asks(chat.asks, shown, draft)


def _asks(asks: str, shown: Shown, draft: Draft) -> Iterable[str]:
    is_open = draft.state["open"]
    if asks != f"q:{draft.id}:{is_open}":
        yield f"the screen asks {asks}, draft {draft.id} has {is_open} open"
    if shown.question is not None and shown.question.name != is_open:
        yield f"the phone asks {shown.question.name}, the draft {is_open}"


def stored(session: Session, officers: Sequence[Officer]) -> list[str]:
    """Whether all that was acknowledged is stored once as it was given, and nothing else is."""
    fillings = [one for officer in officers for one in officer.journal.fillings if one.answers]
    faults = [
        f"person {one.person}: the form of draft {one.draft} was never ended"
        for one in fillings
        if not (one.submitted or one.dropped)
    ]
    faults += _questionnaires(session, [one for one in fillings if _is_questionnaire(one)])
    return faults + _questions(session, fillings)


def dealt_with(session: Session, confirmed: set[int]) -> list[str]:
    """Whether all updates that Telegram may forget have left their mark."""
    marked = {*session.scalars(select(SeenUpdate.update_id))}
    marked |= {*session.scalars(select(SetAside.update_id))}
    return [
        f"update {number} was confirmed and never dealt with"
        for number in sorted(confirmed - marked)
    ]


def figures(officers: Sequence[Officer]) -> Counter[str]:
    """What was played: forms, acknowledged answers, acts, acts done again."""
    fillings = [one for officer in officers for one in officer.journal.fillings if one.submitted]
    counted = Counter(forms=len(fillings))
    counted["answers"] = sum(
        answer.acknowledged is not None for one in fillings for answer in one.answers.values()
    )
    counted["acts"] = sum(officer.acts for officer in officers)
    counted["repeated"] = sum(officer.repeated for officer in officers)
    return counted


def _questionnaires(session: Session, fillings: Sequence[Filling]) -> list[str]:
    by_token = {token: one for one in fillings for token in one.tokens if token.endswith("-end")}
    rows: dict[int, int] = defaultdict(int)
    faults = []
    for person_id, answers in _rows(session):
        given = {by_token.get(str(answers.get(name))) for name in TEXTS}
        filling = given.pop()
        if given or filling is None:
            faults.append(f"an answer is mixed of several forms: {answers}")
            continue
        if person_id not in (None, filling.person):
            faults.append(f"person {filling.person}'s answers stand under {person_id}")
        rows[id(filling)] += 1
        faults += _compared(filling, answers)
    for one in fillings:
        wanted = 1 if one.submitted else 0
        if rows[id(one)] != wanted and (one.submitted or rows[id(one)] > 1):
            faults.append(f"person {one.person}, draft {one.draft}: stored {rows[id(one)]} times")
    return faults


def _rows(session: Session) -> list[tuple[int | None, dict[str, Any]]]:
    """Every stored questionnaire of ours: whose, None if anonymous, and its answers."""
    ours = select(FormVersion.id).where(FormVersion.form.in_([asked.NAMED, asked.ANONYMOUS]))
    named = session.execute(
        select(Response.person_id, Response.answers).where(Response.version_id.in_(ours))
    )
    secret = session.scalars(
        select(AnonymousResponse.answers).where(AnonymousResponse.version_id.in_(ours))
    )
    return [*((person, answers) for person, answers in named), *((None, each) for each in secret)]


def _compared(filling: Filling, answers: dict[str, Any]) -> Iterable[str]:
    for question in asked.ANSWERED:
        kept = asked.as_given(question, answers.get(question.name))
        given = filling.answers.get(question.name)
        if given is None or kept not in given.may_be:
            yield (
                f"person {filling.person}, draft {filling.draft}, {question.name}: stored"
                f" {kept!r}, given {sorted(given.may_be) if given else 'nothing'}"
            )


def _questions(session: Session, fillings: Sequence[Filling]) -> list[str]:
    rows = session.execute(select(Question.text, Question.answer)).all()
    return [
        *_words("question", fillings, Counter(text for text, _answer in rows)),
        *_words("answer", fillings, Counter(answer for _text, answer in rows if answer)),
    ]


def _words(name: str, fillings: Sequence[Filling], kept: Counter[str]) -> Iterable[str]:
    """Words to the unit, or from it: each that was sent is there once, none that was not given."""
    given = {token for one in fillings if name in one.answers for token in one.tokens}
    yield from (f"{name} {words!r} was never given" for words in kept if words not in given)
    yield from (f"{name} {words!r} stands {n} times" for words, n in kept.items() if n > 1)
    for one in fillings:
        if one.submitted and name in one.answers:
            acknowledged = one.answers[name].acknowledged
            if acknowledged not in kept:
                yield f"person {one.person}: {name} {acknowledged!r} is lost"


def _is_questionnaire(filling: Filling) -> bool:
    return any(name in asked.BY_NAME for name in filling.answers)
