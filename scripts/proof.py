"""`make proof`: what takes too long for every test run, with its figures in docs/proof.md.

Without names, every part that has no line yet for this code, this seed and a clean tree is
played. One that was broken off goes on from what it kept under .cache/proof.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from scripts import proof_page, proofs
from scripts.proof_page import Line, Tree
from scripts.proofs import Disproved, Part, Run

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "proof.md"
KEPT = ROOT / ".cache" / "proof"
SEED = 20261122


def main() -> None:
    """Play the parts asked for and keep a line for each; exit 1 if one of them is disproved."""
    proofs.load_all()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("parts", nargs="*", help=f"any of: {', '.join(sorted(proofs.PARTS))}")
    given = parser.parse_args()
    for name in given.parts:
        if name not in proofs.PARTS:
            parser.error(f"there is no part {name}")
    names = given.parts or _still_to_play(given.seed)
    disproved = [name for name in names if not _played(proofs.PARTS[name], given.seed)]
    if disproved:
        sys.exit(f"disproved: {', '.join(disproved)}")


def _still_to_play(seed: int) -> list[str]:
    tree = Tree.of(ROOT)
    lines = proof_page.read(PAGE)
    names = []
    for name in sorted(proofs.PARTS):
        if name in lines and tree.counts(lines[name], seed):
            print(f"{name}: proved for this code already")
        else:
            names.append(name)
    return names


def _played(part: Part, seed: int) -> bool:
    """Play one part whole; its line is kept unless it is disproved."""
    before = Tree.of(ROOT)
    folder = KEPT / f"{part.name}-{before.code}-{seed}"
    if not before.is_clean:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{part.name}: playing, kept in {folder.relative_to(ROOT)}", flush=True)
    try:
        figures = part.play(Run(seed, 1.0, folder))
    except Disproved as seen:
        print(f"{part.name}: DISPROVED, seed {seed}: {seen}", flush=True)
        return False
    after = Tree.of(ROOT)
    is_clean = before.is_clean and after.is_clean and before.code == after.code
    line = Line(part.name, figures, before.commit, is_clean, seed)
    proof_page.keep(PAGE, line)
    print(line, flush=True)
    return True


if __name__ == "__main__":
    main()
