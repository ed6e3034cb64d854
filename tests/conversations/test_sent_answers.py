"""Photos, voice messages and files as answers: sent, refused, replaced, sent without a network."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import select

from bot.campaigns.broadcasts import answering, drafting, sending
from bot.forms.versions import publish
from bot.models.broadcasts import BroadcastKind
from bot.models.forms import Response
from bot.models.system import Blob
from tests.conversations import school
from tests.conversations.actor import Actor
from tests.conversations.stage import Stage
from tests.unit.forms.making import form_of, survey

Golden = Callable[[Stage, str], None]

WORKPLACE = survey(
    "type | name | label | required | relevant | parameters",
    "image | desk | A photo of your desk, please. | yes | | max-pixels=640",
    "audio | told | What happens there? | | |",
    "file | list | The list of what you need. | yes | ${told} != '' |",
    "text | more | Anything else? | | |",
    settings=("form_title | form_id", "Your workplace | workplace"),
)


def put_in_force(stage: Stage) -> int:
    with stage.database.transaction() as session:
        return publish(stage.ctx(session), "workplace", form_of(WORKPLACE))


def draft_of(actor: Actor) -> str:
    """The beginning of every button of the actor's draft."""
    return ":".join(actor.data_of("Stop").split(":")[:2])


def files_in(stage: Stage) -> list[tuple[str, bool]]:
    """Every file in the database, and whether something holds it."""
    with stage.database.transaction(readonly=True) as session:
        blobs = session.exec(select(Blob).order_by(Blob.id)).all()
        return [(one.name, one.draft_id is not None) for one in blobs]


async def test_sent__each_kind__is_an_answer_that_can_be_replaced(
    stage: Stage, golden: Golden
) -> None:
    version = put_in_force(stage)
    unit, dara = await stage.join("unit"), await stage.join("dara")
    await unit.forge(f"try:{version}", "the one that tries the form")
    await unit.type("here it is")
    await unit.send_file("list.xlsx", b"no picture")
    await unit.send_voice()
    stage.clock.advance(seconds=2)
    await unit.send_file("desk.png", unit.picture(800, 600))
    assert files_in(stage) == []
    stage.clock.advance(seconds=2)
    await unit.send_photo()
    first = unit.phone.last["id"]
    stage.clock.advance(seconds=2)
    await unit.send_voice()
    await stage.restart()
    await unit.forge(f"{draft_of(unit)}:edit:9", "a question that is not there")
    stage.clock.advance(seconds=2)
    await unit.send_file("list.pdf", b"what is needed")
    await unit.press("Skip")
    await unit.press("1")
    stage.clock.advance(seconds=2)
    await unit.send_photo()
    assert files_in(stage) == [
        ("photo.jpg", True), ("voice.ogg", True), ("list.pdf", True), ("photo.jpg", True)
    ]  # fmt: skip
    await dara.forge(f"{draft_of(unit)}:submit", "what submits the unit's form")
    await unit.press("Submit")
    assert files_in(stage) == []
    await unit.say("here is another", reply_to=first)
    golden(stage, "answers_sent")


async def test_sent__without_a_network__one_answers_and_the_next_question_is_put_again(
    stage: Stage, golden: Golden
) -> None:
    version = put_in_force(stage)
    unit = await stage.join("unit")
    await unit.forge(f"try:{version}", "the one that tries the form")
    unit.phone.go_offline()
    stage.write("-- The phone has no connection; what is sent now waits in it --")
    await unit.send_photo()
    await unit.send_voice()
    stage.clock.advance(seconds=30)
    unit.phone.go_online()
    stage.write("-- The phone is connected again --")
    await stage.settle()
    stage.clock.advance(seconds=2)
    await unit.send_voice()
    await unit.press("« Back")
    await unit.press("« Back")
    await unit.press("Keep this answer")
    stage.clock.advance(seconds=2)
    await unit.send_voice()
    await unit.press("Stop")
    await unit.send_photo()
    assert [held for _name, held in files_in(stage)] == [True, False, True, True]
    await unit.say("/tasks")
    await unit.press("Go on: Your workplace")
    await unit.press("Stop")
    await unit.press("Throw it away")
    assert [held for _name, held in files_in(stage)] == [False]
    golden(stage, "answers_sent_offline")


async def test_sent__in_answer_to_a_message_to_many__stays_with_the_response(
    stage: Stage,
) -> None:
    put_in_force(stage)
    dara = await stage.join("dara")
    with stage.database.transaction() as session:
        ctx = school.acting(stage, session, "unit")
        about = drafting.create(ctx, "Desks", BroadcastKind.NEWS, "staff 1011").id
        drafting.set_text(ctx, about, "en", "Show us your desk.")
        drafting.set_form(ctx, about, "workplace")
        drafting.set_buttons(ctx, about, ["answer"])
        sending.send(ctx, about)
    await stage.settle()
    await stage.move(minutes=1)
    await dara.press("Answer")
    await dara.press("Begin")
    stage.clock.advance(seconds=2)
    await dara.send_photo()
    await dara.press("Skip")
    await dara.press("Skip")
    await dara.press("Submit")
    with stage.database.transaction(readonly=True) as session:
        (given,) = answering.answers(school.acting(stage, session, "unit"), about).people
        response = session.exec(select(Response)).one()
        (photo,) = session.exec(select(Blob))
    assert given.answers["desk"] == "photo.jpg"
    assert (photo.response_id, photo.owner_id) == (response.id, stage.ids["dara"])
