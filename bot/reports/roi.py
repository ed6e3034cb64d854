"""The return on one class by Phillips: words, one picture, and one page to be signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.context import Ctx
from bot.evaluation.impact import roi, said
from bot.evaluation.impact.costs import COST_WORDS
from bot.evaluation.impact.roi import Gain, Return
from bot.evaluation.impact.said import shown
from bot.i18n import (
    LANGUAGES,
    SOURCE_LANGUAGE,
    Lines,
    Percent,
    Text,
    Words,
    _,
    is_right_to_left,
    render,
)
from bot.people.access_table import Action
from bot.reports import fonts
from bot.reports.intervals import IntervalChart, Row, interval_picture
from bot.reports.registry import MadeFile, Params, Report, register
from bot.screens import FileKind, Screen

TITLE = _("The return on a class")
WORSE, BETTER = _("worse"), _("better")


def read(ctx: Ctx, params: Params) -> Return:
    """The return; refuses readers without the class, and while any figure is missing."""
    return roi.read(ctx, int(params["class"]))


def screens(found: Return) -> tuple[Screen, ...]:
    """The return, what it comes from, and what it rests on."""
    body: list[Words] = [_which(found), "", *said.result(found), ""]
    body += [said.means(gain.change) for gain in found.gains]
    body += ["", *(_("• {line}", line=line) for line in said.assumed(found))]
    return (Screen(title=TITLE, body=tuple(body)),)


def files(found: Return, language: str) -> tuple[MadeFile, ...]:
    """A picture for the phone, then the page in the reader's language and in English."""
    name = f"return-{found.code}"
    picture = MadeFile(
        f"{name}.png", "image/png", interval_picture(_chart(found), language), FileKind.PHOTO
    )
    return (picture, MadeFile(f"{name}.pdf", "application/pdf", _page(found, language)))


def _which(found: Return) -> Text:
    return _(
        "{course}, class {code}, {first} to {last}",
        course=found.course,
        code=found.code,
        first=found.starts_on,
        last=found.ends_on,
    )


def _chart(found: Return) -> IntervalChart:
    """The return in bold above one bar for each indicator."""
    return IntervalChart(
        title=_("Return: {share}", share=Percent(found.percent)),
        subtitle=_which(found),
        rows=tuple(_row(gain) for gain in found.gains),
        worse=WORSE,
        better=BETTER,
        notes=(*said.result(found)[1:], *said.assumed(found)),
    )


def _row(gain: Gain) -> Row:
    found = gain.change.better
    assert found is not None
    bounds = (found.interval.low, found.interval.high) if found.interval is not None else None
    return Row(said.means(gain.change), said.moved(gain.change), found.by, bounds)


def _page(found: Return, language: str) -> bytes:
    from bot.reports.typesetting import typeset

    languages = dict.fromkeys((language, SOURCE_LANGUAGE))
    blocks = [_block(found, one) for one in languages if one in LANGUAGES]
    return typeset("statement", TITLE, {"blocks": blocks}, language)


def _block(found: Return, language: str) -> dict[str, Any]:
    """The whole page in one language."""
    from bot.reports.typesetting import LEADING

    def say(words: object) -> str:
        return render(words, language)

    share, *summary = said.result(found)
    return {
        "language": language,
        "mirrored": is_right_to_left(language),
        "fonts": fonts.families(language),
        "leading": LEADING.get(language, 0.65),
        "heading": say(TITLE),
        "subtitle": say(_which(found)),
        "figure": say(share),
        "summary": [say(line) for line in summary],
        "parts": [
            {
                "title": say(title),
                "rows": [[say(label), say(value)] for label, value in rows],
                "lines": [say(line) for line in lines],
            }
            for title, rows, lines in _parts(found)
        ],
        "signed": [say(_("For the training unit")), say(_("Director"))],
    }


def _parts(found: Return) -> Iterator[tuple[Words, list[tuple[Words, object]], list[Words]]]:
    gains: list[Words] = [Lines(said.before_and_after(gain.change)) for gain in found.gains]
    worth: list[tuple[Words, object]] = [
        (
            _("{indicator}, in the money of a year", indicator=gain.change.indicator.title),
            shown(gain.a_year),
        )
        for gain in found.gains
    ]
    yield _("What changed"), [], gains
    counted = (_("Counted of this: {share}", share=Percent(found.share)), shown(found.benefits))
    yield _("Benefits"), [*worth, counted], []
    yield _("Costs"), [*_costs(found.costs), (_("In all"), shown(found.cost))], []
    yield _("What this rests on"), [], list(said.assumed(found))
    beside = [said.means(one) for one in found.not_in_money if one.better is not None]
    if beside:
        yield _("Not counted in money"), [], [*beside]


def _costs(costs: Mapping[Any, float]) -> Iterator[tuple[Words, object]]:
    for kind, amount in costs.items():
        yield COST_WORDS[kind], shown(amount)


ROI = register(Report("roi", TITLE, Action.READ_IMPACT, read, screens, files))
