"""When a disk counts as nearly full, in bytes."""

from __future__ import annotations

FULL = 300_000_000
"""Less than this, and the operator is told."""
ROOMY = 600_000_000
"""More than this, and they are told that it is over."""
