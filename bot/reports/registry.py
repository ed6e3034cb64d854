"""The reports there are, and the three steps each is made in.

`read` runs inside a short transaction and returns plain data; `screens` and `files` make
words, pictures and workbooks of it outside any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.context import Ctx
from bot.i18n import Text
from bot.people.access_table import Action
from bot.screens import FileKind, Screen

Params: TypeAlias = Mapping[str, Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""What a workbook is to whoever opens it."""
WHOLE = "whole"
"""A parameter by which `read` knows that files are made of it, and names by the thousand may be
read that no screen shows.
"""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of a report: a picture for the chat, or a workbook."""

    name: str
    mime: str
    content: bytes
    kind: FileKind = FileKind.DOCUMENT


@dataclass(frozen=True, slots=True)
class Report:
    """`read` refuses readers and moments that do not fit; `needs` is for the menu only.

    `admits` refuses the same without reading it all, where that may take long.
    """

    name: str
    title: Text
    needs: Action
    read: Callable[[Ctx, Params], Any]
    screens: Callable[[Any], tuple[Screen, ...]]
    files: Callable[[Any, str], tuple[MadeFile, ...]]
    admits: Callable[[Ctx, Params], object] | None = None


REPORTS: dict[str, Report] = {}


def register(report: Report) -> Report:
    """Add a report; refuses a second one of the same name."""
    if report.name in REPORTS:
        raise ValueError(f"report {report.name} is registered twice")
    REPORTS[report.name] = report
    return report


def check(ctx: Ctx, name: str, params: Params) -> None:
    """Refuse now what would only be refused once the report is being made."""
    report = REPORTS[name]
    (report.admits or report.read)(ctx, params)
