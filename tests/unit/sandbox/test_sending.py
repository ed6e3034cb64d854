"""Sending, editing, deleting: what arrives on the phone, and what Telegram refuses."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from bot.clock import FixedClock
from bot.sandbox.errors import ApiError
from bot.sandbox.files import MEGABYTE
from bot.sandbox.phone import PhoneInHand
from bot.sandbox.records import Json
from bot.sandbox.request import Upload
from bot.sandbox.world import World
from tests.unit.sandbox.calls import call, keyboard

CONTACT_KEYBOARD = {
    "keyboard": [[{"text": "Share my number", "request_contact": True}]],
    "one_time_keyboard": True,
    "resize_keyboard": True,
}


def picture(width: int = 40, height: int = 30) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height)).save(content, "PNG")
    return content.getvalue()


def refused(world: World, method: str, **params: object) -> str:
    with pytest.raises(ApiError) as caught:
        call(world, method, **params)
    return f"{caught.value.code} {caught.value.description}"


def test_send__to_a_phone_that_is_not_there__finds_no_chat(world: World) -> None:
    assert refused(world, "sendMessage", chat_id=1, text="x") == "400 Bad Request: chat not found"


def test_send__before_start__finds_no_chat(world: World, thida: PhoneInHand) -> None:
    words = refused(world, "sendMessage", chat_id=thida.id, text="x")
    assert words == "400 Bad Request: chat not found"


def test_send__after_a_block__is_forbidden_until_unblocked(
    world: World, started: PhoneInHand
) -> None:
    started.block()
    words = refused(world, "sendMessage", chat_id=started.id, text="x")
    assert words == "403 Forbidden: bot was blocked by the user"
    started.unblock()
    call(world, "sendMessage", chat_id=started.id, text="x")
    assert started.last["text"] == "x"


def test_message_ids__in_two_chats__count_separately(world: World, started: PhoneInHand) -> None:
    sent = [call(world, "sendMessage", chat_id=started.id, text="x") for _ in range(2)]
    assert [message["message_id"] for message in sent] == [2, 3]


def test_edit__without_a_markup__removes_the_keyboard(world: World, started: PhoneInHand) -> None:
    sent = call(world, "sendMessage", chat_id=started.id, text="a", reply_markup=keyboard("x"))
    where = {"chat_id": started.id, "message_id": sent["message_id"]}
    edited = call(world, "editMessageText", text="b", **where)
    assert "reply_markup" not in edited
    assert (started.last["text"], started.last["rows"], started.last["edited"]) == ("b", [], True)


def test_edit__that_changes_nothing__is_refused(world: World, started: PhoneInHand) -> None:
    markup = keyboard("x")
    sent = call(world, "sendMessage", chat_id=started.id, text="a", reply_markup=markup)
    where = {"chat_id": started.id, "message_id": sent["message_id"], "reply_markup": markup}
    same = "400 Bad Request: message is not modified: specified new message content and reply "
    assert refused(world, "editMessageText", text=" a ", **where).startswith(same)
    assert refused(world, "editMessageReplyMarkup", **where).startswith(same)


def test_edit__of_words_to_bold__is_a_change(world: World, started: PhoneInHand) -> None:
    sent = call(world, "sendMessage", chat_id=started.id, text="a")
    where = {"chat_id": started.id, "message_id": sent["message_id"], "parse_mode": "HTML"}
    edited = call(world, "editMessageText", text="<b>a</b>", **where)
    assert edited["entities"] == [{"type": "bold", "offset": 0, "length": 1}]


@pytest.mark.parametrize(
    "markup", [CONTACT_KEYBOARD, {"remove_keyboard": True}, {"force_reply": True}]
)
def test_edit__of_a_message_with_a_reply_keyboard__is_refused(
    world: World, started: PhoneInHand, markup: Json
) -> None:
    sent = call(world, "sendMessage", chat_id=started.id, text="a", reply_markup=markup)
    where = {"chat_id": started.id, "message_id": sent["message_id"]}
    words = refused(world, "editMessageText", text="b", **where)
    assert words == "400 Bad Request: message can't be edited"


def test_edit__of_a_message_that_is_not_there_or_not_ours__is_refused(
    world: World, started: PhoneInHand
) -> None:
    where = {"chat_id": started.id, "text": "b"}
    missing = refused(world, "editMessageText", message_id=99, **where)
    foreign = refused(world, "editMessageText", message_id=1, **where)
    assert missing == "400 Bad Request: message to edit not found"
    assert foreign == "400 Bad Request: message can't be edited"


def test_delete__once__takes_the_message_away(world: World, started: PhoneInHand) -> None:
    sent = call(world, "sendMessage", chat_id=started.id, text="a")
    where = {"chat_id": started.id, "message_id": sent["message_id"]}
    assert call(world, "deleteMessage", **where) is True
    assert started.from_bot == []
    words = refused(world, "deleteMessage", **where)
    assert words == "400 Bad Request: message to delete not found"


def test_delete__after_48_hours__is_refused(
    world: World, started: PhoneInHand, clock: FixedClock
) -> None:
    sent = call(world, "sendMessage", chat_id=started.id, text="a")
    clock.advance(hours=48, seconds=1)
    words = refused(world, "deleteMessage", chat_id=started.id, message_id=sent["message_id"])
    assert words == "400 Bad Request: message can't be deleted for everyone"


def test_reply_keyboard__one_time__goes_when_it_was_used(
    world: World, started: PhoneInHand
) -> None:
    call(world, "sendMessage", chat_id=started.id, text="a", reply_markup=CONTACT_KEYBOARD)
    assert started.keyboard is not None
    assert started.keyboard["rows"] == [[{"text": "Share my number", "request_contact": True}]]
    started.share_contact()
    assert started.keyboard is None


def test_reply_keyboard__removed_by_the_bot__goes(world: World, started: PhoneInHand) -> None:
    lasting = {"keyboard": [[{"text": "Menu"}]]}
    call(world, "sendMessage", chat_id=started.id, text="a", reply_markup=lasting)
    started.text("Menu")
    assert started.keyboard is not None
    call(
        world, "sendMessage", chat_id=started.id, text="b", reply_markup={"remove_keyboard": True}
    )
    assert started.keyboard is None


def test_reply__to_a_message_that_is_gone__is_refused_unless_allowed(
    world: World, started: PhoneInHand
) -> None:
    reply = {"message_id": 77}
    where = {"chat_id": started.id, "text": "x"}
    words = refused(world, "sendMessage", reply_parameters=reply, **where)
    assert words == "400 Bad Request: message to be replied not found"
    forgiving = {**reply, "allow_sending_without_reply": True}
    sent = call(world, "sendMessage", reply_parameters=forgiving, **where)
    assert "reply_to_message" not in sent


def test_document__sent_again_by_its_id__is_the_same_file(
    world: World, started: PhoneInHand
) -> None:
    upload = Upload("Hesabat ğış.txt", "text/plain", b"three")
    first = call(world, "sendDocument", chat_id=started.id, document=upload)["document"]
    assert (first["file_name"], first["file_size"]) == ("Hesabat ğış.txt", 5)
    again = call(world, "sendDocument", chat_id=started.id, document=first["file_id"])
    assert again["document"] == first
    path = call(world, "getFile", file_id=first["file_id"])["file_path"]
    stored = world.files.at_path(path)
    assert stored is not None
    assert world.files.content_path(stored).read_bytes() == b"three"


def test_photo__of_a_real_picture__has_its_sides(world: World, started: PhoneInHand) -> None:
    sent = call(world, "sendPhoto", chat_id=started.id, photo=Upload("a.png", "", picture()))
    assert (sent["photo"][0]["width"], sent["photo"][0]["height"]) == (40, 30)


TOO_BIG_A_PHOTO = (
    "400 Bad Request: file of size 10485761 bytes is too big for a photo; "
    "the maximum size is 10485760 bytes"
)
IMPOSSIBLE_FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "photo over 10 MB": ("photo", lambda: bytes(10 * MEGABYTE + 1), TOO_BIG_A_PHOTO),
    "no picture": ("photo", lambda: b"text", "400 Bad Request: IMAGE_PROCESS_FAILED"),
    "long": ("photo", lambda: picture(500, 10), "400 Bad Request: PHOTO_INVALID_DIMENSIONS"),
    "over 50 MB": ("document", lambda: bytes(50 * MEGABYTE + 1), "413 Request Entity Too Large"),
    "empty": ("document", lambda: b"", "400 Bad Request: file must be non-empty"),
}


@pytest.mark.parametrize("case", IMPOSSIBLE_FILES)
def test_file__against_the_rules__is_refused(
    world: World, started: PhoneInHand, case: str
) -> None:
    part, content, words = IMPOSSIBLE_FILES[case]
    params = {"chat_id": started.id, part: Upload("a.bin", "", content())}
    assert refused(world, f"send{part.title()}", **params) == words


def test_file__over_20_mb__cannot_be_downloaded(world: World, started: PhoneInHand) -> None:
    started.file("large.bin", b"\0" * (20 * 1024 * 1024 + 1))
    file_id = started.messages[-1]["document"]["file_id"]
    assert refused(world, "getFile", file_id=file_id) == "400 Bad Request: file is too big"


def test_photo__with_a_documents_id__is_refused(world: World, started: PhoneInHand) -> None:
    upload = Upload("a.txt", "", b"x")
    sent = call(world, "sendDocument", chat_id=started.id, document=upload)
    words = refused(world, "sendPhoto", chat_id=started.id, photo=sent["document"]["file_id"])
    assert words == "400 Bad Request: can't use file of type Document as Photo"
