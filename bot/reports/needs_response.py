"""How many have answered the survey of needs: by questionnaire, post and office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.context import Ctx
from bot.evaluation.stages import STAGES
from bot.i18n import Percent, Text, Words, _
from bot.needs import response, rounds
from bot.needs.response import Rate
from bot.needs.rounds import RoundCard
from bot.people.access import OutOfReach
from bot.people.access_table import Action
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import FileKind, Screen

MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Response:
    """One round as its reader may see it; `missing` are rows of who has not answered, `heads`
    what heads of offices said (path, answers).
    """

    card: RoundCard
    whole: Rate
    stages: tuple[Rate, ...]
    posts: tuple[Rate, ...]
    offices: tuple[Rate, ...]
    missing: Sequence[Any]
    heads: Sequence[tuple[str, dict[str, Any]]]


def read(ctx: Ctx, params: Params) -> Response:
    """The response to round `params["round"]` within the reader's reach; refuses where nobody
    of theirs was asked.
    """
    card = _admitted(ctx, params)
    return Response(
        card,
        response.whole(ctx, card.id),
        tuple(response.by_stage(ctx, card.id)),
        tuple(response.by_post(ctx, card.id)),
        tuple(response.by_office(ctx, card.id)),
        response.all_missing(ctx, card.id),
        response.said_by_heads(ctx, card.id),
    )


def _admitted(ctx: Ctx, params: Params) -> RoundCard:
    card = rounds.card(ctx, int(params["round"]))
    if not response.whole(ctx, card.id).asked:
        raise OutOfReach(
            Action.READ_NEEDS,
            card.id,
            rounds.KIND,
            response.NOBODY,
        )
    return card


def screens(data: Response) -> tuple[Screen, ...]:
    """All together, then each questionnaire, then the offices most answers are missing of."""
    lines: list[Words] = [_line(_("All questionnaires"), data.whole)]
    lines += [_line(one.title or one.name, one) for one in data.stages]
    lines += ["", *(_line(one.name, one) for one in data.offices[:MOST_LINES])]
    if len(data.offices) > MOST_LINES:
        lines.append(_("The workbook has all of them."))
    return (Screen(title=_title(data), body=tuple(lines)),)


def files(data: Response, language: str) -> tuple[MadeFile, ...]:
    """Pictures of posts and of offices, and a workbook with who has not answered."""
    name = f"needs-response-{data.card.plan_year:%Y}"
    return (
        *_pictures(data, name, language),
        MadeFile(f"{name}.xlsx", XLSX, _workbook(data, language)),
    )


def _pictures(data: Response, name: str, language: str) -> Iterator[MadeFile]:
    from bot.reports.bars import BarChart, Count, bar_picture, in_parts

    charts = (
        (_("Response by office"), data.offices),
        (_("Response by post"), data.posts),
    )
    number = 0
    for subtitle, rates in charts:
        bars = tuple(
            Count(one.name or _("without a post"), one.asked, one.answered) for one in rates
        )
        longest = max((bar.count for bar in bars), default=0)
        chart = BarChart(
            _title(data),
            subtitle,
            bars,
            _("Answered"),
            _("Asked"),
            _line(_("All questionnaires"), data.whole),
        )
        for part in list(in_parts(chart))[:2]:
            number += 1
            drawn = bar_picture(part, language, longest)
            yield MadeFile(f"{name}-{number}.png", "image/png", drawn, FileKind.PHOTO)


def _workbook(data: Response, language: str) -> bytes:
    from bot.reports.workbook import Column, Sheet, write_workbook

    missing = Sheet(
        name=_("Not answered"),
        columns=(
            Column(_("Staff number"), "staff_no", width=14),
            Column(_("Name"), "name"),
            Column(_("Post"), "position"),
            Column(_("Office"), "unit", width=44),
            Column(_("Questionnaire"), "questionnaire", width=40),
        ),
        rows=(
            (staff_no, name, position, path, STAGES[stage].title)
            for staff_no, name, position, path, stage in data.missing
        ),
        with_codes=True,
        notes=(_title(data),),
    )
    sheets = (
        _rates(data, _("Offices"), _("Office"), data.offices),
        _rates(data, _("Posts"), _("Post"), data.posts),
        _rates(data, _("Questionnaires"), _("Questionnaire"), data.stages),
        missing,
        _heads(data),
    )
    return write_workbook(sheets, language)


def _heads(data: Response) -> Any:
    """What will change in an office, and who of it could teach."""
    from bot.reports.workbook import Column, Sheet

    return Sheet(
        name=_("Heads of offices"),
        columns=(
            Column(_("Office"), "unit", width=44),
            Column(_("What will change"), "ahead", width=60),
            Column(_("Who could teach"), "experts", width=60),
        ),
        rows=[
            (path, str(said.get("ahead") or ""), str(said.get("experts") or ""))
            for path, said in data.heads
        ],
        with_codes=True,
        notes=(_title(data),),
    )


def _rates(data: Response, name: Words, heading: Words, rates: Sequence[Rate]) -> Any:
    from bot.reports import workbook
    from bot.reports.workbook import Column, Sheet

    number = workbook.Kind.INT
    return Sheet(
        name=name,
        columns=(
            Column(heading, "name", width=44),
            Column(_("Asked"), "asked", kind=number),
            Column(_("Answered"), "answered", kind=number),
            Column(_("Missing"), "missing", kind=number),
            Column(_("Share"), "share", kind=workbook.Kind.PERCENT),
        ),
        rows=[
            (
                one.title or one.path or one.name,
                one.asked,
                one.answered,
                one.missing,
                Percent(one.share),
            )
            for one in rates
        ],
        with_codes=True,
        notes=(_title(data),),
    )


def _title(data: Response) -> Text:
    return _("Survey of needs for {year}: response", year=data.card.label)


def _line(name: Words, rate: Rate) -> Text:
    return _(
        "{what}: {answered} of {asked} ({share})",
        what=name,
        answered=rate.answered,
        asked=rate.asked,
        share=Percent(rate.share),
    )


NEEDS_RESPONSE = register(
    Report(
        "needs_response",
        _("Response to the survey of needs"),
        Action.READ_NEEDS,
        read,
        screens,
        files,
        _admitted,
    )
)
