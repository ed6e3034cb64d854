"""The forms that come with Rollcall, published from their Markdown files."""

from __future__ import annotations

from pathlib import Path

from bot.context import Ctx
from bot.errors import Severity
from bot.forms import service
from bot.forms.importer import import_form
from bot.i18n import render

LIBRARY = Path(__file__).resolve().parent / "library"


def library_files() -> list[Path]:
    """Every form of the library, by name."""
    return sorted(LIBRARY.glob("*.md"))


def publish_library(ctx: Ctx) -> None:
    """Publish each form of the library; a fault in one is a bug of this program."""
    for path in library_files():
        imported = import_form(path.read_text(encoding="utf-8"), name=path.stem)
        if imported.definition is None:
            faults = [
                f"row {fault.row}: {render(fault.sentence, 'en')}"
                for fault in imported.faults
                if fault.severity is Severity.REFUSED
            ]
            raise ValueError(f"{path.name}: {'; '.join(faults)}")
        service.publish(ctx, path.stem, imported.definition)
