"""Settings of tests and windows: no numbers, no days, a window that is never open."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Fault
from bot.forms.checks.finding import at
from bot.forms.draft import Draft
from bot.forms.rules import MOST_ATTEMPTS, MOST_MINUTES, ShowResult, closing, opening, whole_number
from bot.i18n import Text, _

NUMBERS = {
    "pass_mark": (0, 100),
    "attempts": (1, MOST_ATTEMPTS),
    "time_limit": (1, MOST_MINUTES),
}
OF_TESTS = ("pass_mark", "show_result")


def check(draft: Draft) -> Iterator[Fault]:
    said = draft.setting.cells
    for name, (least, most) in NUMBERS.items():
        if name in said and whole_number(said[name], least, most) is None:
            sentence = _(
                "{value} cannot be {setting}. Write a whole number from {least} to {most}.",
                value=said[name],
                setting=name,
                least=least,
                most=most,
            )
            yield _at(draft, name, "bad_number", sentence)
    yield from _show_result(draft)
    yield from _window(draft)
    yield from _without_test(draft)


def _at(draft: Draft, name: str, code: str, sentence: Text) -> Fault:
    return at(draft.settings, draft.setting, name, code, sentence)


def _show_result(draft: Draft) -> Iterator[Fault]:
    said = draft.setting.cell("show_result")
    if said and said.strip().lower() not in set(ShowResult):
        sentence = _(
            "{value} does not say when results are shown. Write each, end or never.", value=said
        )
        yield _at(draft, "show_result", "bad_show_result", sentence)


def _window(draft: Draft) -> Iterator[Fault]:
    opens, closes = draft.setting.cell("opens"), draft.setting.cell("closes")
    for name, said in (("opens", opens), ("closes", closes)):
        if said and opening(said, "UTC") is None:
            sentence = _(
                "{value} is no day and no time. Write it as in {example}.",
                value=said,
                example="2026-11-22 16:30",
            )
            yield _at(draft, name, "bad_moment", sentence)
    first, last = opening(opens, "UTC"), closing(closes, "UTC")
    if first is not None and last is not None and last <= first:
        sentence = _("The form closes before it opens. Correct one of the two.")
        yield _at(draft, "closes", "window_shut", sentence)


def _without_test(draft: Draft) -> Iterator[Fault]:
    if any(item.row.cell("correct") for item in draft.questions()):
        return
    for name in OF_TESTS:
        if draft.setting.cell(name):
            sentence = _(
                "{setting} is for tests, but no question says what is correct. Fill the column "
                "correct, or remove the setting.",
                setting=name,
            )
            yield _at(draft, name, "nothing_is_correct", sentence)
