"""The letter by which a partner or a donor is asked for training: local language and English."""

from __future__ import annotations

from typing import Any

from bot.context import Ctx
from bot.i18n import (
    Percent,
    Text,
    Words,
    _,
    _n,
    is_right_to_left,
    render,
)
from bot.needs import requests
from bot.needs.requests import Asked, Request
from bot.people.access_table import Action
from bot.reports import fonts, papers
from bot.reports.registry import WHOLE, MadeFile, Params, Report, register
from bot.screens import Screen

TITLE = _("Letter to a partner or donor")
HEADING = _("Request for support with training")
COLUMNS = (_("Topic"), _("People"), _("Level rated"), _("Level required"), _("Below"))


def read(ctx: Ctx, params: Params) -> Request:
    """What round `round` asks of the partner at place `partner`; refuses where nothing is."""
    live = bool(params.get(WHOLE))
    return requests.read(ctx, int(params["round"]), int(params["partner"]), live=live)


def screens(data: Request) -> tuple[Screen, ...]:
    """To whom it goes, and about what."""
    body: tuple[Words, ...] = (
        _("To: {name}", name=data.partner),
        *(_("• {topic}", topic=one.ranked.topic.name) for one in data.topics),
        _("Read it, complete it if need be, and have it signed."),
    )
    return (Screen(title=HEADING, body=body),)


def files(data: Request, language: str) -> tuple[MadeFile, ...]:
    """The letter as PDF, a page in the administration's language and one in English."""
    from bot.reports.typesetting import typeset

    languages = papers.languages_for(data.local, language)
    blocks = [_block(data, one) for one in languages]
    content = typeset("letter", HEADING, {"blocks": blocks}, languages[0])
    return (MadeFile("request.pdf", "application/pdf", content),)


def _block(data: Request, language: str) -> dict[str, Any]:
    """The whole letter in one language."""
    from bot.reports.typesetting import LEADING

    def say(words: object) -> str:
        return render(words, language)

    return {
        "language": language,
        "mirrored": is_right_to_left(language),
        "fonts": fonts.families(language),
        "leading": LEADING.get(language, 0.65),
        "day": say(data.day),
        "to": say(_("To: {name}", name=data.partner)),
        "heading": say(HEADING),
        "opening": [say(line) for line in _opening(data)],
        "columns": [say(column) for column in COLUMNS],
        "rows": [[say(value) for value in _row(one)] for one in data.topics],
        "reasons": [say(line) for line in _reasons(data)],
        "closing": [say(line) for line in _closing(data)],
        "signed": [say(_("For the training unit")), say(_("Director-General"))],
    }


def _opening(data: Request) -> tuple[Text, ...]:
    return (
        _(
            "Every year this administration asks its officers, supervisors and offices what"
            " training they need. For {year} we ask for your support with the following.",
            year=data.round.year,
        ),
        _n(
            "The figures come from what {count} person told us, and from the levels at which"
            " supervisors see their officers, against those that the posts require.",
            "The figures come from what {count} people told us, and from the levels at which"
            " supervisors see their officers, against those that the posts require.",
            data.told,
        ),
    )


def _row(one: Asked) -> tuple[object, ...]:
    figures = one.ranked.figures
    tally = figures.tally
    if tally.mean is None or tally.needed is None or tally.share_below is None:
        return (one.ranked.topic.name, figures.people, "–", "–", "–")
    return (
        one.ranked.topic.name,
        figures.people,
        round(tally.mean, 1),
        round(tally.needed, 1),
        Percent(tally.share_below),
    )


def _reasons(data: Request) -> tuple[Text, ...]:
    return tuple(
        _("{topic}: {reason}", topic=one.ranked.topic.name, reason=one.reason)
        for one in data.topics
        if one.reason
    )


def _closing(data: Request) -> tuple[Text, ...]:
    return (
        _("We have nobody of our own who can teach this today."),
        _(
            "“People” is how many asked for the topic. The levels are averages; “Below” is the"
            " share of officers who are rated below what is required."
        ),
        _(
            "We would be glad to agree with you on contents, dates and who is to take part, and"
            " will report to you on what came of it."
        ),
    )


LETTER = register(Report("donor_letter", TITLE, Action.RUN_NEEDS, read, screens, files))
