"""Brings locales/ in line with the code: new sentences empty, old ones gone, nothing guessed.

The files carry no line numbers and are sorted, so that a change shows only what changed.
"""

from __future__ import annotations

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from scripts.catalogues import TRANSLATED, catalogue_path, read, template, wordings


def update(said: Catalog, language: str) -> int:
    """Rewrites one catalogue, keeping its translations; how many are still empty."""
    path = catalogue_path(language)
    if path.exists():
        catalogue = read(language)
        begun = catalogue.creation_date
        _forget_reworded(catalogue, said)
        catalogue.update(said, no_fuzzy_matching=True)
        catalogue.creation_date = begun
        catalogue.obsolete.clear()
    else:
        catalogue = _begin(said, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, catalogue, width=99, sort_output=True, include_lineno=False)
    return sum(1 for message in catalogue if message.id and not all(wordings(message)))


def _forget_reworded(catalogue: Catalog, said: Catalog) -> None:
    """A plural that says something else now is translated anew, though its singular stayed."""
    for message in said:
        kept = catalogue.get(message.id, message.context) if message.id else None
        if kept is not None and kept.id != message.id:
            catalogue.delete(message.id, message.context)


def _begin(said: Catalog, language: str) -> Catalog:
    catalogue = Catalog(
        locale=language,
        header_comment="# What Rollcall says. `make messages` brings this file in line.",
        project="Rollcall",
        version="1",
        msgid_bugs_address="see README.md",
        last_translator="the training unit",
        language_team=language,
        fuzzy=False,
    )
    catalogue.update(said, no_fuzzy_matching=True)
    return catalogue


def main() -> None:
    """Updates every language and says how much each still lacks."""
    said = template()
    for language in TRANSLATED:
        print(f"{language}: {update(said, language)} of {len(said)} sentences to translate")


if __name__ == "__main__":
    main()
