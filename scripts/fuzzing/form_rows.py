"""Rows of forms: questions of every type and of none, with expressions that may mean nothing."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from scripts.fuzzing.expressions import expression
from scripts.fuzzing.parts_of_books import WORDS

HEADINGS = (
    "type", "name", "label", "label::Khmer (km)", "hint", "required", "relevant", "constraint",
    "constraint_message", "calculation", "default", "appearance", "parameters", "choice_filter",
    "read_only", "report_tag", "trigger", "correct", "score",
)  # fmt: skip
TYPES = (
    "text", "integer", "decimal", "date", "note", "calculate", "hidden", "range", "acknowledge",
    "select_one x", "select_multiple x", "select_one x or_other", "begin group", "end group",
    "begin repeat", "end repeat", "start", "today", "username", "image", "audio", "file", "audit",
    "select_one y", "select_one_from_file rollcall:people.csv",
    "select_one_from_file ../../etc/passwd.csv",
    "select_one_external z", "percentage", "", "xyz", "rank x", "osm",
)  # fmt: skip
NAMES = (
    "a",
    "b",
    "c",
    "a_other",
    "A",
    "1",
    "a b",
    "",
    "meta",
    "instanceID",
    "x" * 300,
    "ñ",
    "a-b",
)
PARAMETERS = (
    "", "start=1 end=5", "start=0 end=1e9 step=1e-9", "start=5 end=1", "step=0", "randomize=true",
    "randomize=true seed=${a}", "randomize=true seed=7",
    "max-pixels=9", "max-pixels=-1", "start=x", "start=1 end=100000000 step=1", "a=b" * 400,
)  # fmt: skip

CORRECT = ("p", "p q", "12 ± 0.5", "1e999", "± ±", ";", "2026-03-02", "x; y", "12", "-")
RULES = {
    "pass_mark": ("50", "0", "100", "1e9", "-1"),
    "attempts": ("3", "0", "99999999999"),
    "time_limit": ("20", "0.5", "10080"),
    "show_result": ("each", "end", "never", "EACH"),
    "shuffle_questions": ("a", "b c", "a a", "${a}"),
    "opens": ("2026-03-02", "9999-12-31 23:59", "0001-01-01"),
    "closes": ("2026-03-02 10:00", "9999-12-31", "2026-02-30"),
}


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """A form as Markdown, with up to a dozen questions and two lists."""
    lines = ["| survey |", f"| | {' | '.join(HEADINGS)} |"]
    for _row in range(draw(st.integers(1, 12))):
        filled = {"type", "name", "label", *draw(st.lists(st.sampled_from(HEADINGS), max_size=4))}
        cells = [_written(draw(_cell(one))) if one in filled else "" for one in HEADINGS]
        lines.append(f"| | {' | '.join(cells)} |")
    lines += ["| choices |", "| | list_name | name | label | k |"]
    for _row in range(draw(st.integers(0, 4))):
        words = [_written(draw(st.sampled_from(WORDS))) for _cell_ in range(3)]
        lines.append(f"| | {draw(st.sampled_from('xy'))} | {' | '.join(words)} |")
    chosen = draw(st.lists(st.sampled_from(tuple(RULES)), unique=True, max_size=3))
    names = ("form_id", "anonymous", "default_language", *chosen)
    lines += ["| settings |", f"| | {' | '.join(names)} |"]
    words = [_written(draw(st.sampled_from((*WORDS, "yes")))) for _cell_ in range(3)]
    words += [_written(draw(st.sampled_from((*RULES[one], *WORDS)))) for one in chosen]
    lines.append(f"| | {' | '.join(words)} |")
    return "\n".join(lines)


@cache
def _cell(heading: str) -> st.SearchStrategy[str]:
    if heading == "type":
        return st.sampled_from(TYPES)
    if heading == "name":
        return st.sampled_from(NAMES) | st.integers(0, 99).map("q{}".format)
    if heading == "label":
        return st.sampled_from(("A?", "${a}", "${b} ${", "")) | st.sampled_from(WORDS)
    if heading == "parameters":
        return st.sampled_from(PARAMETERS)
    if heading == "correct":
        return st.sampled_from(CORRECT) | st.sampled_from(WORDS)
    if heading == "appearance":
        return st.sampled_from(("table-list", "likert", "search", *WORDS))
    if heading in ("relevant", "constraint", "calculation", "default", "choice_filter"):
        return expression()
    return st.sampled_from(("yes", *WORDS))


def _written(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ").replace("\r", " ")


PLAIN_ANSWERS = ("x", 1, "2026-03-02", ["p"], "p", "")


SOUND = (
    "", "", "", "${a} = 'x'", "${number} > 1 or ${a} != ''", "${number} * 2 + 1", "today() + 7",
    "string-length(${a}) > 3", "concat(${a}, ${many}, ${b})", "if(${number} > 3, ${a}, ${b})",
    "once(${a})", "selected(${many}, 'p')", "coalesce(${b}, ${a})", "round(${number} div 3, 2)",
    "format-date(${date}, '%d %b %Y')", "${date} > today()", "regex(${a}, '[a-z]+')", "yes",
)  # fmt: skip


@st.composite
def asking(draw: st.DrawFn) -> str:
    """A form that may well be answered: sound rows, in one of which there is any expression."""
    lines = ["| survey |", "| | type | name | label | relevant | constraint | calculation |"]
    kinds = {"number": "integer", "date": "date", "many": "select_multiple x"}
    names = ("a", "b", "number", "date", "many", "c", "d", "e")
    strange = draw(st.sampled_from(names[5:]))
    for name in names:
        asked = name in names[:5]
        words = draw(expression() if name == strange else st.sampled_from(SOUND))
        kind = kinds.get(name, "text") if asked else draw(st.sampled_from(("calculate", "text")))
        place = 2 if kind == "calculate" else draw(st.integers(0, 1))
        cells = ["", "", "1" if kind == "calculate" else ""]
        label = "A?" if name == "a" else "About ${a}?"
        if not asked:
            cells[place] = _written(words) or cells[place]
        lines.append(f"| | {kind} | {name} | {label} | {' | '.join(cells)} |")
    choices = ["| choices |", "| | list_name | name | label | k |"]
    choices += [f"| | x | {code} | {code} ${{a}} | {code} |" for code in "pqr"]
    return "\n".join(lines + choices)
