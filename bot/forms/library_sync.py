"""The forms that come with Rollcall, published from their Markdown files."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from sqlmodel import Session

from bot.context import Ctx
from bot.errors import Severity
from bot.forms import versions
from bot.forms.definition import FormDefinition
from bot.i18n import render
from bot.models.system import PolicyValue

DIGEST = "library_digest"
LIBRARY = Path(__file__).resolve().parent / "library"


def library_files() -> list[Path]:
    """Every form of the library, by name."""
    return sorted(LIBRARY.glob("*.md"))


def publish_library(ctx: Ctx) -> None:
    """Publish each form of the library, if any has changed; those the unit has made its own stay.

    A fault in one is a bug of this program.
    """
    digest = _digest()
    stored = ctx.session.get(PolicyValue, DIGEST)
    if stored is not None and stored.value == digest:
        return
    for path in library_files():
        definition = _definition(path.stem, path.read_text(encoding="utf-8"))
        versions.publish(ctx, path.stem, definition, from_library=True)
    ctx.session.merge(PolicyValue(name=DIGEST, value=digest))


@cache
def _definition(name: str, text: str) -> FormDefinition:
    """Read once a process: a test suite publishes the library a few hundred times."""
    from bot.forms.importer import import_form

    imported = import_form(text, name=name)
    if imported.definition is None:
        faults = [
            f"row {fault.row}: {render(fault.sentence, 'en')}"
            for fault in imported.faults
            if fault.severity is Severity.REFUSED
        ]
        raise ValueError(f"{name}.md: {'; '.join(faults)}")
    return imported.definition


def is_published(session: Session) -> bool:
    """Whether the library's forms are in the database as they come with this program."""
    stored = session.get(PolicyValue, DIGEST)
    return stored is not None and stored.value == _digest()


def _digest() -> str:
    found = hashlib.sha256()
    for path in library_files():
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()
