"""Rules of audiences at random, as a form or a hand could have made them."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.campaigns.audiences.grammar import plain_text
from bot.campaigns.audiences.rule import (
    KEYWORDS,
    AllOf,
    Answered,
    AnyOf,
    Completed,
    Everybody,
    How,
    InClass,
    Leaf,
    Meets,
    OneOf,
    Qualified,
    Rule,
    Saved,
    What,
    joined,
    negated,
)
from bot.models.training import EnrolmentState

words = (
    st.one_of(
        st.text(min_size=1, max_size=12),
        st.sampled_from([*sorted(KEYWORDS), "VAL", "ប៉ោយប៉ែត", "دفتر", 'The "old" post', "("]),
    )
    .map(plain_text)
    .filter(bool)
)


def leaves() -> st.SearchStrategy[Leaf]:
    """One condition of any kind."""
    return st.one_of(
        st.just(Everybody()),
        st.builds(
            OneOf,
            st.sampled_from(What),
            st.lists(words, min_size=1, max_size=3, unique=True).map(tuple),
        ),
        st.builds(Qualified, st.sampled_from([How.HOLDS, How.LACKS]), words),
        st.builds(Qualified, st.just(How.EXPIRING), words, st.integers(1, 3660)),
        st.builds(Completed, words, st.integers(0, 1200)),
        st.builds(Meets, words),
        st.builds(Answered, words),
        st.builds(Answered, words, words, words),
        st.builds(InClass, words, st.one_of(st.none(), st.sampled_from(EnrolmentState))),
        st.builds(Saved, words),
    )


def _grown(parts: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(parts, min_size=2, max_size=4)
    return st.one_of(
        parts.map(negated),
        several.map(lambda found: joined(AllOf, found)),
        several.map(lambda found: joined(AnyOf, found)),
    )


rules = st.recursive(leaves(), _grown, max_leaves=12)
