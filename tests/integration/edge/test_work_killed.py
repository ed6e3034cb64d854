"""A worker that is killed: its work is taken up again, neither doubled nor said to have failed."""

from __future__ import annotations

import asyncio
import sys

import pytest
from sqlmodel import select

from bot import imports
from bot.context import Actor as Speaker
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import _, render
from bot.models.imports import ImportRun
from bot.models.system import AuditEntry, Blob
from bot.models.work import WorkItem, WorkState
from bot.work import runner
from bot.work.queue import WORKERS, Job, Workshop, queue
from tests.conversations.stage import Stage

ROSTER = b"staff_no,full_name,unit\n2001,Mere Tora,Poipet\n"


def ask_for(stage: Stage, kind: str, who: str = "unit", **params: object) -> None:
    with stage.database.transaction() as session:
        ctx = stage.ctx(session)
        queue(Ctx(session, ctx.clock, Speaker(stage.ids[who]), ctx.settings), kind, params)


async def test_killed__after_the_import_was_in_force__told_as_done_and_taken_once(
    stage: Stage,
) -> None:
    unit = await stage.join("unit")
    shop = Workshop(stage.database, stage.clock, stage.settings)
    report = imports.check(
        stage.database, stage.clock, stage.settings, "people", "people.csv", ROSTER
    )
    assert report.run_id is not None
    ask_for(stage, "import_apply", run=report.run_id)
    job = runner._claim(shop)
    assert job is not None
    speaker = Speaker(stage.ids["unit"])
    imports.apply(stage.database, stage.clock, stage.settings, report.run_id, speaker, yes=True)
    runner._take_back(shop)
    await stage.settle()
    assert unit.phone.last["text"].startswith("people.csv is in force")
    with stage.database.transaction(readonly=True) as session:
        applied = session.exec(select(AuditEntry).where(AuditEntry.action == "import.applied"))
        assert len(applied.all()) == 1


async def test_killed__after_it_had_told__is_not_done_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = await stage.join("unit")
    shop = Workshop(stage.database, stage.clock, stage.settings)
    with stage.database.transaction() as session:
        blob = Blob(name="people.csv", content=ROSTER, made_at=stage.clock.now())
        session.add(blob)
        session.flush()
        blob_id = blob.id
    ask_for(stage, "import_check", import_kind="people", blob=blob_id)
    with monkeypatch.context() as patched:
        patched.setattr(runner, "_end", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            runner.run_next(shop)
    runner._take_back(shop)
    before = len(unit.phone.from_bot)
    await stage.settle()
    told = [message["text"] for message in unit.phone.from_bot[before:]]
    assert len([text for text in told if text.startswith("people.csv")]) == 1, told
    with stage.database.transaction(readonly=True) as session:
        assert session.exec(select(WorkItem.state)).one() is WorkState.DONE
        assert len(session.exec(select(ImportRun)).all()) == 1


async def test_killed__three_times__ends_as_failed_and_is_told(stage: Stage) -> None:
    unit = await stage.join("unit")
    shop = Workshop(stage.database, stage.clock, stage.settings)
    ask_for(stage, "invite_sheet", unit=1)
    for _time in range(3):
        assert runner._claim(shop) is not None
        runner._take_back(shop)
    await stage.settle()
    with stage.database.transaction(readonly=True) as session:
        assert session.exec(select(WorkItem.state)).one() is WorkState.FAILED
    assert unit.phone.last["text"].startswith("That could not be done")


async def test_refusal__of_long_work__is_told_in_the_language_of_who_asked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = _("This questionnaire is for somebody else.")

    def refuses(_workshop: Workshop, _job: Job) -> None:
        raise Refusal(sentence)

    monkeypatch.setitem(WORKERS, "invite_sheet", refuses)
    bilal = await stage.join("bilal")
    ask_for(stage, "invite_sheet", who="bilal", unit=1)
    await stage.settle()
    assert render(sentence, "ur") in bilal.phone.last["text"]


async def test_worker__whose_parent_is_gone__ends_at_once(stage: Stage) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "work",
        stdin=asyncio.subprocess.PIPE,
        env={
            "PATH": "/usr/bin:/bin",
            "ROLLCALL_DATABASE_URL": stage.settings.database_url,
        },
    )
    await asyncio.sleep(1)
    assert process.returncode is None
    assert process.stdin is not None
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 20) != 0
