"""Answers that lie beside somebody's account number in the raw bytes of the files.

Free pages, old rows, the write-ahead log, the log and the backup are searched like all else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from scripts.guessing.classes import BRANCH, RATINGS, WORDS
from scripts.guessing.copies import Copy, Row

FAR = 1500
"""Bytes within which two things may belong to one row or one record of a log."""
MOST_HITS = 200


def scores(copy: Copy, people: Sequence[Row], answers: Sequence[Row]) -> list[list[float]]:
    """One row a person, one column an answer: the nearer they lie somewhere, the more."""
    table = [[0.0] * len(answers) for _person in people]
    for content in copy.files.values():
        places = [_all(content, _needles_of_person(row)) for row in people]
        if not any(places):
            continue
        for column, answer in enumerate(answers):
            found = _all(content, _needles_of_answer(answer["answers"]))
            for line, own in zip(table, places, strict=True):
                line[column] += _near(own, found)
    return table


def _near(own: Sequence[int], found: Sequence[int]) -> float:
    score, start = 0.0, 0
    for place in found:
        while start < len(own) and own[start] < place - FAR:
            start += 1
        for at in own[start:]:
            if at > place + FAR:
                break
            score = max(score, 1 - abs(at - place) / FAR)
    return score * len(found) ** 0.1 if score else 0.0


def _needles_of_person(row: Row) -> Iterator[bytes]:
    """The account's number as either database and any text writes it."""
    number = int(row["user_id"])
    yield number.to_bytes(4, "big")
    yield number.to_bytes(8, "little")
    yield str(number).encode()


def _needles_of_answer(said: dict[str, Any]) -> Iterator[bytes]:
    """Words that were typed, and runs of answers as a draft, a summary or a row holds them."""
    for name in (*WORDS, BRANCH):
        if len(words := str(said.get(name) or "")) > 12:
            yield words.encode()
    ratings = {name: said[name] for name in RATINGS}
    yield json.dumps(ratings)[1:-1].encode()
    yield "\\n".join(
        f"{place}. Rate: {name}: {said[name]} of five"
        for place, name in enumerate(RATINGS, start=1)
    ).encode()


def _all(content: bytes, needles: Iterator[bytes]) -> list[int]:
    places: list[int] = []
    for needle in needles:
        at = content.find(needle)
        while at >= 0 and len(places) < MOST_HITS:
            places.append(at)
            at = content.find(needle, at + 1)
    return sorted(places)
