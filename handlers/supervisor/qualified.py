"""Who is qualified in what, where, and until when: asked by typing it, in any language."""

from __future__ import annotations

from dataclasses import dataclass

from bot.context import Ctx
from bot.events import Event
from bot.i18n import Joined, Text, Words, _, _n
from bot.long_text import and_more
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from bot.training.qualifications import holdings, qualified, understanding
from bot.training.qualifications.qualified import Answer, Line
from bot.training.qualifications.understanding import Kind, People, Subject, Understood, Where
from handlers.common import free_words
from handlers.common.menu import back_to_menu
from handlers.common.numbers import number_of
from handlers.common.paging import Rows, page_of, page_of_lines
from handlers.common.qualification_screens import standing_words, state_words
from handlers.common.routes import command, press, text

TITLE = _("Who is qualified?")
EXAMPLE = _("Type a question: Who at Poipet is qualified in valuation, and until when?")
ASKS = "who"
EVERYTHING = "p"
PER_PAGE = 15
MOST_CHOICES = 8


@command("qualified", Action.SEE_QUALIFICATIONS, menu=_("Who is qualified in what, until when"))
def ask(ctx: Ctx, event: Event) -> Reply:
    """`/qualified words` answers at once, alone it asks for words."""
    return Reply(screen=_answered(ctx, event.text) if event.text.strip() else _asking())


@text("who", Action.SEE_QUALIFICATIONS)
def answer(ctx: Ctx, event: Event) -> Reply:
    """A question that was asked for: a part of a title is enough."""
    return Reply(screen=_answered(ctx, event.text))


@free_words.reads("qualified", Action.SEE_QUALIFICATIONS)
def overhear(ctx: Ctx, words: str) -> Screen | None:
    """A question that came by itself, if it surely is one."""
    found = understanding.overheard(ctx, words)
    return _of(ctx, found, words) if found is not None else None


@press("who", Action.SEE_QUALIFICATIONS)
def show(ctx: Ctx, event: Event) -> Reply:
    """A page of an answer: `who:k12:3.4:page:5`, a curriculum (k) or course (c), at offices or
    about people; `who:p::page:5.6` is everything about people.
    """
    said = [*event.text.split(":"), "", "", "", ""][1:5]
    kind, about = said[0][:1], number_of(said[0][1:])
    whom, page = _Whom(_numbers(said[1]), _numbers(said[3])), number_of(said[2]) or 0
    if said[0] == EVERYTHING and whom.people:
        return Reply(screen=_held_by(ctx, whom.people, page))
    if kind not in set(Kind) or about is None:
        return Reply(screen=_asking())
    subject = understanding.subject(ctx, Kind(kind), about)
    return Reply(screen=_list(ctx, subject, whom, page))


@dataclass(frozen=True, slots=True)
class _Whom:
    """At which offices, or about which people."""

    where: Where = ()
    people: People = ()


def _asking(*before: Words) -> Screen:
    return Screen(title=TITLE, body=(*before, EXAMPLE), rows=(back_to_menu(),), asks=ASKS)


def _answered(ctx: Ctx, words: str) -> Screen:
    return _of(ctx, understanding.understand(ctx, words), words)


def _of(ctx: Ctx, found: Understood, words: str) -> Screen:
    if not found.subjects and found.people:
        return _held_by(ctx, found.people, 0)
    if not found.subjects:
        return _asking(_("No qualification and no course fits “{words}”.", words=words))
    if len(found.subjects) > 1:
        return _choice(found)
    whom = _Whom(found.where, found.people)
    return _list(ctx, found.subjects[0], whom, 0, found.unknown)


