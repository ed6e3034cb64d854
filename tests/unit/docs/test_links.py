"""Links and pictures of the guides lead somewhere, and pictures stay small."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.docs.reading import DOCS, PAGES, ROOT, anchors, links, name_of

PICTURES = sorted((DOCS / "screenshots").glob("*"))
LARGEST, ALL_OF_THEM = 150_000, 4_000_000


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links__of_every_page__lead_to_files_and_headings(page: Path) -> None:
    lost = []
    for link in links(page):
        path, _hash, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        is_there = target.exists() and (not anchor or anchor in anchors(target))
        if not is_there:
            lost.append(link)
    assert lost == []


def test_pages__in_docs__are_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        targets = [(page.parent / link.partition("#")[0]).resolve() for link in links(page)]
        waiting += [target for target in targets if target.suffix == ".md"]
    in_front = {page for page in PAGES if page.parent == DOCS}
    assert in_front - reached == set()


def test_pictures__in_the_repository__are_shown_somewhere() -> None:
    shown = {(page.parent / link).resolve() for page in PAGES for link in links(page)}
    assert [picture.name for picture in PICTURES if picture not in shown] == []


def test_pictures__in_the_repository__are_small() -> None:
    sizes = {picture.name: picture.stat().st_size for picture in PICTURES}
    assert {name: size for name, size in sizes.items() if size >= LARGEST} == {}
    assert sum(sizes.values()) < ALL_OF_THEM
