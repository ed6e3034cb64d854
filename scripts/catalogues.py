"""The translation catalogues: what the code says, and whether each language says it too.

`python -m scripts.catalogues check` lists every sentence that a language lacks, that is
left over, uncertain, or loses a placeholder; it exits with 1 if there is any.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.i18n import LANGUAGES, LOCALES, SOURCE_LANGUAGE

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "handlers")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "_n": (1, 2)}
TRANSLATED = tuple(language for language in LANGUAGES if language != SOURCE_LANGUAGE)


def template() -> Catalog:
    """Every sentence of the code, with the files that say it."""
    catalogue = Catalog(project="Rollcall", charset="utf-8", fuzzy=False)
    for room in ROOMS:
        found = extract_from_dir(ROOT / room, [("**.py", "python")], keywords=KEYWORDS)
        for path, line, message, comments, context in found:
            place = (f"{room}/{path}", line)
            catalogue.add(message, None, [place], auto_comments=comments, context=context)
    return catalogue


def catalogue_path(language: str) -> Path:
    """Where the sentences of a language are kept."""
    return LOCALES / language / "LC_MESSAGES" / "rollcall.po"


def read(language: str) -> Catalog:
    """The catalogue of a language as it stands; refuses a missing file."""
    with catalogue_path(language).open("rb") as source:
        return read_po(source, locale=language)


def faults(said: Catalog, language: str) -> Iterator[str]:
    """What is wrong with the catalogue of `language` against the sentences of the code."""
    if not catalogue_path(language).exists():
        yield f"{language}: there is no catalogue; make messages begins one"
        return
    catalogue = read(language)
    for message in said:
        if message.id:
            kept = catalogue.get(message.id, message.context)
            yield from (f"{language}: {fault}" for fault in _message_faults(message, kept))
    wanted = {message.id for message in said}
    left_over = [message for message in catalogue if message.id and message.id not in wanted]
    yield from (f"{language}: nobody says it any more: {shown(m)}" for m in left_over)


def _message_faults(message: Message, kept: Message | None) -> Iterator[str]:
    if kept is None:
        yield f"missing: {shown(message)}"
        return
    if kept.fuzzy:
        yield f"uncertain (fuzzy): {shown(message)}"
    if not all(wordings(kept)):
        yield f"not translated: {shown(message)}"
    elif not all(_keeps_placeholders(message, wording) for wording in wordings(kept)):
        yield f"other placeholders than in English: {shown(message)}"


def _keeps_placeholders(message: Message, wording: str) -> bool:
    originals = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    allowed = set().union(*(placeholders(original) for original in originals))
    found = placeholders(wording)
    # A plural form may say its number in words, as English does with “one”.
    optional = {"count"} if message.pluralizable else set()
    return allowed - optional <= found <= allowed


def wordings(message: Message) -> tuple[str, ...]:
    """The translation in all its plural forms; an empty string where there is none."""
    if isinstance(message.string, (list, tuple)):
        return tuple(message.string)
    return (message.string or "",)


def placeholders(words: str) -> set[str]:
    """The names in braces; braces that do not match count as one of their own."""
    try:
        return {name for _, name, _, _ in Formatter().parse(words) if name is not None}
    except ValueError:
        return {"unreadable braces"}


def shown(message: Message) -> str:
    """A sentence as a fault quotes it, with the file that says it."""
    words = message.id[0] if isinstance(message.id, (list, tuple)) else message.id
    where = f" ({message.locations[0][0]})" if message.locations else ""
    return f"“{words}”{where}"


def main() -> int:
    """Prints all faults; 1 if there are any."""
    if sys.argv[1:] != ["check"]:
        print("usage: python -m scripts.catalogues check", file=sys.stderr)
        return 2
    said = template()
    found = [fault for language in TRANSLATED for fault in faults(said, language)]
    for fault in found:
        print(fault)
    print(f"{len(said)} sentences, {len(TRANSLATED)} translations, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
