"""What can be told of each person and of each answer by their traces, as numbers.

An order is a number too: whoever came third has a 3. What is not known is NaN.
"""

from __future__ import annotations

import bisect
import datetime as dt
import hashlib
import math
from collections.abc import Sequence
from typing import Any

from scripts.guessing.classes import BRANCH, RATINGS, WORDS
from scripts.guessing.copies import Copy, Row

OF_PERSON = (
    "number", "place of assignment", "commit of assignment", "place of chat", "commit of chat",
    "screens", "last message", "shown at", "decided at", "messages with questions",
    "messages kept", "first message", "message span", "gap to the message before",
    "updates since the answer before", "longest pause", "first byte", "last byte",
    "bytes in the write-ahead log",
)  # fmt: skip
OF_ANSWER = (
    "place", "commit", "key", "questions answered", "comments", "letters", "went wrong",
    "overall", "offset in the files", "offset in the log", "offset in the backup",
    "place in the report", "topics",
)  # fmt: skip
LOG_NAMES = ("-wal", "0000")
SESSION = 12


def of_people(copy: Copy, people: Sequence[Row]) -> list[list[float]]:
    """One row a person, one column a trait of OF_PERSON."""
    ids = sorted(row["message_id"] for row in copy.people if row["message_id"])
    commits = sorted(copy.commits)
    asked: dict[int, list[Row]] = {}
    for row in copy.asked:
        asked.setdefault(row["user_id"], []).append(row)
    return [_person(copy, row, asked.get(row["user_id"], []), ids, commits) for row in people]


def _person(
    copy: Copy, row: Row, asked: Sequence[Row], ids: Sequence[int], commits: Sequence[int]
) -> list[float]:
    messages = [one["message_id"] for one in asked]
    first = min(messages, default=math.nan)
    last = row["message_id"] or max(messages, default=math.nan)
    return [
        row["person_id"], row["a_place"], row["a_commit"], row["c_place"], row["c_commit"],
        row["revision"], last, _time(row["shown_at"]), _time(row["decided_at"]),
        sum(one["asks"] != "" for one in asked), len(asked), first, last - first,
        _since_before(ids, row["message_id"]), _updates_between(copy, row, commits),
        _longest_pause(copy, row), *_bytes(copy, row["user_id"]),
    ]  # fmt: skip


def _since_before(ids: Sequence[int], own: int | None) -> float:
    place = bisect.bisect_left(ids, own) if own else 0
    return float(ids[place] - ids[place - 1]) if own and place else math.nan


def _updates_between(copy: Copy, row: Row, commits: Sequence[int]) -> float:
    """On PostgreSQL: how many updates were dealt with since somebody else's answer before."""
    place = bisect.bisect_left(commits, row["a_commit"])
    before = commits[place - 1] if place else 0
    return float(sum(before < one["s_commit"] <= row["a_commit"] for one in copy.seen))


def _longest_pause(copy: Copy, row: Row) -> float:
    """Between the updates before the last screen was shown: long ones were spent typing."""
    shown = _time(row["shown_at"])
    if math.isnan(shown):
        return math.nan
    times = [at for at in (_time(one["at"]) for one in copy.seen) if at <= shown + 1][-SESSION:]
    return max((b - a for a, b in zip(times, times[1:], strict=False)), default=math.nan)


def _bytes(copy: Copy, user_id: int) -> tuple[float, float, float]:
    """Where in all files the account's number comes first and last, and in the log."""
    needle = user_id.to_bytes(4, "big")
    if "rollcall.db" not in copy.files:
        needle = user_id.to_bytes(8, "little")
    first = last = logged = math.nan
    base = 0
    for name, content in copy.files.items():
        found = content.find(needle)
        if found >= 0:
            first = base + found if math.isnan(first) else first
            last = base + content.rfind(needle)
            logged = found if _is_log(name) and math.isnan(logged) else logged
        base += len(content)
    return first, last, logged


def _is_log(name: str) -> bool:
    return name.endswith(LOG_NAMES[0]) or name.startswith(LOG_NAMES[1])


def of_answers(copy: Copy, answers: Sequence[Row]) -> list[list[float]]:
    """One row an answer, one column a trait of OF_ANSWER."""
    return [_answer(copy, row) for row in answers]


def _answer(copy: Copy, row: Row) -> list[float]:
    said = row["answers"]
    texts = [str(said[name]) for name in (*WORDS, BRANCH) if said.get(name)]
    key = row["key"].encode()
    in_log = [content.find(key) for name, content in copy.files.items() if _is_log(name)]
    return [
        row["r_place"], row["r_commit"], int(row["key"][:12], 16), len(said), len(texts),
        sum(map(len, texts)), float(BRANCH in said), float(said[RATINGS[0]]),
        _offset(copy, key), max(in_log, default=-1) if in_log else math.nan,
        copy.files["backup"].find(key), _in_report(copy, row), len(said.get("topics") or ""),
    ]  # fmt: skip


def _offset(copy: Copy, key: bytes) -> float:
    base = 0
    for name, content in copy.files.items():
        if name not in ("backup", "log") and (found := content.find(key)) >= 0:
            return base + found
        base += len(content)
    return math.nan


def _in_report(copy: Copy, row: Row) -> float:
    """Which of the comments it is that the report shows first."""
    for comments in copy.report.comments if copy.report else ():
        text = str(row["answers"].get(comments.name) or "").strip()
        if text in comments.texts:
            return comments.texts.index(text)
    return math.nan


def _time(value: Any) -> float:
    if value is None:
        return math.nan
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC)
    return float(value.timestamp())


def fingerprint(answers: dict[str, Any]) -> str:
    """The same for the same answers, however they are written down."""
    plain = sorted(
        (name, " ".join(sorted(_codes(value)))) for name, value in answers.items() if value
    )
    return hashlib.sha256(repr(plain).encode()).hexdigest()


def _codes(value: Any) -> list[str]:
    return list(map(str, value)) if isinstance(value, list) else str(value).split()
