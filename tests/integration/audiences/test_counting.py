"""How an audience can be reached, by office and by name, and how it becomes a list."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from bot.campaigns.audiences import counting, gathering
from bot.campaigns.audiences.counting import Reached
from bot.campaigns.audiences.expanding import read
from bot.context import Ctx
from bot.models.broadcasts import Broadcast, BroadcastRecipient, RecipientState
from bot.models.chats import Chat
from bot.models.people import Role
from tests.integration.audiences.conftest import Crowd
from tests.statements import asked

DUE = dt.datetime(2026, 3, 3, 1, tzinfo=dt.UTC)


def chat(crowd: Crowd, key: str) -> Chat:
    return crowd.ctx.session.exec(select(Chat).where(Chat.person_id == crowd.ids[key])).one()


def scatter(crowd: Crowd) -> None:
    """Dara blocked, Rith silent, Bopha just not, Maly without an account, Bilal with none any
    more.
    """
    now = crowd.ctx.now()
    chat(crowd, "dara").blocked_at = now
    chat(crowd, "rith").decided_at = now - dt.timedelta(days=60, seconds=1)
    chat(crowd, "bopha").decided_at = now - dt.timedelta(days=60)
    crowd.unlink("bilal")
    crowd.ctx.session.delete(chat(crowd, "maly"))
    crowd.ctx.session.flush()


def test_count__every_way__is_told_apart(crowd: Crowd) -> None:
    scatter(crowd)
    found = counting.count(crowd.ctx, read("everybody"))
    assert found.by == {
        Reached.LINKED: 6,
        Reached.SILENT: 1,
        Reached.BLOCKED: 1,
        Reached.GONE: 1,
        Reached.NEVER: 1,
    }
    assert (found.total, found.reachable, found.unreachable) == (10, 7, 3)


def test_count__rule_about_chats_themselves__is_asked_beside_the_join(crowd: Crowd) -> None:
    scatter(crowd)
    found = counting.count(crowd.ctx, read("language km and not in class ORIGIN-1 no-show"))
    assert found.by == {Reached.LINKED: 1, Reached.BLOCKED: 1}


def test_by_office__each_with_its_own__adds_up(crowd: Crowd) -> None:
    scatter(crowd)
    found = counting.by_office(crowd.ctx, read("everybody"))
    assert [(one.path, one.counted.total, one.counted.unreachable) for one in found] == [
        ("Mekong/Bavet", 1, 0),
        ("Mekong/Bavet/Gate", 2, 1),
        ("Mekong/Poipet", 7, 2),
    ]


def test_members__more_than_a_page__are_paged_by_name(crowd: Crowd) -> None:
    for number in range(4):
        crowd.add_person(f"a{number}")
    first = counting.members(crowd.ctx, read("everybody"))
    second = counting.members(crowd.ctx, read("everybody"), 9)
    assert (first.total, first.pages, second.number) == (14, 2, 1)
    shown = [one.person.staff_no for page in (first, second) for one in page.members]
    assert len(set(shown)) == 14
    assert shown[0] == crowd.person("a0").staff_no


def broadcast(ctx: Ctx) -> int:
    row = Broadcast(title="Call", made_at=ctx.now())
    ctx.session.add(row)
    ctx.session.flush()
    assert row.id is not None
    return row.id


def recipients(ctx: Ctx, broadcast_id: int) -> list[BroadcastRecipient]:
    query = select(BroadcastRecipient).where(BroadcastRecipient.broadcast_id == broadcast_id)
    return list(ctx.session.exec(query.order_by(BroadcastRecipient.person_id)))


def test_gather__in_chunks_and_twice__writes_each_once(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "CHUNK", 3)
    scatter(crowd)
    about = broadcast(crowd.ctx)
    rule = read("unit Mekong and not position Chief")
    zones = {"Pacific/Apia": DUE + dt.timedelta(hours=6), "Asia/Kabul": DUE}
    later = DUE + dt.timedelta(hours=1)
    prepared = gathering.prepare(crowd.ctx, about, rule, lambda zone: zones.get(zone, later))
    for _time in range(2):
        after: int | None = 0
        while after is not None:
            after = gathering.gather(crowd.ctx, prepared, after).after
    found = recipients(crowd.ctx, about)
    assert crowd.keys(row.person_id for row in found) == crowd.keys(
        person_id for key, person_id in crowd.ids.items() if key not in ("sokha", "guest", "gone")
    )
    assert {row.state for row in found} == {RecipientState.WAITING}
    assert Counter(row.reach for row in found) == {
        "linked": 5, "silent": 1, "blocked": 1, "account gone": 1, "never started": 1,
    }  # fmt: skip
    due = {row.person_id: row.due_at for row in found}
    assert due[crowd.ids["rith"]] == DUE + dt.timedelta(hours=6)
    assert due[crowd.ids["maly"]] == DUE
    assert due[crowd.ids["dara"]] == later
    assert {row.unit_id for row in found} == {crowd.poipet, crowd.bavet.id, crowd.gate.id}


def test_gather__who_has_a_state_already__keeps_it(crowd: Crowd) -> None:
    about = broadcast(crowd.ctx)
    crowd.add(
        BroadcastRecipient(
            broadcast_id=about,
            person_id=crowd.ids["dara"],
            unit_id=crowd.poipet,
            state=RecipientState.SENT,
        )
    )
    prepared = gathering.prepare(crowd.ctx, about, read("staff 1011, 1012"))
    assert gathering.gather(crowd.ctx, prepared).written == 1
    assert [row.state for row in recipients(crowd.ctx, about)] == ["sent", "waiting"]


def test_gather__scoped_maker__reaches_only_the_own_part(crowd: Crowd) -> None:
    crowd.grant("trainer", Role.UNIT, crowd.bavet)
    about = broadcast(crowd.ctx)
    maker = crowd.acting("trainer")
    prepared = gathering.prepare(maker, about, read("everybody"))
    gathering.gather(crowd.ctx, prepared)
    reached = crowd.keys(row.person_id for row in recipients(crowd.ctx, about))
    assert reached == {"rith", "maly", "ayesha"}


def test_gather__who_lost_their_account__is_looked_up_by_person(crowd: Crowd) -> None:
    session, about = crowd.ctx.session, broadcast(crowd.ctx)
    bind = session.get_bind()
    assert isinstance(bind, Engine)
    prepared = gathering.prepare(crowd.ctx, about, read("everybody"))
    with asked(bind) as statements:
        gathering.gather(crowd.ctx, prepared)
    (statement,) = statements
    assert "audit_entry.object_id = person.id" in statement
