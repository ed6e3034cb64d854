"""What a line says besides: the eleven points of an operational plan (F annex 2)."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _

DETAIL_WORDS: Mapping[str, Text] = {
    "objectives": _("Objectives"),
    "audience": _("Who is trained, by target group"),
    "methods": _("Methods for each group"),
    "timetable": _("Timetable"),
    "materials": _("Materials: by whom, by when"),
    "responsibilities": _("Who does what; what third parties do"),
    "environment": _("Rooms and equipment; what is rented"),
    "arrangements": _("Travel, lodging, communication"),
    "testing": _("How knowledge is tested, with what"),
    "assessment": _("How success is judged; what if something fails"),
    "resources": _("Money and people needed"),
}
PERIOD = "period"
"""How long and at what hours in the words of the plan, where figures do not say it."""
LONGEST = 1000


def lacking(details: Mapping[str, object]) -> list[Text]:
    """The points that nothing is said about yet, in the order of the list."""
    return [words for name, words in DETAIL_WORDS.items() if not details.get(name)]
