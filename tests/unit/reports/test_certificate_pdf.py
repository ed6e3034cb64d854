"""Certificates as PDF: one to a page, both languages, whatever names and titles contain."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
import typst

from bot.i18n import LANGUAGES, Texts
from bot.reports import fonts
from bot.reports.certificate_pdf import certificates
from bot.training.certificate_cards import Printed
from tests.unit.reports.test_pdf import MADE, NASTY, inside

LINK = "https://t.me/rollcall_bot?start=v-7KQ3M9XT2BHW"
PAPER = Printed(
    number="2026-0007",
    code="7KQ3-M9XT-2BHW",
    link=LINK,
    local="km",
    rank="Inspector",
    name_local="ជា បុប្ផា",
    name_english="Chea Bopha",
    title=Texts.of({"en": "Customs Valuation", "km": "ការវាយតម្លៃគយ", "ur": "کسٹمز ویلیوایشن"}),
    first=dt.date(2026, 2, 26),
    last=dt.date(2026, 3, 2),
    hours=24.0,
    place="Poipet",
    issued_on=dt.date(2026, 3, 3),
)
NAMES = {"km": "ជា បុប្ផា", "ur": "عائشہ خان", "en": "Chea Bopha"}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What was said on the pages, while they are really typeset."""
    seen: list[dict[str, object]] = []
    compile_sheet = typst.compile

    def spied(*args: object, **kwargs: object) -> bytes:
        seen.append(json.loads(kwargs["sys_inputs"]["data"]))
        return compile_sheet(*args, **kwargs)

    monkeypatch.setattr(typst, "compile", spied)
    return seen


def in_language(local: str) -> Printed:
    return replace(PAPER, local=local, name_local=NAMES[local])


@pytest.mark.parametrize("local", LANGUAGES)
def test_certificate__in_any_language__is_one_page_with_its_link(local: str) -> None:
    content = inside(certificates([in_language(local)], MADE))
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 1
    assert set(re.findall(rb"/URI\s*\((.*?)\)", content)) == {LINK.encode()}


def test_certificates__of_a_class__are_one_page_each() -> None:
    content = inside(certificates([in_language(local) for local in LANGUAGES] * 3, MADE))
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 9


@pytest.mark.parametrize(("local", "languages"), [("km", ["km", "en"]), ("en", ["en"])])
def test_page__speaks_the_local_language_first_then_english(
    told: list[dict[str, object]], local: str, languages: list[str]
) -> None:
    certificates([in_language(local)])
    (page,) = told[0]["certificates"]
    assert [block["language"] for block in page["blocks"]] == languages
    english = page["blocks"][-1]
    assert (english["rank"], english["name"]) == ("Inspector", "Chea Bopha")
    assert english["title"] == "Customs Valuation"
    assert english["when"] == "held from Feb 26, 2026 to Mar 2, 2026, Poipet, 24 hours"
    assert english["issued"] == "Certificate number 2026-0007, issued on Mar 3, 2026"
    assert english["check"].endswith("/verify 7KQ3-M9XT-2BHW")


@pytest.mark.parametrize("local", LANGUAGES)
def test_page__every_letter__is_in_our_fonts(told: list[dict[str, object]], local: str) -> None:
    certificates([in_language(local)])
    for block in told[0]["certificates"][0]["blocks"]:
        for words in (words for words in block.values() if isinstance(words, str)):
            assert fonts.missing_glyphs(words, block["language"]) == set()


@pytest.mark.parametrize(
    ("name_local", "name_english", "expected"),
    [("", "Chea Bopha", ["Chea Bopha", "Chea Bopha"]), (NAMES["km"], "", [NAMES["km"]] * 2)],
)
def test_page__a_name_missing_in_one_script__shows_the_other(
    told: list[dict[str, object]], name_local: str, name_english: str, expected: list[str]
) -> None:
    certificates([replace(PAPER, name_local=name_local, name_english=name_english)])
    (page,) = told[0]["certificates"]
    assert [block["name"] for block in page["blocks"]] == expected


@pytest.mark.parametrize(
    ("hours", "place", "when"),
    [
        (None, "", "held on Mar 2, 2026"),
        (1.5, "", "held on Mar 2, 2026, 1.5 hours"),
        (None, "Poipet", "held on Mar 2, 2026, Poipet"),
    ],
)
def test_page__what_is_not_known__is_left_out(
    told: list[dict[str, object]], hours: float | None, place: str, when: str
) -> None:
    certificates([replace(PAPER, first=PAPER.last, hours=hours, place=place)])
    assert told[0]["certificates"][0]["blocks"][-1]["when"] == when


def test_signs_of_the_typesetter__in_what_the_roster_holds__are_plain_letters() -> None:
    title = Texts.of({"en": NASTY})
    paper = replace(PAPER, rank=NASTY, name_english=NASTY, title=title, place=NASTY)
    assert certificates([paper]).startswith(b"%PDF")


def test_none__is_refused() -> None:
    with pytest.raises(ValueError, match="no certificate"):
        certificates([])
