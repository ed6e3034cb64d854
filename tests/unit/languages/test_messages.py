"""Bringing a catalogue in line keeps what is still said, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from scripts import messages
from scripts.catalogues import read

KEPT = ("{count} question.", "{count} questions.")
REWORDED = ("{count} question.", "About {count} questions.")


@pytest.fixture
def in_urdu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the Urdu catalogue of this test is; it translates `KEPT` and one more sentence."""
    path = tmp_path / "rollcall.po"
    monkeypatch.setattr("scripts.messages.catalogue_path", lambda language: path)
    monkeypatch.setattr("scripts.catalogues.catalogue_path", lambda language: path)
    catalogue = Catalog(locale="ur", fuzzy=False)
    catalogue.add(KEPT, ("{count} سوال۔", "{count} سوالات۔"))
    catalogue.add("Back", "پیچھے")
    with path.open("wb") as target:
        write_po(target, catalogue)
    return path


def said(*sentences: str | tuple[str, str]) -> Catalog:
    catalogue = Catalog(fuzzy=False)
    for sentence in sentences:
        catalogue.add(sentence)
    return catalogue


@pytest.mark.usefixtures("in_urdu")
def test_update__same_sentences__keeps_their_translations() -> None:
    assert messages.update(said(KEPT, "Back"), "ur") == 0
    assert read("ur")[KEPT].string == ("{count} سوال۔", "{count} سوالات۔")
    assert read("ur")["Back"].string == "پیچھے"


@pytest.mark.usefixtures("in_urdu")
def test_update__plural_reworded__is_to_be_translated_anew() -> None:
    assert messages.update(said(REWORDED, "Back"), "ur") == 1
    assert read("ur")[REWORDED].string == ("", "")


@pytest.mark.usefixtures("in_urdu")
def test_update__sentence_gone__is_not_left_over() -> None:
    messages.update(said(KEPT), "ur")
    assert read("ur").get("Back") is None
