"""A slice of every first of three long proofs."""

from __future__ import annotations

from tests.proofs.slicing import every_third

test_slice__of_each_proof__holds = every_third(0)
