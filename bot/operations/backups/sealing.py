"""Sealing a backup so that only the holder of a key far away can open it (the age format).

A seal has a public half, the recipient, which the machine knows, and a private half, the
identity, which it must not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pyrage
from pyrage.x25519 import Identity, Recipient

from bot.errors import Refusal
from bot.i18n import _
from bot.operations.backups.reading import Damaged

MAGIC = b"age-encryption.org/"
IDENTITY = "AGE-SECRET-KEY-"


class Readable(Protocol):
    """What can be read piece by piece."""

    def read(self, size: int = -1, /) -> bytes: ...


class Sink(Protocol):
    """What takes pieces of bytes."""

    def write(self, piece: bytes, /) -> int: ...
    def flush(self) -> None: ...


def recipient(text: str) -> Recipient:
    """The public half; refuses what is none, and a private half, which does not belong here."""
    if text.upper().startswith(IDENTITY):
        raise Refusal(
            _(
                "ROLLCALL_BACKUP_RECIPIENT holds a private key. Take it off this machine, and put "
                "the public key, which begins with age1, in its place."
            )
        )
    try:
        return Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise Refusal(
            _(
                "ROLLCALL_BACKUP_RECIPIENT is no public key. It begins with age1; the program "
                "age-keygen shows it when it makes a key."
            )
        ) from error


def check(text: str) -> None:
    """Refuse a recipient that is none, where one is set."""
    if text:
        recipient(text)


def identities(path: Path) -> list[Identity]:
    """The private halves in a file as age-keygen writes it; refuses a file that holds none."""
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
        found = [line for line in lines if line.startswith(IDENTITY)]
        keys = [Identity.from_str(line) for line in found]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as error:
        raise _no_key() from error
    if not keys:
        raise _no_key()
    return keys


def seal(source: Readable, target: Sink, to: Recipient) -> None:
    """Write all of `source`, sealed, to `target`; raises what reading or writing raised."""
    reading, writing = _Reading(source), _Writing(target)
    try:
        pyrage.encrypt_io(reading, writing, [to])
    except (pyrage.EncryptError, OSError) as error:
        raise reading.trouble or writing.trouble or error from error


def is_sealed(path: Path) -> bool:
    """Whether the file begins like a sealed one."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def unseal(source: Readable, sink: Sink, keys: list[Identity]) -> None:
    """Give on what was sealed, piece by piece, as far as it is genuine.

    Raises Damaged where it is not, and refuses keys that do not open it.
    """
    writing = _Writing(sink)
    try:
        pyrage.decrypt_io(source, writing, keys)
    except pyrage.DecryptError as error:
        if "matching keys" in str(error):
            raise Refusal(
                _("This key does not open this backup. Give the key whose public half sealed it.")
            ) from error
        raise Damaged from error
    except OSError as error:
        raise writing.trouble or Damaged() from error


class _Reading:
    """A source that remembers what went wrong in it: the library passes on the words only."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self.trouble: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._source.read(size)
        except Exception as error:
            self.trouble = error
            raise


class _Writing:
    """A sink that remembers what went wrong in it, so that it is told from a broken seal."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self.trouble: Exception | None = None

    def write(self, piece: bytes) -> int:
        try:
            return self._sink.write(piece)
        except Exception as error:
            self.trouble = error
            raise

    def flush(self) -> None:
        self._sink.flush()


def _no_key() -> Refusal:
    return Refusal(
        _(
            "This key file cannot be read, or holds no key. It is the file that age-keygen wrote, "
            "with a line that begins with AGE-SECRET-KEY-."
        )
    )
