"""GIFT, Moodle's text format for questions, cut into questions with their line numbers.

Written after Moodle's own description of the format; no library that reads it is kept up.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

CATEGORY = "$CATEGORY:"
COMMENT = "//"
HEADING = ("topic", "question", "right")
"""What the first line of a table of questions holds."""
ESCAPES = {char: chr(0xE000 + place) for place, char in enumerate("~=#{}:\\")}
"""What stands for a sign with a backslash before it while the text is taken apart."""
NOT_TOPICS = re.compile(r"^(?:\$(?:course|module|system|cat\d*)\$|top)$", re.IGNORECASE)
FORMAT = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
TITLE = re.compile(r"^\s*::(.*?)::", re.DOTALL)
PICTURE = re.compile(r"<img\b|@@PLUGINFILE@@", re.IGNORECASE)
BREAKS = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)
TAGS = re.compile(
    r"</?(?:a|abbr|b|blockquote|code|div|em|font|h[1-6]|i|li|ol|p|pre|small|span|strong|sub|sup|"
    r"table|tbody|td|th|tr|u|ul)\b[^<>]*>",
    re.IGNORECASE,
)
BLANKS = re.compile(r"[ \t\r\f\v\u00a0]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as it stands in the file: its first line, topic, title, and two halves.

    `answers` is what stood between the braces, None where there were none.
    """

    line: int
    topic: str
    title: str
    text: str
    answers: str | None
    after: str
    is_plain: bool
    is_closed: bool = True

    @property
    def has_picture(self) -> bool:
        return PICTURE.search(f"{self.text}{self.answers or ''}{self.after}") is not None


def is_gift(text: str) -> bool:
    """Whether this is GIFT and not a table: there are braces, and no heading of a table first."""
    heading = text.lstrip("\ufeff \r\n\t").partition("\n")[0].casefold()
    return "{" in text and not all(column in heading for column in HEADING)


def entries(text: str) -> Iterator[Entry]:
    """The questions of a file in their order."""
    topic = ""
    for line, block in _blocks(text):
        if block.startswith(CATEGORY):
            topic = topic_of(block.removeprefix(CATEGORY))
        else:
            yield _entry(line, topic, block)


def topic_of(path: str) -> str:
    """The category without what only Moodle needs to know."""
    parts = [part.strip() for part in path.strip().split("/")]
    return "/".join(part for part in parts if part and not NOT_TOPICS.match(part))


def plain(text: str, *, is_plain: bool = False) -> str:
    """Words as a chat shows them: without tags, with escaped signs put back."""
    if not is_plain:
        text = html.unescape(TAGS.sub("", BREAKS.sub("\n", text)))
    for char, stand_in in ESCAPES.items():
        text = text.replace(stand_in, char)
    lines = (BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Lines that belong together, with the number of the first; blank lines part them."""
    block: list[str] = []
    first = depth = 0
    for number, line in enumerate([*text.replace("\r\n", "\n").split("\n"), ""], 1):
        said = line.strip().lstrip("\ufeff")
        if said.startswith(COMMENT):
            continue
        is_category = said.startswith(CATEGORY) and depth <= 0
        if block and (is_category or (not said and depth <= 0)):
            yield first, "\n".join(block)
            block, depth = [], 0
        if is_category:
            yield number, said
        elif said or block:
            first = first if block else number
            block.append(line)
            depth += _opened(line)
    if block:
        yield first, "\n".join(block)


def _opened(line: str) -> int:
    """How many braces it opens more than it closes; in an open one a blank line ends nothing."""
    text = _guarded(line)
    return text.count("{") - text.count("}")


def _guarded(text: str) -> str:
    """Escaped signs as their stand-ins; `\\n` is a new line."""
    text = text.replace("\\\\", ESCAPES["\\"])
    for char, stand_in in ESCAPES.items():
        if char != "\\":
            text = text.replace(f"\\{char}", stand_in)
    return text.replace("\\n", "\n")


def _entry(line: int, topic: str, block: str) -> Entry:
    text = _guarded(block.lstrip("\ufeff"))
    title = TITLE.match(text)
    if title is not None:
        text = text[title.end() :]
    form = FORMAT.match(text)
    if form is not None:
        text = text[form.end() :]
    before, brace, rest = text.partition("{")
    answers, closed, after = rest.rpartition("}")
    return Entry(
        line,
        topic,
        plain(title[1]) if title is not None else "",
        before,
        answers if brace else None,
        after,
        form is not None and form[1].lower() == "plain",
        bool(closed) or not brace,
    )
