"""Kinds of training in words, and the sections that a plan is summed up by (C ch.3 case 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.i18n import Text, _
from bot.models.planning import Category, Change

CATEGORY_WORDS: Mapping[Category, Text] = {
    Category.BASIC: _("Basic"),
    Category.TECHNICAL: _("Technical"),
    Category.ELECTIVE: _("Elective"),
    Category.DIGITAL: _("Digital"),
    Category.INTERNATIONAL: _("International"),
    Category.ELEARNING: _("E-learning"),
    Category.PUBLIC: _("Public"),
}
CHANGE_WORDS: Mapping[Change, Text] = {
    Change.SAME: _("As last year"),
    Change.NEW: _("New"),
    Change.EXPANDED: _("Expanded"),
    Change.REDUCED: _("Reduced"),
    Change.RETITLED: _("New title"),
    Change.DISCONTINUED: _("Discontinued"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where lines of a category and section are counted: three levels of the education plan."""

    side: str
    group: str
    section: str
    category: Category

    @property
    def name(self) -> str:
        return self.section or self.group


INTERNAL, EXTERNAL = "Internal", "External"
PLACES = (
    Place(INTERNAL, "Basic", "Onboarding", Category.BASIC),
    Place(INTERNAL, "Basic", "Leadership", Category.BASIC),
    Place(INTERNAL, "Technical", "Basic", Category.TECHNICAL),
    Place(INTERNAL, "Technical", "Practical", Category.TECHNICAL),
    Place(INTERNAL, "Technical", "Advanced", Category.TECHNICAL),
    Place(INTERNAL, "Elective", "", Category.ELECTIVE),
    Place(INTERNAL, "Digital", "", Category.DIGITAL),
    Place(INTERNAL, "Global", "Global Experts", Category.INTERNATIONAL),
    Place(INTERNAL, "Global", "Tailored Customs House Training", Category.INTERNATIONAL),
    Place(INTERNAL, "Global", "Canine & Handler Training", Category.INTERNATIONAL),
    Place(INTERNAL, "E-Learning", "", Category.ELEARNING),
    Place(EXTERNAL, "Global", "International Customs Officials Training", Category.INTERNATIONAL),
    Place(EXTERNAL, "General Public", "E-Learning", Category.PUBLIC),
    Place(EXTERNAL, "General Public", "In-Person Learning", Category.PUBLIC),
)
"""The education plan as it is printed; its words are those of the workbook and not translated."""
OTHER = "Other"
WITH_SUBTOTAL = frozenset({"Basic", "Technical", "Global"})


def sections(category: Category) -> list[str]:
    """The sections that the education plan has for a category; others may be typed."""
    return [place.section for place in PLACES if place.category is category and place.section]


def place_of(category: Category, section: str) -> Place:
    """Where a line is counted; a section that the education plan does not name is its group's
    “Other”.
    """
    own = [place for place in PLACES if place.category is category]
    wanted = section.casefold()
    found = next((place for place in own if place.section.casefold() == wanted), None)
    found = found or next((place for place in own if not place.section), None)
    return found or Place(own[0].side, own[0].group, OTHER, category)
