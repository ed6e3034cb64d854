"""Cells, rows and documents of workbooks as no spreadsheet program would write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hypothesis import strategies as st

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

WORDS = (
    "", " ", "00101", "00102", "00999", "Dara Sok", "North/Border/Meru Port", "Sila Post", "HS-1",
    "HS-26A", "yes", "km", "2026-03-02", "2026-02-30", "08:30", "Mon-Fri", "enrolled", "open",
    "=1+1", "=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "'=1", "#N/A", "A" * 5000,
    "\u202eevil", "\u200f", "a\u0301" * 40, "ក" * 300, "🙂" * 300, "{name}", "%s", "<b>",
    "../../etc/passwd", "1e308", "9" * 400, "-0", "a;b;;", "/", "a/b/c/d/e", "::", "\ufeff",
    "x\ny", "staff_no", "${a}", "1E+15", "NaN", "nan", "inf", "ß", "ﬁ", "٣", "\ud7ff",
)  # fmt: skip
NUMBERS = (
    "0", "1", "-1", "0.5", "60", "61", "2958465", "2958466", "1e10", "1e15", "1e308", "-1e308",
    "1e-308", "NaN", "inf", "9" * 400, "101", "", "x", "-693594", "0x10", "1_0", "+1",
)  # fmt: skip
KINDS_OF_CELL = ("n", "s", "str", "b", "e", "d", "inlineStr", "zzz", "")
PLACES = (
    "A1", "A2", "D2", "C3", "XFD2", "A1048576", "XFD1048576", "A0", "A", "2", "", "a2", "$A$2",
    "AAAAAAAA2", "A99999999999", "ZZZ9", "A-1",
)  # fmt: skip
SPANS = ("A1:B2", "A2:A9", "A1:XFD1048576", "B2", "x", "", "B2:A1", "A2:A99999999999", "A1:A1:A1")
HEADING = '<c t="inlineStr"><is><t>staf_no{}</t></is></c>'
DECLARED = (
    '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE w SYSTEM "http://192.0.2.1/w.dtd">',
    "<!DOCTYPE w ["
    '<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    + "]>",
)
INSIDE = ("&x;", "&m;", "&#0;", "&#xD800;", "&lt;", "<b>", "]]>", "<!--", "<![CDATA[=1]]>", "\x00")


SOUND: Mapping[str, tuple[str, ...]] = {
    "staff_no": ("00101", "00111", "00201", "00202", "00203"),
    "full_name": ("Dara Sok", "សុខ ដារ៉ា", "=1+1", "'+1", "@a", "O’Neill; A", "-x", "\u202eb"),
    "rank": ("", "=cmd|' /C calc'!A0", "Inspector"), "unit": ("Meru Port", "A/B/C", "/Sila Post"),
    "supervisor_staff_no": ("", "00101", "00201", "00202"), "focal_for": ("", "Meru Port;A"),
    "phone": ("", "+85512345678", "012345678"), "active": ("", "yes", "no"),
    "code": ("HS-1", "VAL-1", "X-1", "=X", "-1"), "title": ("Valuation", "=1", "ក"),
    "hours": ("", "12", "1.5"), "class_code": ("HS-26A", "VAL-26A", "N-1", "+N"),
    "course_code": ("HS-1", "VAL-1"), "seats": ("20", "1"), "starts_on": ("", "2026-04-06"),
    "ends_on": ("", "2026-04-10"), "trainer": ("", "00103"), "status": ("", "enrolled"),
    "place": ("", "\t=1", "@Gate"), "weekdays": ("", "Mon-Fri"), "entry": ("", "open"),
}  # fmt: skip
"""Values that can be taken, some of which a spreadsheet would calculate."""


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def inline(place: str, words: str) -> str:
    """A cell of words that says its place."""
    return f'<c r="{place}" t="inlineStr"><is><t>{escaped(words)}</t></is></c>'


@st.composite
def cell(draw: st.DrawFn, place: str) -> str:
    """A cell, mostly of words; now and then a number, a date, a formula or nonsense."""
    chance = draw(st.integers(0, 9))
    if chance < 4:
        return inline(place, draw(st.sampled_from(WORDS)))
    where = draw(st.sampled_from(PLACES)) if chance == 9 else place
    kind = draw(st.sampled_from(KINDS_OF_CELL))
    style = draw(st.sampled_from(("0", "1", "2", "3", "99", "-1", "x")))
    value = draw(st.sampled_from(NUMBERS) | st.sampled_from(WORDS).map(escaped))
    formula = draw(st.sampled_from(("", "", "<f>1+1</f>", "<f/>", '<f t="shared" si="9">A1</f>')))
    told = f' r="{where}"' if draw(st.integers(0, 9)) else ""
    return f'<c{told} s="{style}" t="{kind}">{formula}<v>{value}</v></c>'


@st.composite
def rows(draw: st.DrawFn, headings: tuple[str, ...]) -> str:
    """A header and up to six rows below it, in places of their own or of no sheet."""
    told = list(draw(st.permutations(headings))) if draw(st.booleans()) else list(headings)
    if draw(st.integers(0, 5)) == 0:
        told += draw(st.lists(st.sampled_from(headings + WORDS), max_size=4))
    letters = [chr(65 + n % 26) for n in range(len(told))]
    header = [inline(f"{letter}1", words) for letter, words in zip(letters, told, strict=True)]
    written = [f'<row r="1">{"".join(header)}</row>']
    for number in range(2, 2 + draw(st.integers(0, 6))):
        cells = [draw(cell(f"{letter}{number}")) for letter in letters]
        if draw(st.integers(0, 2)):
            cells = [
                inline(f"{letter}{number}", draw(st.sampled_from(SOUND[name])))
                if name in SOUND
                else ""
                for letter, name in zip(letters, told, strict=True)
            ]
        away = st.sampled_from(("0", "-1", "x", "1048576", "99999999999"))
        place = draw(st.just(str(number)) if draw(st.integers(0, 19)) else away)
        written.append(f'<row r="{place}">{"".join(cells)}</row>')
    return "".join(written)


EXTREMES: tuple[Callable[[], str], ...] = (
    lambda: f"<row>{'<c><v>1</v></c>' * 3000}</row>{'<row/>' * 300_000}<row><c><v>1</v></c></row>",
    lambda: f'<row r="9">{inline("B9", "x" * 10_000_000)}</row>',
    lambda: "<row r='9'><c r='XFD1048576'><v>1</v></c></row>",
    lambda: '<row r="9"><c r="&#88;FD1048576"><v>1</v></c></row>',
    lambda: '<!-- <c r="A999999"><f>1</f></c> --><!-- <f> ' + '<c r="A1" ' * 90_000 + "-->",
    lambda: '<row r="1">' + "".join(map(HEADING.format, range(16_384))) + "</row>",
    lambda: "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 60_000)),
    lambda: "<row>" * 20_000,
    lambda: " " * 30_000_000 + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
)
"""Rows that are few bytes when packed and very many cells, or very long ones."""
