"""Pictures, files and voice messages as answers: each stored as the number and name of a file.

Nothing typed or pressed is such an answer, so that nobody can name a file that another sent.
"""

from __future__ import annotations

import re

from bot.events import SentFile
from bot.forms.definition import Question
from bot.forms.expressions import Value
from bot.forms.question_types.contract import Example, Offer, OfferKind, QuestionType, register
from bot.i18n import Text, _, render

MOST_BYTES = 10 * 1024 * 1024
"""A larger file is not kept as an answer."""
MOST_NAME = 100
MAX_PIXELS = "max-pixels"
_STORED = re.compile(r"(\d{1,10}):(.+)", re.DOTALL)
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif")
_SOUNDS = (".ogg", ".oga", ".opus", ".mp3", ".m4a", ".aac", ".wav", ".amr")


class SentQuestion(QuestionType):
    """A question that is answered by sending something; `endings` are the files it takes."""

    takes_file = True
    endings: tuple[str, ...] = ()

    def __init__(self, name: str, endings: tuple[str, ...], asking: Text, example: Example):
        self.name, self.endings, self.asking, self.example = name, endings, asking, example

    def offer(self, question: Question) -> Offer:
        return Offer(OfferKind.FILE)

    def parse(self, text: str, question: Question, language: str) -> Value | Text:
        return self.asking

    def take(self, value: Value, question: Question) -> Value | None:
        return None

    def receive(self, sent: SentFile, question: Question) -> Value | Text:
        if sent.blob_id is None:
            return _("This file could not be fetched. Files up to {limit} MB can be taken.",
                     limit=_megabytes(MOST_BYTES))  # fmt: skip
        if not self._is_fitting(sent):
            return self.asking
        if sent.size > MOST_BYTES:
            return _(
                "This file has {size} MB. At most {limit} MB can be kept. Send a smaller one.",
                size=_megabytes(sent.size),
                limit=_megabytes(MOST_BYTES),
            )
        return _too_many_pixels(sent, question) or f"{sent.blob_id}:{_short(sent.name)}"

    def format(self, value: Value, question: Question, language: str) -> str:
        name = name_of(value)
        if name == "photo.jpg":
            return render(_("a photo"), language)
        return render(_("a voice message"), language) if name == "voice.ogg" else name

    def _is_fitting(self, sent: SentFile) -> bool:
        return not self.endings or sent.name.lower().endswith(self.endings)


def blob_of(value: Value) -> int | None:
    """The number of the file that an answer stands for; None for any other value."""
    found = _STORED.fullmatch(value) if isinstance(value, str) else None
    return int(found[1]) if found else None


def name_of(value: Value) -> str:
    """The name under which the file was sent."""
    found = _STORED.fullmatch(str(value))
    return found[2] if found else str(value)


def pixels_allowed(question: Question) -> int | None:
    """How long the longer side of a picture may be; None where the form does not say."""
    said = question.parameters.get(MAX_PIXELS, "")
    return int(said) if said.isascii() and said.isdigit() else None


def _too_many_pixels(sent: SentFile, question: Question) -> Text | None:
    allowed = pixels_allowed(question)
    if allowed is None or sent.is_photo or sent.long_side <= allowed:
        return None
    return _(
        "This picture is {count} pixels long. At most {limit} can be taken. Send it as a photo, "
        "not as a file: the phone then makes it smaller.",
        count=sent.long_side,
        limit=allowed,
    )


def _short(name: str) -> str:
    """The name with its ending, cut in the middle if it is very long."""
    return name if len(name) <= MOST_NAME else f"{name[:80]}…{name[-19:]}"


def _megabytes(size: int) -> int:
    return -(-size // (1024 * 1024))


def _arrives(name: str) -> SentFile:
    return SentFile("f", name, 1000, blob_id=7)


register(
    SentQuestion(
        "image",
        _PICTURES,
        _("Please send a photo, or a picture as a file: .jpg or .png."),
        Example(
            row={
                "type": "image",
                "name": "workplace",
                "label": "Send a photo of your workplace.",
                "parameters": "max-pixels=1024",
            },
            refused=("here it is", ""),
            files=((_arrives("photo.jpg"), "7:photo.jpg"), (_arrives("A.PNG"), "7:A.PNG")),
            refused_files=(
                _arrives("list.xlsx"),
                _arrives("voice.ogg"),
                SentFile("f", "a.jpg", 1),
            ),
        ),
    )
)
register(
    SentQuestion(
        "audio",
        _SOUNDS,
        _("Please record a voice message, or send a sound as a file: .mp3 or .ogg."),
        Example(
            row={"type": "audio", "name": "told", "label": "Tell it in your own words."},
            refused=("I would say",),
            files=((_arrives("voice.ogg"), "7:voice.ogg"), (_arrives("a.mp3"), "7:a.mp3")),
            refused_files=(_arrives("photo.jpg"),),
        ),
    )
)
register(
    SentQuestion(
        "file",
        (),
        _("Please send a file or a photo."),
        Example(
            row={"type": "file", "name": "letter", "label": "Send the signed letter."},
            refused=("it is on my desk",),
            files=((_arrives("letter.pdf"), "7:letter.pdf"),),
            refused_files=(SentFile("f", "a.pdf", MOST_BYTES + 1, blob_id=7),),
        ),
    )
)
