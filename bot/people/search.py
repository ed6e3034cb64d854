"""Finding people by any spelling of their name, in any script, or by staff number.

`search_text` fills the person's `search` column; `matches` looks in it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_

from bot.models.people import Person

# Letters that the same name is typed with on an Arabic or on an Urdu keyboard.
SAME_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ه": "ہ", "ة": "ہ", "ۀ": "ہ"})
UNSEEN = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\u00ad\ufeff"))
MOST_WORDS = 6


def fold(text: str) -> str:
    """One spelling for all that a searcher would call the same.

    Case, accents on Latin letters, Arabic vowel signs, invisible joiners and the
    script of digits make no difference; Khmer vowels do.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(UNSEEN)
    letters = "".join(_folded(char) for char in plain.translate(SAME_LETTERS))
    return " ".join(letters.split())


def search_text(
    staff_no: str,
    full_name: str,
    names: Iterable[str] = (),
    name_latin: str = "",
    address_as: str = "",
) -> str:
    """What the `search` column of a person holds: every spelling, folded."""
    spellings = (staff_no, full_name, *names, name_latin, address_as)
    return " | ".join(dict.fromkeys(folded for text in spellings if (folded := fold(text))))


def matches(query: str) -> ColumnElement[bool]:
    """That a person's search text holds every word of the query; an empty one finds all."""
    words = fold(query).split()[:MOST_WORDS]
    return and_(True, *(Person.search.contains(word, autoescape=True) for word in words))


def _folded(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category == "Mn" and "ARABIC" in unicodedata.name(char, ""):
        return ""
    first = unicodedata.normalize("NFD", char)[0]
    return first if first.isascii() else char
