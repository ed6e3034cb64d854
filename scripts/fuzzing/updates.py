"""Updates as a server would never send them: real ones with parts changed, gone, or nonsense."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from hypothesis import strategies as st

Raw: TypeAlias = dict[str, Any]
Place: TypeAlias = tuple[Any, Any]

AT = 1_771_466_400
DEEP = 400
TYPED = ("text", "data", "first_name", "last_name", "phone_number", "file_name", "caption")
COUNTED = ("offset", "length", "file_size", "duration", "message_id")
NUMBERS = (0, -1, 1, 2**31 - 1, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63) - 1, 10**30, 1.5, 1e308)
WORDS = (
    "", " ", "/", "/start", "/start " + "A" * 64, "/ask " + "?" * 4000, "\x00", "a\x00b",
    "\ud800", "\udfff\ud800", "\u202e\u200f", "4", "٤", "៤", "²", "9" * 4096, "🙂" * 2048,
    "<b>", "{name}", "%s%n", "'; DROP TABLE person; --", "\n" * 4096, "ក" * 4096, "../../etc",
    "2026-02-30", "=1+1", "~", "~1", ":", "q:1:1:i0", "\u0000~\u0000",
)  # fmt: skip


def base(user_id: int, data: str = "menu") -> list[Raw]:
    """One update of every kind that a person can cause."""
    somebody = {
        "id": user_id, "is_bot": False, "first_name": "Sok", "last_name": "Dara",
        "username": "dara", "language_code": "km",
    }  # fmt: skip
    chat = {"id": user_id, "type": "private", "first_name": "Sok"}
    told = {"message_id": 70_000, "date": AT, "chat": chat, "from": somebody}
    size = {"file_id": "F", "file_unique_id": "U", "file_size": 9, "width": 9, "height": 9}
    kinds: list[Raw] = [
        {"text": "words", "entities": [{"type": "bold", "offset": 0, "length": 5}]},
        {"text": "/tasks", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]},
        {"text": "4", "reply_to_message": {**told, "message_id": 69_000, "text": "asked"}},
        {"contact": {"phone_number": "85512345678", "first_name": "S", "user_id": user_id}},
        {"contact": {"phone_number": "85512345678", "first_name": "S", "user_id": user_id + 1}},
        {"document": {"file_id": "F", "file_unique_id": "U", "file_name": "p.xlsx"}},
        {"document": {"file_id": "gone", "file_unique_id": "U"}},
        {"photo": [size, size], "caption": "words"},
        {"sticker": {**size, "type": "regular", "is_animated": False, "is_video": False}},
        {"voice": {"file_id": "F", "file_unique_id": "U", "duration": 3}},
        {"location": {"latitude": 11.5, "longitude": 104.9}},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"new_chat_title": "x"},
    ]
    made: list[Raw] = [{"update_id": 1, "message": {**told, **kind}} for kind in kinds]
    pressed = {
        "id": "9", "from": somebody, "chat_instance": "1", "data": data,
        "message": {**told, "text": "a screen"},
    }  # fmt: skip
    made += [{"update_id": 1, "callback_query": pressed}, _membership(somebody, chat, "kicked")]
    made += [_membership(somebody, chat, "member")]
    made += [{"update_id": 1, kind: told} for kind in ("edited_message", "channel_post", "newly")]
    return made


def _membership(somebody: Raw, chat: Raw, status: str) -> Raw:
    bot = {"id": 424242, "is_bot": True, "first_name": "B"}
    new: Raw = {"user": bot, "status": status}
    if status == "kicked":
        new["until_date"] = 0
    change = {
        "chat": chat, "from": somebody, "date": AT,
        "old_chat_member": {"user": bot, "status": "member"}, "new_chat_member": new,
    }  # fmt: skip
    return {"update_id": 1, "my_chat_member": change}


def nonsense() -> st.SearchStrategy[Any]:
    """A value of any kind, seldom the right one."""
    leaves = st.one_of(
        st.none(), st.booleans(), st.sampled_from(NUMBERS), st.sampled_from(WORDS), st.integers(),
        st.text(st.characters(), max_size=60), st.floats(allow_nan=True),
    )  # fmt: skip
    nested = st.integers(1, DEEP).map(_deep)
    small = st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(("id", "text", "from", "chat", "date")), inner)
        ),
        max_leaves=6,
    )
    return st.one_of(leaves, leaves, small, nested)


def _deep(levels: int) -> Any:
    value: Any = "deep"
    for _level in range(levels):
        value = {"reply_to_message": [value]}
    return value


@st.composite
def damaged(draw: st.DrawFn, accounts: Sequence[int], actions: Sequence[str]) -> Raw:
    """A real update of one of these accounts, with up to four places changed or taken away."""
    data = draw(st.sampled_from(actions))
    raw = copy.deepcopy(draw(st.sampled_from(base(draw(st.sampled_from(accounts)), data))))
    if draw(st.booleans()):
        return _reworded(draw, raw)
    for _time in range(draw(st.integers(0, 4))):
        holder, key = draw(st.sampled_from(list(_places(raw))))
        if draw(st.booleans()) or isinstance(holder, list):
            holder[key] = draw(nonsense())
        else:
            del holder[key]
        if not raw:
            break
    return raw


def _reworded(draw: st.DrawFn, raw: Raw) -> Raw:
    """The update with other words and numbers where words and numbers belong."""
    for holder, key in list(_places(raw)):
        if key in TYPED and draw(st.booleans()):
            holder[key] = draw(st.sampled_from(WORDS) | st.text(st.characters(), max_size=80))
        elif key in COUNTED and draw(st.booleans()):
            holder[key] = draw(st.integers(-5, 5000))
    return raw


def _places(value: Any) -> Iterator[Place]:
    """Every key of every object and list inside, not deeper than a server nests."""
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
            yield holder, key
            if isinstance(holder[key], dict | list) and len(waiting) < DEEP:
                waiting.append(holder[key])


@st.composite
def pressed(draw: st.DrawFn, accounts: Sequence[int], actions: Sequence[str]) -> Raw:
    """A press whose data is a real one, cut, joined, altered, or nothing like it."""
    account = draw(st.sampled_from(accounts))
    data = draw(st.one_of(_altered(actions), _parts(actions), _any_data()))
    revision = draw(st.sampled_from(("", "", "~1", "~0", "~", "~x", "~" + "9" * 20)))
    (raw,) = (one for one in base(account, data + revision) if "callback_query" in one)
    return raw


def _any_data() -> st.SearchStrategy[str]:
    random_bytes = st.binary(max_size=64).map(lambda raw: raw.decode("latin-1"))
    return st.one_of(random_bytes, st.text(st.characters(), max_size=64), st.sampled_from(WORDS))


@st.composite
def _altered(draw: st.DrawFn, actions: Sequence[str]) -> str:
    parts = draw(st.sampled_from(actions)).split(":")
    for _time in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(parts) - 1))
        parts[place] = draw(st.one_of(st.sampled_from(WORDS), _numbers(), st.text(max_size=12)))
    return ":".join(parts)[: draw(st.sampled_from((64, 64, 64, 63, 9, 5000)))]


@st.composite
def _parts(draw: st.DrawFn, actions: Sequence[str]) -> str:
    prefix = draw(st.sampled_from(actions)).partition(":")[0]
    rest = draw(st.lists(_numbers() | st.sampled_from(WORDS) | st.just("yes"), max_size=6))
    return ":".join([prefix, *rest])


def _numbers() -> st.SearchStrategy[str]:
    small = st.integers(-2, 70)
    return st.one_of(small, small, st.integers(), st.sampled_from(NUMBERS)).map(str)
