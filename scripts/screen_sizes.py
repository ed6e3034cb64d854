"""How much the screens of the library's forms weigh, as docs/screen-sizes.md lists it.

A screen weighs its text and its buttons as compact JSON, in bytes of UTF-8.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from bot import app as root
from bot.clock import FixedClock
from bot.context import Actor, Ctx
from bot.db import Database
from bot.encoder import encode
from bot.forms import engine, service, versions
from bot.forms.compiled import compiled
from bot.forms.definition import Question
from bot.forms.library_sync import library_files
from bot.forms.question_types.contract import Option
from bot.forms.service import OpenDraft
from bot.models.needs import Topic
from bot.models.people import Person
from bot.models.training import Enrolment
from bot.sandbox.demo.load import load_demo
from bot.screens import Screen
from handlers.common.question_screen import FEW, question_screen
from handlers.common.summary_screen import summary_screen
from scripts.proofs.lossy_world import START, settings_for

PAGE = Path(__file__).resolve().parent.parent / "docs" / "screen-sizes.md"
MOST_BYTES = 1000
LANGUAGES = ("en", "km", "ur")
SUMMARY, FOUND = "its answers before they are submitted", "what a search found"
WEEKDAYS = "weekdays"
LIST = "a long list that the training unit or a trainer chooses from"
SHOWN_AT_ONCE = frozenset({"curricula", "audience_classes", "plan_topics", "need_people"})
MONTHS = "months"
OF_A_LIST = {
    ("audience_condition", "kind"),
    ("audience_condition", "state"),
    ("needs_trainer", "teaching"),
    ("outline_session", "methods"),
    ("outline_session_edit", "methods"),
}
EXCEPTIONS = {
    SUMMARY: "all answers in one message weigh less over a bad link than pages that are each "
    "one more press",
    FOUND: "live data, not the form, decides how long eight names of people, offices or zones are",
    LIST: "conditions, states and methods of teaching stand on one screen; officers never see it, "
    "and pages are each one more press",
    WEEKDAYS: "seven days are seven buttons, and one press each is less than typing their names",
    MONTHS: "twelve months are twelve buttons, for the same reason",
}
"""Kinds of screens that may be heavier, and why."""
HEAD = """# How much a question weighs

Over a bad link every byte counts. This is the weight of the screens of the forms that come with
Rollcall: the text and the buttons as compact JSON, in bytes of UTF-8, with the invented
administration of the sandbox as live data. No question is heavier than {limit:,} bytes. Made by
`python -m scripts.screen_sizes`; a test makes it again and compares.
"""
MOST = """The heaviest question is `{weight.kind}` of `{weight.form}`: {weight.size:,} bytes in \
`{weight.language}`.
"""
GROWING = """**Words of people**: `answer_question` repeats what was asked, and a question that was
answered before repeats the answer, as long as somebody wrote it.
"""


@dataclass(frozen=True, slots=True)
class Weight:
    """One screen: `kind` is the name of a question, or one of the exceptions."""

    form: str
    kind: str
    language: str
    size: int


def weights(folder: Path) -> list[Weight]:
    """Every screen of every library form in every language, from a database in `folder`."""
    root.register_speaking()
    root.register_working()
    settings = settings_for(folder / "rollcall.db", "en")
    database, clock = Database(settings.database_url), FixedClock(START)
    load_demo(database, clock, settings, folder / "cast.json")
    with database.transaction(readonly=True) as session:
        cast = json.loads((folder / "cast.json").read_text(encoding="utf-8"))
        number = next(person["staff_no"] for person in cast if person["key"] == "unit")
        person_id = session.scalar(select(Person.id).where(Person.staff_no == number))
        found = [
            weight
            for language in LANGUAGES
            for path in library_files()
            for weight in _of_form(
                Ctx(session, clock, Actor(person_id, 1, language, settings.timezone), settings),
                path.stem,
            )
        ]
    database.close()
    return found


def page(found: list[Weight]) -> str:
    """The page with the heaviest question of each form, and the exceptions."""
    questions = [weight for weight in found if weight.kind not in EXCEPTIONS]
    most = max(questions, key=lambda weight: weight.size)
    parts = [
        HEAD.format(limit=MOST_BYTES),
        MOST.format(weight=most),
        _table("## The heaviest question of each form", questions, with_kind=True),
        "## Exceptions\n",
    ]
    for kind, reason in EXCEPTIONS.items():
        of_kind = [weight for weight in found if weight.kind == kind]
        parts.append(_table(f"**{kind.capitalize()}**: {reason}.", of_kind, with_kind=False))
    return "\n".join([*parts, GROWING])


def main() -> None:
    """Write the page anew."""
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(page(weights(Path(folder))), encoding="utf-8")


def _of_form(ctx: Ctx, name: str) -> Iterator[Weight]:
    version_id = versions.current_version(ctx, name)
    form = versions.definition(ctx, version_id)
    purpose = {
        "class_id": ctx.session.scalar(select(Enrolment.class_id).limit(1)),
        "topic_id": ctx.session.scalar(select(Topic.id).limit(1)) or 0,
    }
    given = {"asked": "Where is the next course on valuation held, and who may come?"}
    state = engine.start(form, service.moment(ctx), given)
    draft = OpenDraft(12345, version_id, None, purpose, form, state)
    language = ctx.actor.language
    for step in compiled(form).steps:
        if not step.is_asked:
            continue
        open_here = replace(draft, state=replace(state, open=step.question.name))
        size = _size(question_screen(ctx, open_here), language)
        yield Weight(name, _kind(name, step.question), language, size)
        if step.question.source:
            found = _found(ctx, draft, step.question.source)
            screen = question_screen(ctx, open_here, found=found)
            yield Weight(name, FOUND, language, _size(screen, language))
    last = replace(draft, state=replace(state, open=None))
    yield Weight(name, SUMMARY, language, _size(summary_screen(ctx, last), language))


def _kind(form: str, question: Question) -> str:
    """What a screen is listed as; what shows names before anything is typed is live data."""
    if question.source in SHOWN_AT_ONCE:
        return FOUND
    return LIST if (form, question.name) in OF_A_LIST else question.name


def _found(ctx: Ctx, draft: OpenDraft, source: str) -> list[Option]:
    found = service.SOURCES[source](ctx, draft.purpose, "a")
    return [Option(code, label) for code, label in found[:FEW]]


def _size(screen: Screen, language: str) -> int:
    encoded = encode(screen, language, revision=1234)
    markup = json.dumps(encoded.reply_markup, separators=(",", ":"), ensure_ascii=False)
    return len(encoded.text.encode()) + (len(markup.encode()) if encoded.reply_markup else 0)


def _table(heading: str, found: list[Weight], *, with_kind: bool) -> str:
    lines = [heading, "", f"| Form | {' | '.join(LANGUAGES)} |", f"|{'---|' * 4}"]
    for form in sorted({weight.form for weight in found}):
        cells = []
        for language in LANGUAGES:
            of = [one for one in found if (one.form, one.language) == (form, language)]
            most = max(of, key=lambda weight: weight.size)
            cells.append(f"{most.size:,} (`{most.kind}`)" if with_kind else f"{most.size:,}")
        lines.append(f"| `{form}` | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
