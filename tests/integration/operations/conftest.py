"""A filled database of each kind, a key, and a sealed backup of each; made once a file."""

from __future__ import annotations

from pathlib import Path

import pyrage
import pytest

from tests.integration.operations.places import KINDS, Places, back_up, fill


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory, postgres_server: str) -> Places:
    """Addresses of databases of either kind."""
    return Places(tmp_path_factory.mktemp("places"), postgres_server)


@pytest.fixture(scope="session")
def originals(places: Places, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of a filled database of each kind, to be copied."""
    addresses = {kind: places.empty(kind) for kind in KINDS}
    for address in addresses.values():
        fill(address, tmp_path_factory.mktemp("cast") / "cast.json")
    return addresses


@pytest.fixture(scope="module")
def filled(places: Places, originals: dict[str, str]) -> dict[str, str]:
    """The address of a filled database of each kind, of this file's own."""
    return {kind: places.copy(address) for kind, address in originals.items()}


@pytest.fixture(scope="module")
def key() -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="module")
def recipient(key: pyrage.x25519.Identity) -> str:
    return str(key.to_public())


@pytest.fixture(scope="module")
def key_file(key: pyrage.x25519.Identity, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As age-keygen writes it."""
    file = tmp_path_factory.mktemp("key") / "key.txt"
    file.write_text(f"# created: 2026-03-02\n# public key: {key.to_public()}\n{key}\n", "utf-8")
    return file


@pytest.fixture(scope="module")
def backups(
    filled: dict[str, str], recipient: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """A sealed backup of each."""
    folder = tmp_path_factory.mktemp("backups")
    for kind, address in filled.items():
        back_up(address, folder / f"{kind}.age", recipient)
    return {kind: folder / f"{kind}.age" for kind in filled}
