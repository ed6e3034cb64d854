"""What became of a message to many: by office as pictures, everybody by name in the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from bot.campaigns.audiences.counting import REACH_WORDS, Reached
from bot.campaigns.broadcasts import answering, cards, reporting, spoken
from bot.campaigns.broadcasts.answering import Answers
from bot.campaigns.broadcasts.cards import BroadcastCard
from bot.campaigns.broadcasts.reporting import OfficeLine, RecipientLine, Tally
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Moment, Words, _
from bot.models.broadcasts import RecipientState
from bot.people.access_table import Action
from bot.reports import workbook
from bot.reports.bars import BarChart, Count, bar_picture, in_parts
from bot.reports.registry import WHOLE, XLSX, MadeFile, Params, Report, register
from bot.reports.workbook import Column, Sheet, write_workbook
from bot.screens import FileKind, Screen

MOST_PICTURES, MOST_REASONS = 4, 10
NUMBER, WORD = workbook.Kind.INT, workbook.Kind.TEXT
STATES = (
    RecipientState.SENT,
    RecipientState.FAILED,
    RecipientState.DROPPED,
    RecipientState.UNKNOWN,
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message and what became of it; `people` and `answers` are read for the workbook only."""

    card: BroadcastCard
    report: reporting.Report
    zone: str
    people: tuple[RecipientLine, ...] = ()
    answers: Answers | None = None


def read(ctx: Ctx, params: Params) -> Sent:
    """The message, for who keeps it or may approve it; refuses one that has no recipients yet."""
    about = admit(ctx, params)
    card, found = cards.card(ctx, about), reporting.report(ctx, about)
    if not params.get(WHOLE):
        return Sent(card, found, ctx.settings.timezone)
    people = tuple(reporting.recipients(ctx, about))
    answers = answering.answers(ctx, about) if card.form else None
    return Sent(card, found, ctx.settings.timezone, people, answers)


def admit(ctx: Ctx, params: Params) -> int:
    """The id of the message; refuses as `read` does."""
    about = int(params["broadcast"])
    if not reporting.has_recipients(ctx, about):
        raise Refusal(_("This message has gone to nobody yet."))
    return about


def screens(data: Sent) -> tuple[Screen, ...]:
    """The numbers, then why some did not get it."""
    lines: list[Words] = [*spoken.tally_lines(data.report.tally)]
    reasons = data.report.reasons[:MOST_REASONS]
    if reasons:
        lines += ["", _("Why not:")]
    lines += [
        _("{count}: {reason}", count=count, reason=spoken.reason_words(reason))
        for _state, reason, count in reasons
    ]
    return (Screen(title=data.card.title, body=tuple(lines)),)


def files(data: Sent, language: str) -> tuple[MadeFile, ...]:
    """Bars by office, then the workbook: offices, reasons, everybody, answers."""
    offices = data.report.offices
    chart = BarChart(
        title=data.card.title,
        subtitle=_(
            "Delivered to {sent} of {total}",
            sent=data.report.tally.of(RecipientState.SENT),
            total=data.report.tally.total,
        ),
        bars=tuple(_bar(one) for one in offices),
        part_label=_("delivered"),
        whole_label=_("it was for"),
    )
    longest = max((one.tally.total for one in offices), default=0)
    pictures = [
        MadeFile(
            f"message-{number}.png",
            "image/png",
            bar_picture(part, language, longest),
            FileKind.PHOTO,
        )
        for number, part in enumerate(list(in_parts(chart))[:MOST_PICTURES], 1)
    ]
    content = write_workbook(_sheets(data), language)
    return (*pictures, MadeFile("message.xlsx", XLSX, content))


def _bar(one: OfficeLine) -> Count:
    return Count(one.name, one.tally.total, one.tally.of(RecipientState.SENT))


def _sheets(data: Sent) -> list[Sheet]:
    sheets = [_offices(data), _reasons(data), _people(data)]
    if data.answers is not None:
        sheets.append(_answers(data.answers))
    return sheets


def _offices(data: Sent) -> Sheet:
    columns = (
        Column(_("Office"), "office"),
        Column(_("Belongs to"), "path"),
        Column(_("It was for"), "total", kind=NUMBER),
        *(Column(spoken.STATES[state], state.value, kind=NUMBER) for state in STATES),
        Column(_("Still to be sent"), "left", kind=NUMBER),
        Column(_("Read and understood"), "read", kind=NUMBER),
        Column(_("Asked for a place"), "enrolled", kind=NUMBER),
    )
    rows = [(one.name, one.path, *_numbers(one.tally)) for one in data.report.offices]
    rows.append((_("Together"), "", *_numbers(data.report.tally)))
    return Sheet(name=_("By office"), columns=columns, rows=rows, with_codes=True)


def _numbers(tally: Tally) -> tuple[int, ...]:
    counts = (tally.of(state) for state in STATES)
    return (tally.total, *counts, tally.left, tally.read, tally.enrolled)


def _reasons(data: Sent) -> Sheet:
    return Sheet(
        name=_("Why not"),
        columns=(
            Column(_("Outcome"), "state"),
            Column(_("Reason"), "reason", width=48),
            Column(_("People"), "count", kind=NUMBER),
        ),
        rows=[
            (spoken.STATES[state], spoken.reason_words(reason), count)
            for state, reason, count in data.report.reasons
        ],
        with_codes=True,
    )


def _people(data: Sent) -> Sheet:
    return Sheet(
        name=_("Everybody"),
        columns=(
            Column(_("Staff number"), "staff_no", width=14),
            Column(_("Name"), "name"),
            Column(_("Office"), "office", width=36),
            Column(_("When the list was made"), "reach"),
            Column(_("Outcome"), "state"),
            Column(_("Reason"), "reason", width=40),
            Column(_("Read and understood"), "read_at", width=18),
            Column(_("Asked for a place"), "enrolled", width=12),
        ),
        rows=[_person(one, data.zone) for one in data.people],
        with_codes=True,
    )


def _person(one: RecipientLine, zone: str) -> tuple[object, ...]:
    reach = REACH_WORDS[Reached(one.reach)] if one.reach in set(Reached) else one.reach
    return (
        one.staff_no,
        one.name,
        one.office,
        reach,
        spoken.STATES[one.state],
        spoken.reason_words(one.reason) if one.reason else None,
        Moment(one.read_at, zone) if one.read_at is not None else None,
        one.enrolled,
    )


def _answers(found: Answers) -> Sheet:
    """As codes, several of one question with a blank between them, as forms have them."""
    questions = found.questions
    return Sheet(
        name=_("Answers"),
        columns=(
            Column(_("Staff number"), "staff_no", width=14),
            Column(_("Name"), "name"),
            *(Column(label or name, name) for name, label in questions),
        ),
        rows=[
            (one.staff_no, one.name, *(_code(one.answers.get(name)) for name, _label in questions))
            for one in found.people
        ],
        with_codes=True,
    )


def _code(answer: object) -> object:
    return " ".join(map(str, answer)) if isinstance(answer, list) else answer


BROADCAST = register(
    Report("broadcast", _("A message to many"), Action.BROADCAST, read, screens, files, admit)
)
