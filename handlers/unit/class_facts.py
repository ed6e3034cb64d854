"""What the training unit reads of a class beside its dates: entry, wait list, what collides."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import LANGUAGES, Joined, Text, Words, _, _n
from bot.training.class_details import ClassDetails
from handlers.common.foreign_offer import offer_lines

ENTRY_WORDS: Mapping[str, Text] = {
    "open": _("Officers ask for a place."),
    "nominated": _("Officers are nominated."),
    "ordered": _("Officers are ordered to attend."),
}


def detail_lines(found: ClassDetails) -> list[Words]:
    """One line for each fact that is known; what collides comes last."""
    language = LANGUAGES.get(found.language, found.language)
    told: list[tuple[object, Words]] = [
        (found.least_trainees, _("Fewest trainees: {count}", count=found.least_trainees)),
        (found.backup, _("Backup trainer: {name}", name=found.backup)),
        (found.cohort, _("Cohort: {cohort}", cohort=found.cohort)),
        (language, _("Language of the class: {language}", language=language)),
        (found.bring, _("Trainees bring: {things}", things=found.bring)),
        (found.copied_from, _("Copied from class {code}", code=found.copied_from)),
        *((words, words) for words in offer_lines(found.offer)),
        (found.closed, _("This class has been closed.")),
    ]
    known = [words for fact, words in told if fact]
    return [*_waiting(found), _entry(found), *known, *found.warnings]


def _waiting(found: ClassDetails) -> list[Words]:
    """How many are on the list without a place; nothing where nobody is."""
    parts = [
        _n("{count} waits for a seat", "{count} wait for a seat", found.waiting),
        _n("{count} is not decided about", "{count} are not decided about", found.undecided),
        _n("{count} is interested", "{count} are interested", found.interested),
    ]
    said = tuple(part for part in parts if part.count)
    return [Text("{parts}", (("parts", Joined(said)),))] if said else []


def _entry(found: ClassDetails) -> Words:
    words = ENTRY_WORDS[found.entry]
    if found.order_no:
        words = _("{entry} Order {number}.", entry=words, number=found.order_no)
    if found.enrol_by is None:
        return words
    return _("{entry} Until {day}.", entry=words, day=found.enrol_by)