def _held_by(ctx: Ctx, people: People, number: int) -> Screen:
    """Everything that a few people hold and are to earn."""
    lines: list[Words] = []
    for one in people:
        found = holdings.of_person(ctx, one)
        lines += ["", _("{name}, {unit}", name=found.person.name, unit=found.person.unit)]
        lines += [
            _("• {title}: {state}", title=held.title, state=state_words(held))
            for held in found.lines
        ] or [_("• no qualification, and none is required")]
    page = page_of_lines(lines[1:], number)
    ids = ".".join(map(str, people))
    rows = page.rows(lambda turned: f"who:{EVERYTHING}::{turned}:{ids}")
    return Screen(
        title=TITLE, body=page.shown, rows=(*rows, back_to_menu()), asks=ASKS, protect=True
    )


def _choice(found: Understood) -> Screen:
    shown = found.subjects[:MOST_CHOICES]
    whom = _Whom(found.where, found.people)
    rows = [(Button(_label(one), _action(one, whom, 0)),) for one in shown]
    body = [
        *_unknown(found.unknown),
        _("Several are called so. Which one do you mean?"),
        *and_more(len(found.subjects) - len(shown)),
    ]
    return Screen(title=TITLE, body=tuple(body), rows=(*rows, back_to_menu()), asks=ASKS)


def _list(
    ctx: Ctx, subject: Subject, whom: _Whom, number: int, unknown: tuple[str, ...] = ()
) -> Screen:
    answer = qualified.answer(ctx, subject, whom.where, whom.people)
    page = page_of(answer.lines, number, PER_PAGE)
    above = _unknown(unknown) if whom.people else _above(answer, unknown)
    body = [*above, *(_line(one) for one in page.shown), *_below(answer)]
    if not body:
        body.append(_("Nobody is qualified in it."))
    rows: Rows = page.rows(lambda turned: _action(subject, whom, turned))
    return Screen(
        title=subject.title,
        body=tuple(body),
        rows=(*rows, back_to_menu()),
        asks=ASKS,
        protect=True,
    )


def _above(answer: Answer, unknown: tuple[str, ...]) -> list[Words]:
    """Where was looked, how many there are, and what was not understood."""
    lines = _unknown(unknown)
    if answer.offices:
        lines.append(_("At {offices}, as far as you may see:", offices=Joined(answer.offices)))
    else:
        lines.append(_("Wherever you may see:"))
    count = len(answer.lines)
    if answer.cut:
        lines.append(_("More than can be listed. Name an office, too."))
    elif not count:
        lines.append(_("Nobody is qualified in it."))
    elif answer.subject.kind is Kind.COURSE:
        lines.append(
            _n("{count} person has completed it.", "{count} people have completed it.", count)
        )
    else:
        lines.append(_n("{count} person is qualified.", "{count} people are qualified.", count))
    return lines


def _unknown(words: tuple[str, ...]) -> list[Words]:
    return [_("Not understood: {words}.", words=Joined(words))] if words else []


def _line(one: Line) -> Text:
    if one.lacks:
        return _("• {name}, {unit}: not qualified", name=one.name, unit=one.unit)
    if one.standing is None:
        return _("• {name}, {unit}: completed on {day}", name=one.name, unit=one.unit, day=one.day)
    state = standing_words(one.standing, one.day)
    return _("• {name}, {unit}: {state}", name=one.name, unit=one.unit, state=state)


def _below(answer: Answer) -> list[Words]:
    if not answer.lapsed:
        return []
    return [
        _n(
            "{count} person was qualified, and it has lapsed.",
            "{count} people were qualified, and it has lapsed.",
            answer.lapsed,
        )
    ]


def _label(one: Subject) -> Text:
    return _("{code} {title}", code=one.code, title=one.title)


def _action(one: Subject, whom: _Whom, page: int) -> str:
    where, people = (".".join(map(str, ids)) for ids in (whom.where, whom.people))
    return f"who:{one.kind}{one.id}:{where}:{page}:{people}".rstrip(":")


def _numbers(said: str) -> tuple[int, ...]:
    numbers = (number_of(part) for part in said.split("."))
    found = [number for number in numbers if number is not None]
    return tuple(found[: understanding.MOST_OFFICES])
