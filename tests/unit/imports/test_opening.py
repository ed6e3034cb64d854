"""Bytes of every encoding, and what is kept of sentences and kinds."""

from __future__ import annotations

import pytest

from bot.errors import Fault, Severity
from bot.i18n import Percent, Text, _, _n
from bot.imports import csv_file
from bot.imports.cells import key
from bot.imports.findings import Findings, Unreadable
from bot.imports.kinds import Column, Kind, register
from bot.imports.plan import Plan
from bot.imports.wording import pack_fault, pack_text, unpack_fault, unpack_text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "ascii"]
)
def test_decode__encodings_that_tell_themselves__no_warning(encoding: str) -> None:
    found = Findings()
    words = "staff_no;full_name" if encoding != "utf-8" else "សុខ;اسلم"
    assert csv_file.decode(words.encode(encoding), found) == words
    assert found.faults == []


def test_decode__western_letters__read_with_a_warning() -> None:
    found = Findings()
    assert csv_file.decode("José Peña".encode("cp1252"), found) == "José Peña"
    assert [fault.code for fault in found.faults] == ["encoding-guessed"]


@pytest.mark.parametrize(
    "content", ["محمد اسلم".encode("cp1256"), "Привет".encode("cp1251"), b"a\x81"]
)
def test_decode__other_scripts_in_old_encodings__refused(content: bytes) -> None:
    with pytest.raises(Unreadable) as unreadable:
        csv_file.decode(content, Findings())
    assert unreadable.value.fault.code == "encoding-unknown"


@pytest.mark.parametrize(
    "sentence",
    [
        _("Nothing to fill in."),
        _("{staff_no} moves to {unit}", staff_no="00001", unit="សុខ"),
        _("{problem} It is {share}.", problem=_("Row {row}", row=3), share=Percent(0.25)),
        _n("{count} row", "{count} rows", 2),
    ],
)
def test_sentence__packed_and_unpacked__the_same(sentence: Text) -> None:
    fault = Fault(sentence, "Sheet1", 3, "unit", Severity.WARNING, "code")
    assert unpack_text(pack_text(sentence)) == sentence
    assert unpack_fault(pack_fault(fault)) == fault


def test_register__second_kind_of_the_name_or_unstarred_key__refused() -> None:
    columns = (Column("code", key, starred=True), Column("name", key))
    odd = Kind("odd", columns, ("name",), lambda _world, _records, _found: Plan())
    with pytest.raises(ValueError, match="starred"):
        register(odd)
    twice = Kind("people", columns, ("code",), lambda _world, _records, _found: Plan())
    with pytest.raises(ValueError, match="twice"):
        register(twice)
