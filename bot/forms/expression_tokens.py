"""Cuts an expression into tokens, and says in a sentence which sign does not belong there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.i18n import Text, _

MAX_TOKENS = 1000
EXAMPLE = "${name}"

SMART_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " "})

UNPRINTABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold, and so none that evaluates expressions."""

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<foreign>==|&&|\|\||<>|!(?!=)|//|\.\.|::|[/|@\[\]{}%^&;\\])
      | (?P<reference>\$\{[^{}]*\})
      | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
      | (?P<literal>"[^"]*"|'[^']*')
      | (?P<operator><=|>=|!=|[=<>+\-*])
      | (?P<open>\() | (?P<close>\)) | (?P<comma>,)
      | (?P<itself>\.)
      | (?P<word>[^\W\d](?:[\w\-]|\.(?=\w))*(?::[^\W\d][\w\-]*)?)""",
    re.VERBOSE,
)


_WORDS = {"yes": "true()", "true": "true()", "no": "false()", "false": "false()"}


class ExpressionProblem(Exception):
    """An expression that cannot be used; `code` is stable, the sentence is shown."""

    def __init__(self, code: str, sentence: Text) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str


def normalise(text: str) -> str:
    """The expression with curled quotation marks made straight, a bare yes or no made a call."""
    straight = text.translate(SMART_QUOTES).strip()
    return _WORDS.get(straight.lower(), straight)


def tokens(text: str) -> list[Token]:
    """The tokens of an expression; raises ExpressionProblem for what is none."""
    if UNPRINTABLE.search(text):
        raise ExpressionProblem(
            "unprintable_sign",
            _("The expression holds a sign that cannot be seen. Type the expression again."),
        )
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup == "foreign":
            raise _foreign(text, position, match.group() if match else text[position])
        if match.lastgroup != "space":
            found.append(Token(match.lastgroup or "", match.group()))
        position = match.end()
    if len(found) > MAX_TOKENS:
        raise ExpressionProblem(
            "expression_too_long",
            _("The expression has too many parts. Split it with a calculate row."),
        )
    return found


def _foreign(text: str, position: int, found: str) -> ExpressionProblem:
    if found in _INSTEAD:
        return ExpressionProblem(
            "foreign_operator",
            _("Write {right} instead of {wrong}.", right=_INSTEAD[found], wrong=found),
        )
    if found in "'\"":
        return ExpressionProblem(
            "open_quote", _("A quotation mark is opened and not closed. Close it.")
        )
    if found in ("//", "/", ".."):
        return ExpressionProblem(
            "path",
            _(
                "Paths with / or .. cannot be used. Name the question as {example} instead.",
                example=EXAMPLE,
            ),
        )
    if text.startswith("${", position):
        return ExpressionProblem(
            "open_reference",
            _("A question is named as {example}; close the curly bracket.", example=EXAMPLE),
        )
    return ExpressionProblem(
        "foreign_sign", _("The sign {sign} cannot be used here. Remove it.", sign=found)
    )


_INSTEAD = {"==": "=", "&&": "and", "||": "or", "<>": "!=", "!": "not(…)", "&": "and", "%": "mod"}
