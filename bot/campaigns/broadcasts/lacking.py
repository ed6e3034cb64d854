"""What a draft lacks before it can be sent, and what its maker should know before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.campaigns.audiences import clauses
from bot.campaigns.audiences.counting import Counted
from bot.campaigns.broadcasts import headcount, keeping, timing
from bot.campaigns.broadcasts.wording import OFFERS
from bot.context import Ctx
from bot.errors import Refusal
from bot.forms import versions
from bot.i18n import LANGUAGES as NAMES
from bot.i18n import Words, _, _n
from bot.models.broadcasts import Broadcast
from bot.models.system import Blob
from bot.models.training import TrainingClass

LANGUAGES = tuple(NAMES)
LONGEST, LONGEST_WITH_FILE = 3500, 900
"""Characters that leave room for what stands above a text."""


@dataclass(frozen=True, slots=True)
class Lacks:
    """`faults` keep a draft from being sent, `notes` do not; `people` are whom it is for, None
    where that cannot be read.
    """

    faults: tuple[Words, ...]
    notes: tuple[Words, ...]
    people: Counted | None


def of(ctx: Ctx, broadcast_id: int) -> Lacks:
    """What a draft lacks, for who keeps it."""
    row = keeping.found(ctx, broadcast_id)
    people = headcount.of_row(ctx, row)
    notes = tuple(_notes(row, people.languages)) if people is not None else ()
    return Lacks(tuple(faults(ctx, row)), notes, people.counted if people is not None else None)


def faults(ctx: Ctx, row: Broadcast) -> Iterator[Words]:
    """Everything that keeps a message from being sent, a sentence each."""
    yield from _of_audience(ctx, row)
    if not row.texts:
        yield _("There is no text yet.")
    most = longest_text(row)
    for language, text in row.texts.items():
        if len(text) > most:
            yield _("The text in {language} has {count} characters; at most {most} fit.",
                    language=NAMES[language], count=len(text), most=most)  # fmt: skip
    if row.blob_id is not None and ctx.session.get(Blob, row.blob_id) is None:
        yield _("The file is not kept any more. Send it again.")
    yield from _of_buttons(ctx, row)
    if timing.is_over(ctx, row):
        yield _("The time to send it has passed. Choose another.")


def longest_text(row: Broadcast) -> int:
    """How many characters a text may have; less with a file, whose caption it is."""
    return LONGEST if row.blob_id is None else LONGEST_WITH_FILE


def _of_audience(ctx: Ctx, row: Broadcast) -> Iterator[Words]:
    try:
        clauses.audience(keeping.as_maker(ctx, row), clauses.read(row.rule))
    except Refusal as refusal:
        yield refusal.sentence


def _of_buttons(ctx: Ctx, row: Broadcast) -> Iterator[Words]:
    needs = {OFFERS[name].needs for name in row.buttons if name in OFFERS}
    if "class" in needs:
        held = ctx.session.get(TrainingClass, row.class_id) if row.class_id is not None else None
        if held is None:
            yield _("A button is about a class. Choose the class.")
        elif held.cancelled_at is not None or held.closed_at is not None:
            yield _("Class {code} is over or cancelled. Choose another.", code=held.code)
    if "form" in needs and not row.form:
        yield _("A button leads to a questionnaire. Choose the questionnaire.")
    elif "form" in needs and _is_anonymous(ctx, row.form):
        yield _("The questionnaire is anonymous, but a message asks by name. Choose another.")


def _is_anonymous(ctx: Ctx, form: str) -> bool:
    """Whether its newest version is, though it was not when it was chosen."""
    return versions.definition(ctx, versions.current_version(ctx, form)).anonymous


def _notes(row: Broadcast, languages: Mapping[str, int]) -> Iterator[Words]:
    """Who reads a language that has no text, and in which they get it."""
    for language, count in languages.items():
        if row.texts and language not in row.texts:
            yield _n(
                "{count} person reads {language} and gets it in {fallback}.",
                "{count} people read {language} and get it in {fallback}.",
                count,
                language=NAMES.get(language, language),
                fallback=NAMES.get(row.fallback, row.fallback),
            )
