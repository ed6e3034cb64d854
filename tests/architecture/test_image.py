"""The Dockerfile takes files that are there and that .dockerignore lets through."""

from __future__ import annotations

from pathlib import Path

from scripts.dockerfile import copied, is_sent, steps
from tests.architecture.sources import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IGNORE = (ROOT / ".dockerignore").read_text(encoding="utf-8")


def test_image__copies_what_is_missing_or_ignored__found() -> None:
    taken = [name for step in steps(DOCKERFILE) if step.word == "COPY" for name in copied(step)[0]]
    absent = [name for name in taken if not (ROOT / name).exists()]
    kept_back = [name for name in taken if not is_sent(Path(name), IGNORE)]
    assert (absent, kept_back) == ([], [])


def test_image__secrets_data_and_caches__stay_outside() -> None:
    private = (".env", "data/rollcall.db", ".git/config", "tests/conftest.py")
    cached = ("bot/__pycache__/db.cpython-311.pyc", "bot/forms/__pycache__/x.pyc")
    assert [name for name in private + cached if is_sent(Path(name), IGNORE)] == []


def test_image__runs__as_a_plain_user() -> None:
    users = [step.arguments for step in steps(DOCKERFILE) if step.word == "USER"]
    assert users
    assert users[-1] not in {"root", "0"}


def test_requirements__name_an_address_or_lack_a_hash__found() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert "://" not in text
        assert "index-url" not in text
        assert [pin for pin in pins if not pin.endswith("\\")] == []
