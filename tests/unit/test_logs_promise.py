"""Whatever anybody typed, in whatever way it got into a record: it is not in the log."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Retry
from bot.logs import TEXT, Discreet, json_formatter

SAID = st.text(alphabet=st.characters(min_codepoint=0x21, exclude_categories=["Cs"])).map(
    lambda words: f"«{words}»"
)
FORMATTERS = {"text": lambda: Discreet(TEXT), "json": json_formatter}
LIBRARIES = st.sampled_from(["aiohttp.client", "sqlalchemy.pool", "telegram.ext", "asyncio"])


def written(form: str, record: logging.LogRecord) -> str:
    """The line, with JSON's escapes undone."""
    line = FORMATTERS[form]().format(record)
    return line if form == "text" else json.dumps(json.loads(line), ensure_ascii=False)


def record(name: str, message: object, *args: object, error: object = None) -> logging.LogRecord:
    return logging.LogRecord(
        name, logging.ERROR, "/code/part.py", 7, message, args or None, error,  # type: ignore[arg-type]
    )  # fmt: skip


def raised(said: str) -> tuple[type[BaseException], BaseException, object]:
    """An error that quotes what was said, caused by another that does."""
    try:
        try:
            raise ValueError(said)
        except ValueError as cause:
            raise KeyError(said, 3) from cause
    except KeyError:
        found = sys.exc_info()
        assert found[0] is not None
        assert found[1] is not None
        return found[0], found[1], found[2]


@pytest.mark.parametrize("form", FORMATTERS)
@given(said=SAID)
def test_exception__with_its_cause__only_kind_and_place(form: str, said: str) -> None:
    line = written(form, record("bot.desk", "update %s hit a bug", 7, error=raised(said)))
    assert said not in line
    assert "builtins.KeyError" in line
    assert "update 7 hit a bug" in line


@pytest.mark.parametrize("form", FORMATTERS)
@given(said=SAID)
def test_exception__given_as_an_argument__only_its_kind(form: str, said: str) -> None:
    line = written(form, record("bot.desk", "not done: %s", ValueError(said)))
    assert said not in line
    assert "not done: builtins.ValueError" in line


@pytest.mark.parametrize("form", FORMATTERS)
@given(said=SAID)
def test_exception__given_as_the_message__only_its_kind(form: str, said: str) -> None:
    assert said not in written(form, record("bot.desk", ValueError(said)))


@pytest.mark.parametrize("form", FORMATTERS)
def test_retry__whose_words_are_the_programs_own__is_told(form: str) -> None:
    line = written(form, record("bot.desk", "polling: %s", Retry("the database is busy")))
    assert "polling: the database is busy" in line


@pytest.mark.parametrize("form", FORMATTERS)
@given(library=LIBRARIES, said=SAID)
def test_library__whatever_it_writes__place_only(form: str, library: str, said: str) -> None:
    whole = written(form, record(library, f"failed: exception={said!r} {said}"))
    parts = written(form, record(library, "failed for %s with %r", said, {"text": said}))
    assert said not in whole + parts
    assert "/code/part.py:7" in whole
    assert "failed for %s with %r at /code/part.py:7" in parts


@pytest.mark.parametrize("form", FORMATTERS)
@given(said=SAID)
def test_extras__that_hang_on_a_record__are_left_out(form: str, said: str) -> None:
    made = record("bot.desk", "taken")
    made.answer, made.stack_info, made.exc_text = said, said, said
    assert said not in written(form, made)


@pytest.mark.parametrize("form", FORMATTERS)
@given(
    number=st.integers(10_000, 10**12), rest=st.from_regex(r"[A-Za-z0-9_-]{20,40}", fullmatch=True)
)
def test_token__of_any_bot_in_any_address__is_not_written(
    form: str, number: int, rest: str
) -> None:
    for between in (":", "%3A", "%3a"):
        address = f"https://api.telegram.org/bot{number}{between}{rest}/getMe"
        line = written(form, record("bot.edge", "no answer from %s", address))
        assert rest not in line
        assert "/bot(token)/getMe" in line


@pytest.mark.parametrize("form", FORMATTERS)
@given(password=st.from_regex(r"[^/\s@\"\\]{1,30}", fullmatch=True))
def test_address__with_a_password__is_written_without(form: str, password: str) -> None:
    address = f"postgresql://rollcall:{password}@db.example/rollcall"
    line = written(form, record("bot.db", "cannot reach %s", address))
    assert "postgresql://(login)@db.example/rollcall" in line


async def test_asyncio__task_that_nobody_awaits__quotes_nothing() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Discreet(TEXT))
    logging.getLogger("asyncio").addHandler(handler)

    async def fails() -> None:
        raise ValueError("the trainer was unfair")

    task = asyncio.ensure_future(fails())
    await asyncio.sleep(0.01)
    asyncio.get_running_loop().call_exception_handler(
        {"message": "Task exception was never retrieved", "exception": task.exception(),
         "task": task}
    )  # fmt: skip
    logging.getLogger("asyncio").removeHandler(handler)
    assert "unfair" not in out.getvalue()
    assert "builtins.ValueError" in out.getvalue()


ENDS = {
    "a bug": "raise ValueError('the trainer was unfair')",
    "a bug in a thread": (
        "import threading\n"
        "def f(): raise ValueError('the trainer was unfair')\n"
        "t = threading.Thread(target=f); t.start(); t.join()"
    ),
    "a finalizer": (
        "class A:\n"
        "    def __del__(self): raise ValueError('the trainer was unfair')\n"
        "a = A(); del a"
    ),
    "a record that cannot be formatted": (
        "import logging; logging.getLogger('bot').error('%d', 'the trainer was unfair')"
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_process__that_ends_by_a_bug__prints_nothing_that_was_said(end: str) -> None:
    code = f"from bot import logs\nlogs.set_up()\n{ENDS[end]}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert "unfair" not in done.stderr.replace(code, "")
    if end != "a record that cannot be formatted":
        (line,) = done.stderr.splitlines()
        assert "builtins.ValueError" in json.loads(line)["error"][-1]


@pytest.mark.parametrize(("form", "is_json"), [("json", True), ("text", False), ("", True)])
def test_form__as_the_setting_says__else_json_without_a_terminal(form: str, is_json: bool) -> None:
    code = (
        f"from bot import logs\nlogs.set_up({form!r})\nimport logging\n"
        "logging.getLogger('bot.desk').info('update %s', 7)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.startswith("{") is is_json
    if is_json:
        line = json.loads(done.stderr)
        assert {**line, "at": "", "process": 0} == {
            "at": "", "level": "info", "logger": "bot.desk", "process": 0, "message": "update 7",
        }  # fmt: skip
