"""Whether a rule that somebody just wrote says what it is meant to: everything it names is there.

A value that nobody on the roster has is refused here only: later the last one may have left.
"""

from __future__ import annotations

from bot.campaigns.audiences import clauses, expanding, meaning
from bot.campaigns.audiences.rule import (
    Answered,
    Completed,
    InClass,
    Leaf,
    Meets,
    OneOf,
    Qualified,
    Rule,
    What,
    leaves,
)
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import LANGUAGES, Lines, Text, _
from bot.people import reach
from bot.people.access_table import Action

MOST_SHOWN = 5


def require_sound(ctx: Ctx, rule: Rule, name: str = "") -> None:
    """Refuse a rule with all that is wrong with it, a sentence each.

    `name` is that of the audience that is to have the rule, so that no circle closes.
    """
    faults = [sentence for leaf in leaves(rule) if (sentence := _fault(ctx, leaf)) is not None]
    if faults:
        shown = tuple(dict.fromkeys(faults))[:MOST_SHOWN]
        raise Refusal(Text("{lines}", (("lines", Lines(shown)),)))
    expanding.expanded(ctx, rule, inside=name)
    clauses.condition(ctx, rule)


def _fault(ctx: Ctx, leaf: Leaf) -> Text | None:
    try:
        _check(ctx, leaf)
    except Refusal as refusal:
        return refusal.sentence
    return None


def _check(ctx: Ctx, leaf: Leaf) -> None:
    match leaf:
        case OneOf(what, values):
            _check_values(ctx, what, values)
        case Qualified(_how, code):
            meaning.curriculum(ctx, code)
        case Completed(code):
            meaning.course(ctx, code)
        case Meets(code) | InClass(code):
            meaning.training_class(ctx, code)
        case Answered():
            meaning.require_answer(ctx, leaf)
        case _:
            return


def _check_values(ctx: Ctx, what: What, values: tuple[str, ...]) -> None:
    match what:
        case What.UNIT:
            meaning.units(ctx, values)
        case What.LANGUAGE:
            strange = [code for code in values if code.casefold() not in LANGUAGES]
            if strange:
                raise Refusal(_("There is no language {code}. There are: {codes}.",
                                code=strange[0], codes=", ".join(LANGUAGES)))  # fmt: skip
        case What.STAFF:
            within = clauses.anybody() & reach.within(ctx, Action.BROADCAST)
            meaning.require_staff(ctx, values, within)
        case _:
            meaning.require_spellings(ctx, what, values)
