"""A Dockerfile as steps, and which files a COPY may take under .dockerignore."""

from __future__ import annotations

import fnmatch
import shlex
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction, such as RUN, with its arguments as one line."""

    word: str
    arguments: str


def steps(text: str) -> list[Step]:
    """The instructions in order; comments are gone and continued lines joined."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    split = [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]
    return [Step(words[0].upper(), " ".join(words[1:])) for words in split]


def copied(step: Step) -> tuple[list[str], str]:
    """What a COPY takes and where it puts it."""
    words = [word for word in shlex.split(step.arguments) if not word.startswith("--")]
    return words[:-1], words[-1]


def variables(step: Step) -> dict[str, str]:
    """What an ENV sets."""
    return dict(word.split("=", 1) for word in shlex.split(step.arguments))


def is_sent(path: Path, ignore: str) -> bool:
    """Whether .dockerignore lets `path`, relative to the project, reach the builder."""
    sent = True
    for line in ignore.splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        if _matches(path, pattern.removeprefix("!")):
            sent = pattern.startswith("!")
    return sent


def _matches(path: Path, pattern: str) -> bool:
    places = [path, *path.parents][:-1]
    if pattern.startswith("**/"):
        return any(fnmatch.fnmatch(place.name, pattern[3:]) for place in places)
    return any(fnmatch.fnmatch(place.as_posix(), pattern) for place in places)
