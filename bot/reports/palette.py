"""Colours of an ordered scale: orange for the low side, blue for the high, grey between.

Told apart by people who do not see red from green, and on a grey print by lightness:
the low side carries stripes, the highest step is the darkest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_LOW_SIDE = ("#d9730d", "#fcd0a1")
_NEUTRAL = "#dedede"
_HIGH_SIDE = ("#0b3c6f", "#8fbfe0")
_STRIPE_DARKER = 0.82
_LIGHT_ENOUGH = 0.48


@dataclass(frozen=True, slots=True)
class Swatch:
    """How one step of a scale is painted; `stripes` is empty for a plain one."""

    fill: str
    ink: str
    stripes: str = ""


def scale(steps: int) -> tuple[Swatch, ...]:
    """One swatch for each step, lowest first; an odd number has a neutral middle."""
    half = steps // 2
    low = tuple(_swatch(colour, striped=True) for colour in _ramp(_LOW_SIDE, half))
    middle = (_swatch(_NEUTRAL),) if steps % 2 else ()
    high = tuple(_swatch(colour) for colour in reversed(_ramp(_HIGH_SIDE, half)))
    return low + middle + high


def _ramp(ends: tuple[str, str], count: int) -> list[str]:
    """Colours from the outermost step inwards."""
    span = max(1, count - 1)
    return [_mixed(*ends, number / span) for number in range(count)]


def _mixed(first: str, last: str, share: float) -> str:
    pairs = zip(_channels(first), _channels(last), strict=True)
    return _colour(one + (other - one) * share for one, other in pairs)


def _swatch(fill: str, *, striped: bool = False) -> Swatch:
    red, green, blue = _channels(fill)
    bright = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
    stripes = _colour(part * _STRIPE_DARKER for part in _channels(fill)) if striped else ""
    return Swatch(fill, "#1a1a1a" if bright > _LIGHT_ENOUGH else "#ffffff", stripes)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue


def _colour(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in channels)
