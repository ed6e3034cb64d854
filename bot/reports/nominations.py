"""A nomination round as a workbook: every list, in the columns in which it can be sent back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Text, Words, _, _n, render
from bot.people.access_table import Action
from bot.reports.registry import XLSX, MadeFile, Params, Report, register
from bot.screens import Screen
from bot.training import list_cards, rounds
from bot.training.enrolments import STATE_WORDS
from bot.training.list_cards import ListCard, NameCard
from bot.training.round_cards import QuotaCard, RoundCard

MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Lists:
    """A round with all its lists."""

    round: RoundCard
    lists: tuple[ListCard, ...]


def read(ctx: Ctx, params: Params) -> Lists:
    """The lists of the class's round; refuses who may not correct the class, and no round."""
    card = rounds.of_class(ctx, params["class"])
    if card is None:
        raise Refusal(rounds.NO_ROUND)
    lists = tuple(list_cards.read(ctx, quota.id) for quota in card.quotas)
    return Lists(card, lists)


def screens(data: Lists) -> tuple[Screen, ...]:
    """A line for each list."""
    quotas = data.round.quotas
    lines: list[Words] = [
        _("{course}, class {code}", course=data.round.title, code=data.round.code),
        *(quota_line(quota) for quota in quotas[:MOST_LINES]),
    ]
    if len(quotas) > MOST_LINES:
        lines.append(_("The workbook has all of them."))
    return (Screen(title=_("Nominations"), body=tuple(lines)),)


def files(data: Lists, language: str) -> tuple[MadeFile, ...]:
    """A workbook with one row a name; headings stay English, so that it can be sent back."""
    from bot.reports import workbook
    from bot.reports.workbook import Column, Sheet, write_workbook

    sheet = Sheet(
        name="nominations",
        columns=(
            Column("class_code", width=16),
            Column("staff_no", width=14),
            Column("rank", kind=workbook.Kind.INT),
            Column("reserve", width=10),
            Column("full_name"),
            Column("unit"),
            Column("gender", width=10),
            Column("state", width=16),
        ),
        rows=[_row(data.round, name, language) for one in data.lists for name in _names(one)],
    )
    content = write_workbook((sheet,), language)
    return (MadeFile("nominations.xlsx", XLSX, content),)


def quota_line(quota: QuotaCard) -> Text:
    """How a list stands, in one line."""
    return _n(
        "{office}: {named} of {count} seat named, {reserves} in reserve, {accepted} accepted",
        "{office}: {named} of {count} seats named, {reserves} in reserve, {accepted} accepted",
        quota.seats,
        office=quota.unit,
        named=quota.named,
        reserves=quota.reserves,
        accepted=quota.accepted,
    )


def _names(one: ListCard) -> tuple[NameCard, ...]:
    return (*one.names, *one.reserves)


def _row(card: RoundCard, name: NameCard, language: str) -> tuple[object, ...]:
    return (
        card.code,
        name.staff_no,
        name.rank,
        "yes" if name.reserve else "no",
        name.name,
        name.unit,
        name.gender,
        render(STATE_WORDS[name.state], language),
    )


NOMINATIONS = register(
    Report("nominations", _("Nominations"), Action.EDIT_CLASSES, read, screens, files)
)
