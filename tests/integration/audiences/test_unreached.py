"""Who cannot be reached, and who carries a message to each of them."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.campaigns import unreached
from bot.campaigns.audiences import saved
from bot.campaigns.audiences.counting import Reached
from bot.campaigns.audiences.expanding import read
from bot.errors import Refusal
from bot.models.broadcasts import Broadcast, BroadcastRecipient, BroadcastState, RecipientState
from bot.models.chats import Chat
from bot.models.people import Role, Unit
from bot.people.access import OutOfReach
from bot.reports import reach
from tests.integration.audiences.conftest import Crowd

R = RecipientState


def carriers(crowd: Crowd, text: str = "everybody") -> dict[str, str]:
    """Who carries to whom, by key; blank for nobody."""
    names = {person_id: key for key, person_id in crowd.ids.items()}
    return {
        names[gap.person_id]: names.get(gap.messenger_id or 0, "")
        for gap in unreached.of_audience(crowd.ctx, read(text))
    }


def block(crowd: Crowd, key: str) -> None:
    chat = crowd.ctx.session.exec(select(Chat).where(Chat.person_id == crowd.ids[key])).one()
    chat.blocked_at = crowd.ctx.now()
    crowd.ctx.session.flush()


def test_messenger__focal_point_nearby__comes_before_the_supervisor(crowd: Crowd) -> None:
    for key in ("dara", "maly", "rith"):
        crowd.unlink(key)
    assert carriers(crowd) == {"dara": "sokha", "maly": "sokha", "rith": "sokha"}
    crowd.make_focal_point("ayesha", crowd.bavet)
    assert carriers(crowd) == {"dara": "sokha", "maly": "ayesha", "rith": "ayesha"}
    crowd.make_focal_point("bilal", crowd.gate)
    assert carriers(crowd)["maly"] == "bilal"


def test_messenger__not_reached_themself__is_passed_over(crowd: Crowd) -> None:
    region = crowd.ctx.session.get_one(Unit, crowd.bavet.parent_id)
    crowd.make_focal_point("dara", crowd.ctx.session.get_one(Unit, crowd.poipet))
    crowd.make_focal_point("unit", region)
    crowd.unlink("dara")
    assert carriers(crowd) == {"dara": "unit"}
    block(crowd, "unit")
    assert carriers(crowd) == {"dara": "sokha", "unit": "director"}
    block(crowd, "sokha")
    assert carriers(crowd)["dara"] == ""
    crowd.person("dara").acting_supervisor_id = crowd.ids["trainer"]
    assert carriers(crowd)["dara"] == "trainer"


def test_gap__each__says_why(crowd: Crowd) -> None:
    block(crowd, "dara")
    crowd.unlink("bopha")
    found = unreached.of_audience(crowd.ctx, read("unit Poipet"))
    assert {gap.reached for gap in found} == {Reached.BLOCKED, Reached.GONE}


def test_gaps__more_than_can_be_printed__are_refused(
    crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unreached, "MOST", 2)
    for key in ("dara", "maly", "rith"):
        crowd.unlink(key)
    with pytest.raises(Refusal):
        unreached.of_audience(crowd.ctx, read("everybody"))
    found, more = unreached.first_of(crowd.ctx, read("everybody"))
    assert (len(found), more) == (2, True)


def test_broadcast__who_lacks_it_and_cannot_be_reached__is_a_gap(crowd: Crowd) -> None:
    row = crowd.add(Broadcast(title="Call", made_by=crowd.ids["unit"], made_at=crowd.ctx.now()))
    states = {
        "dara": R.DROPPED,
        "bopha": R.DROPPED,
        "bilal": R.SENT,
        "rith": R.FAILED,
        "maly": R.UNKNOWN,
    }
    for key, state in states.items():
        person = crowd.person(key)
        crowd.add(
            BroadcastRecipient(
                broadcast_id=row.id, person_id=person.id, unit_id=person.unit_id, state=state
            )
        )
    for key in ("dara", "bilal", "maly"):
        crowd.unlink(key)
    block(crowd, "rith")
    found = unreached.of_broadcast(crowd.acting("unit"), row.id)
    assert crowd.keys(gap.person_id for gap in found) == {"dara", "rith"}
    with pytest.raises(OutOfReach):
        unreached.of_broadcast(crowd.acting("dara"), row.id)
    row.state = BroadcastState.RECALLED
    with pytest.raises(Refusal, match="withdrawn"):
        unreached.of_broadcast(crowd.acting("unit"), row.id)


def test_report__of_a_part__holds_its_own_people_only(crowd: Crowd) -> None:
    crowd.grant("trainer", Role.UNIT, crowd.bavet)
    for key in ("dara", "maly"):
        crowd.unlink(key)
    data = reach.read(crowd.acting("trainer"), {"audience": 0})
    assert [one.path for one in data.offices] == ["Mekong/Bavet", "Mekong/Bavet/Gate"]
    assert [one.staff_no for one in data.people] == ["1015"]
    assert data.total.unreachable == 1
    assert len(reach.files(data, "km")) == 2


def test_report__of_nobody__is_refused(crowd: Crowd) -> None:
    card = saved.create(crowd.acting("unit"), "None", "not everybody")
    with pytest.raises(Refusal):
        reach.read(crowd.acting("unit"), {"audience": card.id})
