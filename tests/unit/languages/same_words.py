"""Words that a translation may leave as they are in English, each for a reason."""

NAMES_OF_LANGUAGES = frozenset({"English", "ភាសាខ្មែរ", "اردو"})
"""A language is offered under its own name, whoever reads the list."""

SENTENCES: dict[str, frozenset[str]] = {
    "km": frozenset(),
    "ur": frozenset({"{languages}: /language"}),
}
"""Whole sentences of the catalogue: what is left of them besides names is a command."""

FORM_WORDS = NAMES_OF_LANGUAGES | {"${asked}"}
"""Words of the library forms: the names of languages, and a question shown as it was asked."""
