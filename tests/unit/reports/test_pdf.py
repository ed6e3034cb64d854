"""Printed sheets: what they hold, whatever the names and labels contain."""

from __future__ import annotations

import datetime as dt
import json
import re
import zlib

import pytest
import segno
import typst

from bot.i18n import LANGUAGES, Texts
from bot.reports import typesetting
from bot.reports.pdf import Invite, PaperQuestion, invite_sheet, paper_form
from bot.reports.qr import QUIET_ZONE, qr_svg

NASTY = '#panic("x") *b* $a$ @ref <l> \\ // `c` = "quoted"'
LINK = "https://t.me/RollcallBot?start=inv_aB3_-9"
MADE = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)


def invites(count: int, name: str = "Sok Dara") -> list[Invite]:
    return [Invite(name, f"P-{number}", f"{LINK}{number}") for number in range(count)]


def inside(pdf: bytes) -> bytes:
    """Everything a PDF holds with its streams unpacked."""
    parts = [pdf]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What typst was given beside the source, while it really typesets."""
    seen: list[dict[str, str]] = []
    compile_sheet = typst.compile

    def spied(*args: object, **kwargs: object) -> bytes:
        seen.append(kwargs["sys_inputs"])
        return compile_sheet(*args, **kwargs)

    monkeypatch.setattr(typst, "compile", spied)
    return seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_invite_sheet__any_language__is_a_pdf_with_a_link_each(language: str) -> None:
    pdf = invite_sheet("Port", invites(13), language, MADE)
    assert pdf.startswith(b"%PDF")
    links = set(re.findall(rb"/URI\s*\((.*?)\)", inside(pdf)))
    assert links == {f"{LINK}{number}".encode() for number in range(13)}


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (10, 1), (11, 2), (22, 2), (23, 3)])
def test_invite_sheet__many_cards__go_on_over_pages(count: int, pages: int) -> None:
    content = inside(invite_sheet("Port", invites(count), "en", MADE))
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == pages


def test_invite_sheet__made_within_a_second__is_a_pdf() -> None:
    pdf = invite_sheet("Port", invites(1), "en", MADE.replace(microsecond=250_000))
    assert pdf.startswith(b"%PDF")


def test_invite_sheet__only_fonts_of_ours__are_embedded() -> None:
    office = "សាខា کسٹمز Port"
    content = inside(invite_sheet(office, invites(1), "en"))
    names = set(re.findall(rb"/FontName\s*/([\w+-]+)", content))
    families = {name.partition(b"+")[2].partition(b"-")[0] for name in names}
    assert families == {b"NotoSans", b"NotoSansKhmer", b"NotoNaskhArabic"}


def test_invite_sheet__signs_of_the_typesetter_in_a_name__are_plain_letters(
    told: list[dict[str, str]],
) -> None:
    assert invite_sheet(NASTY, invites(1, NASTY), "en").startswith(b"%PDF")
    assert json.loads(told[0]["data"])["invites"][0]["name"] == NASTY
    assert NASTY not in (typesetting.SHEETS / "invites.typ").read_text(encoding="utf-8")


def test_invite_sheet__same_date__is_the_same_file() -> None:
    one, two = (invite_sheet("Port", invites(2), "ur", MADE) for _ in range(2))
    assert one == two


def test_invite_sheet__nobody_to_invite__is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        invite_sheet("Port", [], "en")


def test_paper_form__choices_and_lines__are_told_apart(told: list[dict[str, str]]) -> None:
    questions = [
        PaperQuestion("How useful?", ("Not", "Very")),
        PaperQuestion("Which topics?", ("Origin " * 9, "Valuation"), several=True),
        PaperQuestion("Anything else?", lines=3, hint="In any language."),
    ]
    assert paper_form("Reaction", questions, "en", made_at=MADE).startswith(b"%PDF")
    first, second, third = json.loads(told[0]["data"])["questions"]
    assert (first["number"], first["hint"], first["short"]) == ("1.", "Mark one answer.", True)
    assert (second["hint"], second["short"]) == ("Mark every answer that applies.", False)
    assert (third["choices"], third["lines"], third["hint"]) == ([], 3, "In any language.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_form__signs_of_the_typesetter__are_plain_letters(language: str) -> None:
    label = Texts.of(dict.fromkeys(LANGUAGES, NASTY))
    question = PaperQuestion(label, (NASTY, NASTY), hint=NASTY)
    assert paper_form(NASTY, [question], language, NASTY).startswith(b"%PDF")


def test_paper_form__nothing_to_ask__is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        paper_form("Reaction", [], "en")


def test_qr_svg__link__has_every_dark_module_and_the_border() -> None:
    code = segno.make_qr(LINK, error="m")
    size = code.symbol_size(border=QUIET_ZONE)[0]
    drawing = qr_svg(LINK)
    assert f'viewBox="0 0 {size} {size}"' in drawing
    dark = drawing.partition('class="qrline"')[2]
    assert sum(map(int, re.findall(r"h(\d+)", dark))) == sum(map(sum, code.matrix))
