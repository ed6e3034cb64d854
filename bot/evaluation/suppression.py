"""Which groups may be shown apart, so that nobody hidden can be worked out: pure.

A group below the threshold is hidden, and with it as many of the next smallest as it
takes for those hidden to be at least two groups and together reach the threshold.
"""

from __future__ import annotations

from collections.abc import Mapping


def groups_to_show(sizes: Mapping[str, int], threshold: int) -> frozenset[str]:
    """The names of the groups whose figures may stand beside the total.

    `sizes` are answers per group and add up to the total that is shown; the total less
    all shown groups is either nothing or at least `threshold`.
    """
    filled = sorted((size, name) for name, size in sizes.items() if size > 0)
    hidden = [pair for pair in filled if pair[0] < threshold]
    shown = filled[len(hidden) :]
    while hidden and shown and not _is_safe(hidden, threshold):
        hidden.append(shown.pop(0))
    return frozenset(name for _size, name in shown)


def _is_safe(hidden: list[tuple[int, str]], threshold: int) -> bool:
    return len(hidden) > 1 and sum(size for size, _name in hidden) >= threshold
