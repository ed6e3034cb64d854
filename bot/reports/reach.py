"""How an audience, or everybody, can be reached: by office as a picture, by name as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.campaigns import unreached
from bot.campaigns.audiences import clauses, counting, saved
from bot.campaigns.audiences.counting import REACH_WORDS, Counted, OfficeCount, Reached
from bot.campaigns.audiences.rule import Everybody, Rule
from bot.campaigns.audiences.saved import AudienceCard
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Percent, Text, Words, _, _n
from bot.people import access, directory
from bot.people.access_table import Action
from bot.reports.bars import BarChart, Count
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import FileKind, Screen

if TYPE_CHECKING:
    from bot.reports.workbook import Sheet

MOST_LINES = 12
MOST_BARS = 24
"""More offices than this stand in the workbook only, those with most people first."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """One person whom the bot does not reach; `messenger` is blank where there is nobody."""

    staff_no: str
    name: Words
    office: str
    reached: Reached
    messenger: Words


@dataclass(frozen=True, slots=True)
class ReachData:
    """`audience` is blank for everybody; `people` is cut off where there are `more`."""

    audience: str
    offices: tuple[OfficeCount, ...]
    people: tuple[Unreached, ...]
    more: bool

    @property
    def total(self) -> Counted:
        """All offices together."""
        by = {way: sum(one.counted.by.get(way, 0) for one in self.offices) for way in Reached}
        return Counted(by)


def read(ctx: Ctx, params: Params) -> ReachData:
    """Those of audience `audience` (0: everybody) within reach; refuses one of nobody."""
    card, rule = admit(ctx, params)
    offices = tuple(counting.by_office(ctx, rule))
    gaps, more = unreached.first_of(ctx, rule)
    people = directory.cards(ctx.session, [gap.person_id for gap in gaps])
    carried = {gap.messenger_id for gap in gaps if gap.messenger_id is not None}
    names = {one.id: one.name for one in directory.cards(ctx.session, sorted(carried))}
    found = tuple(
        Unreached(
            person.staff_no,
            person.name,
            person.unit,
            gap.reached,
            names[gap.messenger_id] if gap.messenger_id is not None else "",
        )
        for person, gap in zip(people, gaps, strict=True)
    )
    return ReachData(card.name if card is not None else "", offices, found, more)


def admit(ctx: Ctx, params: Params) -> tuple[AudienceCard | None, Rule]:
    """The audience, None for everybody, and its rule; refuses as `read` does."""
    access.require(ctx, Action.BROADCAST)
    card = saved.card(ctx, int(params["audience"])) if params["audience"] else None
    rule = clauses.read(card.rule) if card is not None else Everybody()
    if not counting.is_anybody(ctx, rule):
        raise Refusal(_("Nobody is in it now."))
    return card, rule


def screens(data: ReachData) -> tuple[Screen, ...]:
    """All in numbers, then the offices where most cannot be reached."""
    total = data.total
    lines: list[Words] = [
        _n(
            "{count} person, of whom {reached} can be reached ({share}).",
            "{count} people, of whom {reached} can be reached ({share}).",
            total.total,
            reached=total.reachable,
            share=_share(total),
        )
    ]
    lines += [
        _("{way}: {count}", way=REACH_WORDS[way], count=number)
        for way, number in total.by.items()
        if number
    ]
    worst = [one for one in _worst(data) if one.counted.unreachable]
    lines += [_line(one) for one in worst[:MOST_LINES]]
    if len(worst) > MOST_LINES:
        lines.append(_("The workbook has all of them."))
    return (Screen(title=_title(data), body=tuple(lines)),)


def files(data: ReachData, language: str) -> tuple[MadeFile, ...]:
    """A picture of the offices with most people, and a workbook of offices and names."""
    from bot.reports.bars import bar_picture

    largest = sorted(data.offices, key=lambda one: -one.counted.total)[:MOST_BARS]
    chart = BarChart(
        title=_title(data),
        subtitle=_("How many people of each office the bot reaches"),
        bars=tuple(Count(one.path, one.counted.total, one.counted.reachable) for one in largest),
        part_label=_("can be reached"),
        whole_label=_("cannot be reached"),
        footer=_("The workbook has all of them.") if len(data.offices) > MOST_BARS else "",
    )
    picture = MadeFile("reach.png", "image/png", bar_picture(chart, language), FileKind.PHOTO)
    return picture, MadeFile("reach.xlsx", XLSX, _workbook(data, language))


def _workbook(data: ReachData, language: str) -> bytes:
    from bot.reports.workbook import write_workbook

    return write_workbook((_by_office(data), _by_name(data)), language)


def _by_office(data: ReachData) -> Sheet:
    from bot.reports.workbook import Column, Kind, Sheet

    ways = (Column(words, way.name.lower(), kind=Kind.INT) for way, words in REACH_WORDS.items())
    return Sheet(
        name=_("By office"),
        columns=(
            Column(_("Office"), "unit", width=40),
            Column(_("People"), "people", kind=Kind.INT),
            Column(_("Can be reached"), "reachable", kind=Kind.INT),
            Column(_("Share"), "share", kind=Kind.PERCENT),
            *ways,
        ),
        rows=[_office_row(one) for one in data.offices],
        notes=(_title(data),),
        with_codes=True,
    )


def _by_name(data: ReachData) -> Sheet:
    from bot.reports.workbook import Column, Sheet

    cut = _n(
        "Only the first {count} person stands here.",
        "Only the first {count} people stand here.",
        len(data.people),
    )
    return Sheet(
        name=_("Not reached"),
        columns=(
            Column(_("Staff number"), "staff_no", width=14),
            Column(_("Name"), "name"),
            Column(_("Office"), "unit"),
            Column(_("Why"), "reach"),
            Column(_("Who can pass messages on"), "messenger"),
        ),
        rows=[
            (one.staff_no, one.name, one.office, REACH_WORDS[one.reached], one.messenger or None)
            for one in data.people
        ],
        notes=(_title(data), *((cut,) if data.more else ())),
        with_codes=True,
    )


def _office_row(one: OfficeCount) -> tuple[object, ...]:
    counted = one.counted
    ways = (counted.by.get(way, 0) for way in REACH_WORDS)
    return (one.path, counted.total, counted.reachable, _share(counted), *ways)


def _worst(data: ReachData) -> list[OfficeCount]:
    return sorted(data.offices, key=lambda one: (-one.counted.unreachable, one.path))


def _line(one: OfficeCount) -> Text:
    return _n(
        "{office}: {missing} of {count} person not reached",
        "{office}: {missing} of {count} people not reached",
        one.counted.total,
        office=one.path,
        missing=one.counted.unreachable,
    )


def _share(counted: Counted) -> Percent:
    return Percent(counted.reachable / counted.total if counted.total else 0.0)


def _title(data: ReachData) -> Words:
    if not data.audience:
        return _("Who can be reached")
    return _("Who can be reached: {audience}", audience=data.audience)


REACH = register(
    Report("reach", _("Who can be reached"), Action.BROADCAST, read, screens, files, admit)
)
