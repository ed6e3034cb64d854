"""Whole files: workbooks put together from nonsense, separated text, damaged real ones."""

from __future__ import annotations

import io
import random
import struct
import zipfile

from hypothesis import strategies as st

from scripts.fuzzing import parts_of_books as parts
from scripts.fuzzing.parts_of_books import LINKS, MAIN, PACKAGE

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "koi8-r", "utf-7")
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.spreadsheetml.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"),
            ("sharedStrings", "sharedStrings"),
        )
    )
    + "</Types>"
)  # fmt: skip
SEPARATORS = (",", ";", "\t", "|", ",", ",")


def archive(members: dict[str, str]) -> bytes:
    """A packed archive of these members."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target.getvalue()


def book(
    sheet: str,
    name: str = "Sheet1",
    *,
    shared: str = "",
    others: str = "",
    properties: str = "",
) -> bytes:
    """A workbook of one sheet and of `others`, in XML, which may say anything of itself."""
    sheets = f'<sheet name="{name}" sheetId="1" r:id="r1"/>{others}'
    relations = f'<Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    for place, kind in enumerate(("sharedStrings", "styles")):
        relations += f'<Relationship Id="s{place}" Type="{LINKS}/{kind}" Target="{kind}.xml"/>'
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 46, 20))
    root = f'<Relationship Id="r1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    return archive(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{root}</Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
            f"{properties}<sheets>{sheets}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}'
            "</Relationships>",
            "xl/worksheets/sheet1.xml": sheet,
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>{formats}</cellXfs>'
            "</styleSheet>",
        }
    )


@st.composite
def hostile_book(draw: st.DrawFn, headings: tuple[str, ...], name: str) -> bytes:
    """A workbook whose cells, spans, declarations or sizes are nothing a spreadsheet writes."""
    rows = draw(parts.rows(headings))
    if draw(st.integers(0, 14)) == 0:
        rows += draw(st.sampled_from(parts.EXTREMES))()
    spans = draw(st.lists(st.sampled_from(parts.SPANS), max_size=2))
    merged = "".join(f'<mergeCell ref="{span}"/>' for span in spans) * draw(
        st.sampled_from((1, 1, 1, 9000))
    )
    used = draw(st.sampled_from(("", '<dimension ref="A1:XFD1048576"/>', '<dimension ref="?"/>')))
    before = draw(st.sampled_from(("", "", "", '<?xml version="1.0" encoding="cp037"?>')))
    if draw(st.integers(0, 9)) == 0:
        before = draw(st.sampled_from(parts.DECLARED))
        rows = rows.replace("</t>", draw(st.sampled_from(parts.INSIDE)) + "</t>", 3)
    sheet = (
        f'{before}<worksheet xmlns="{MAIN}">{used}<sheetData>{rows}</sheetData>'
        f"<mergeCells>{merged}</mergeCells></worksheet>"
    )
    others = draw(st.sampled_from(("", "", "", '<sheet name="b" sheetId="2" r:id="r1"/>' * 300)))
    since_1904 = draw(st.sampled_from(("", '<workbookPr date1904="1"/>')))
    shared = "<si><t>staff_no</t></si>" * draw(st.integers(0, 3))
    title = draw(st.sampled_from((name, "Sheet1", "survey", "\u202e")))
    inside = draw(st.sampled_from(("", "", "", "&x;")))
    return book(sheet, title, shared=shared + inside, others=others, properties=since_1904)


def bomb(megabytes: int) -> bytes:
    """A workbook whose sheet is this many megabytes of zeros, and small when packed."""
    whole = book("")
    target = io.BytesIO(whole)
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open("xl/worksheets/sheet2.xml", "w", force_zip64=True) as sheet,
    ):
        for _block in range(megabytes):
            sheet.write(bytes(1 << 20))
    return target.getvalue()


def lying(megabytes: int) -> bytes:
    """The same, where the archive says that there are a hundred bytes."""
    words = "a" * (megabytes << 20)
    honest = book("", shared=f"<si><t>{words}</t></si>")
    size = len(f'<sst xmlns="{MAIN}"><si><t>{words}</t></si></sst>')
    return honest.replace(struct.pack("<I", size), struct.pack("<I", 100))


@st.composite
def text(draw: st.DrawFn, headings: tuple[str, ...]) -> bytes:
    """Separated text: with quotation marks that do not match, in one encoding or in two."""
    separator = draw(st.sampled_from(SEPARATORS))
    lines = [separator.join(headings)]
    for _line in range(draw(st.integers(0, 6))):
        cells = draw(_values(headings))
        quoted = [f'"{cell}"' if draw(st.integers(0, 3)) == 0 else cell for cell in cells]
        lines.append(separator.join(quoted))
    end = draw(st.sampled_from(("\n", "\r\n", "\r", "\n\n", '"\n', "\x00\n", "\u2028")))
    content = end.join(lines).encode(draw(st.sampled_from(ENCODINGS)), "replace")
    if draw(st.integers(0, 5)) == 0:
        content += draw(st.binary(max_size=60))
    if draw(st.integers(0, 40)) == 0:
        content += draw(st.sampled_from((b",", b"\n", b'"\n', b'"x', b"a,b\n"))) * 2_000_000
    return content


@st.composite
def _values(draw: st.DrawFn, headings: tuple[str, ...]) -> list[str]:
    if draw(st.booleans()):
        return draw(st.lists(st.sampled_from(parts.WORDS + parts.NUMBERS), max_size=12))
    sound = [draw(st.sampled_from(parts.SOUND.get(name, ("",)))) for name in headings]
    if draw(st.booleans()):
        sound[draw(st.integers(0, len(sound) - 1))] = draw(st.sampled_from(parts.WORDS))
    return sound


def damaged(content: bytes, seed: int) -> bytes:
    """The file with bytes changed, cut out or put in: in the archive, or in one of its members."""
    chance = random.Random(seed)
    if content.startswith(b"PK") and chance.random() < 0.7:
        return _damaged_inside(content, chance)
    return _with_changes(content, chance)


def _with_changes(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _change in range(chance.choice((1, 1, 2, 5, 30))):
        place = chance.randrange(len(changed) + 1)
        length = chance.choice((0, 1, 1, 2, 8, 100))
        new = chance.choice((b"", chance.randbytes(1), chance.randbytes(8), b"\x00", b"<", b'"'))
        changed[place : place + length] = new
    return bytes(changed)


def _damaged_inside(content: bytes, chance: random.Random) -> bytes:
    target = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
            names = old.namelist()
            chosen = chance.choice(names)
            for name in names:
                inside = old.read(name)
                new.writestr(name, _with_changes(inside, chance) if name == chosen else inside)
    except (zipfile.BadZipFile, IndexError):
        return _with_changes(content, chance)
    return target.getvalue()
