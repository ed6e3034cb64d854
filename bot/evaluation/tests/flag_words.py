"""What is worth a look at a question, in words and with a remedy."""

from __future__ import annotations

from collections.abc import Mapping

from bot.evaluation.tests.items import Flag
from bot.i18n import Text, _

FLAG_WORDS: Mapping[Flag, Text] = {
    Flag.TOO_EASY: _("nearly everybody has it right: it tells nobody apart"),
    Flag.TOO_HARD: _("hardly anybody has it right: was it taught, and is it clear?"),
    Flag.WEAK: _("it hardly tells those who know much from those who know little"),
    Flag.REVERSED: _("those who know much have it wrong: check which answer is right"),
    Flag.WRONG_FAVOURITE: _("a wrong answer is chosen more often than the right one"),
    Flag.IDLE_ANSWER: _("a wrong answer is chosen by hardly anybody: put a better one"),
}
