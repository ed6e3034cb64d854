"""Sheets to print: invitations to be cut out and given away, questionnaires for posts offline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n import Words, _, render
from bot.reports.qr import qr_svg
from bot.reports.typesetting import typeset

SHORT_CHOICES = 60
INSTRUCTION = _(
    "Cut out the cards and give each person their own. Scan the code with the camera of a "
    "phone, or open the link, then press Start in Telegram. A code works once, for one "
    "person only."
)


@dataclass(frozen=True, slots=True)
class Invite:
    """One card: whom it is for, and the one-time link its code holds."""

    name: str
    staff_no: str
    link: str


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question on paper: with choices to mark, or else `lines` to write on."""

    label: Words
    choices: tuple[Words, ...] = ()
    several: bool = False
    hint: Words = ""
    lines: int = 2


def invite_sheet(
    office: str, invites: Sequence[Invite], language: str, made_at: dt.datetime | None = None
) -> bytes:
    """Cards for the people of one office as an A4 PDF, to be cut and given out.

    Refuses (ValueError) an office without invites.
    """
    if not invites:
        raise ValueError("a sheet needs at least one invite")
    content = {
        "instruction": render(INSTRUCTION, language),
        "invites": [_card(invite, language) for invite in invites],
    }
    heading = _("Invitations for {office}", office=office)
    return typeset("invites", heading, content, language, made_at)


def paper_form(
    title: Words,
    questions: Sequence[PaperQuestion],
    language: str,
    intro: Words = "",
    made_at: dt.datetime | None = None,
) -> bytes:
    """A questionnaire as an A4 PDF, to be filled in by hand where there is no network.

    Refuses (ValueError) a form without questions.
    """
    if not questions:
        raise ValueError("a paper form needs at least one question")
    content = {
        "intro": render(intro, language),
        "questions": [
            _asked(number, question, language) for number, question in enumerate(questions, 1)
        ],
    }
    return typeset("form", title, content, language, made_at)


def _card(invite: Invite, language: str) -> dict[str, str]:
    return {
        "name": invite.name,
        "number": render(_("Staff number {number}", number=invite.staff_no), language),
        "link": invite.link,
        "code": qr_svg(invite.link),
    }


def _asked(number: int, question: PaperQuestion, language: str) -> dict[str, object]:
    choices = [render(choice, language) for choice in question.choices]
    hint = render(question.hint, language)
    if not hint and choices:
        several = _("Mark every answer that applies.")
        hint = render(several if question.several else _("Mark one answer."), language)
    return {
        "number": f"{render(number, language)}.",
        "label": render(question.label, language),
        "hint": hint,
        "choices": choices,
        "several": question.several,
        "short": sum(len(choice) for choice in choices) <= SHORT_CHOICES,
        "lines": question.lines,
    }
