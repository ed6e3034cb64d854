"""The file of a message stays while the message may still go out."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from bot.campaigns.broadcasts import drafting, sending
from bot.models.system import Blob
from bot.scheduler.jobs import housekeeping
from tests.integration.broadcasts.conftest import MAKER, Desk


def with_file(desk: Desk) -> int:
    about = desk.draft('position "Officer"')
    with desk.acting() as ctx:
        blob = Blob(name="plan.pdf", content=b"%PDF", made_at=ctx.now(), owner_id=MAKER)
        ctx.session.add(blob)
        ctx.session.flush()
        assert blob.id is not None
        drafting.set_file(ctx, about, blob.id, is_photo=False)
    return about


def files_after(desk: Desk, days: int) -> int:
    desk.clock.set(desk.clock.now() + dt.timedelta(days=days))
    with desk.acting(None) as ctx:
        housekeeping.run(ctx)
        return len(ctx.session.scalars(select(Blob.id)).all())


def test_file__of_a_draft__is_kept_until_the_draft_has_none(desk: Desk) -> None:
    about = with_file(desk)
    assert files_after(desk, 90) == 1
    with desk.acting() as ctx:
        drafting.drop_file(ctx, about)
    assert files_after(desk, 0) == 0


def test_file__of_a_sent_message__goes_some_time_after_its_end(desk: Desk) -> None:
    about = with_file(desk)
    with desk.acting() as ctx:
        sending.send(ctx, about)
    desk.run_to_the_end()
    assert files_after(desk, 29) == 1
    assert files_after(desk, 2) == 0
