"""Audiences that a rule names, put in their place; a circle of them is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.campaigns.audiences import meaning
from bot.campaigns.audiences.grammar import parse
from bot.campaigns.audiences.rule import Leaf, Rule, Saved, leaves, replaced
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, _

MOST_CONDITIONS = 200
"""Databases bound how deep an expression can be."""
NOBODY_CHOSEN = _("Nobody is chosen yet. Add a condition, or type a rule.")


def read(text: str) -> Rule:
    """The rule of a text; refuses what is none, and a blank one."""
    rule = parse(text)
    if rule is None:
        raise Refusal(NOBODY_CHOSEN)
    if isinstance(rule, Text):
        raise Refusal(rule)
    return rule


def expanded(ctx: Ctx, rule: Rule, *, inside: str = "") -> Rule:
    """The rule with nothing saved in it, as it means today.

    Refuses audiences that there are not, a circle of them (`inside` is the name that the rule is
    to have), and more conditions than a database takes.
    """
    return _Expansion(ctx).of(rule, (inside,) if inside else ())


@dataclass(slots=True)
class _Expansion:
    ctx: Ctx
    known: dict[str, tuple[str, Rule]] = field(default_factory=dict)
    count: int = 0

    def of(self, rule: Rule, within: tuple[str, ...]) -> Rule:
        """`within` names the audiences that led here."""
        self.count += sum(1 for leaf in leaves(rule) if not isinstance(leaf, Saved))
        if self.count > MOST_CONDITIONS:
            raise Refusal(_("The rule has more than {most} conditions, those of the audiences in "
                            "it counted.", most=MOST_CONDITIONS))  # fmt: skip
        return replaced(rule, lambda leaf: self._leaf(leaf, within))

    def _leaf(self, leaf: Leaf, within: tuple[str, ...]) -> Rule:
        if not isinstance(leaf, Saved):
            return leaf
        if leaf.name not in self.known:
            row = meaning.audience(self.ctx, leaf.name)
            self.known[leaf.name] = row.name, read(row.rule)
        name, rule = self.known[leaf.name]
        if name in within:
            raise Refusal(_("The audience “{name}” means itself in the end. Change one of the "
                            "rules.", name=name))  # fmt: skip
        return self.of(rule, (*within, name))
