"""What a person sees, as data: no channel's types in here.

A `Screen` is one message with its buttons. A `Reply` is what a conversation returns
to the person who spoke: a screen, a short toast, or both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.i18n import Words


class Style(StrEnum):
    PLAIN = "plain"
    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


class FileKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button.

    `action` is the callback data, `prefix:argument:…`, at most 48 bytes. A `guarded`
    button counts only on the screen it was made for; its data carries the revision.
    """

    label: Words
    action: str = ""
    url: str = ""
    guarded: bool = False
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file (`blob_id`) sent with a screen; only notices carry attachments."""

    blob_id: int
    kind: FileKind = FileKind.DOCUMENT


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: a line `above`, a bold `title`, lines of `body`, rows of inline buttons.

    `keyboard` is a reply keyboard of plain labels; `share_contact` puts the button
    with which a person sends their own number. `asks` names the question this screen
    asks ("draft:question"), so that a typed answer finds it.
    """

    title: Words = ""
    above: Words = ""
    body: tuple[Words, ...] = ()
    rows: tuple[tuple[Button, ...], ...] = ()
    attachment: Attachment | None = None
    share_contact: Words = ""
    remove_keyboard: bool = False
    protect: bool = False
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to the speaker: the new current screen, and a toast for a press.

    `leap` lets the chat's count of screens go on from anywhere, so that it does not tell how
    many there were.
    """

    screen: Screen | None = None
    toast: Words = ""
    alert: bool = False
    language: str | None = None
    fresh: bool = field(default=False)
    leap: bool = False
