"""What makes a qualification: the courses of it, for how long it holds, how it is renewed."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _, _n
from bot.models.qualifications import ExpiryRule
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.training.qualifications import curricula, curriculum_cards
from bot.training.qualifications.curriculum_cards import CurriculumCard, CurriculumLine, ItemLine
from bot.training.qualifications.curriculum_fields import RULE_WORDS
from handlers.common import ask_form
from handlers.common.class_screens import cut_search, number_in, page_asked
from handlers.common.paging import Page, Rows, page_of
from handlers.common.routes import press, text

ASKS = "curricula:find"
ALL = _("All qualifications")
PAGE = 8


@press("curricula", Action.SEE_QUALIFICATIONS)
def show_curricula(ctx: Ctx, event: Event) -> Reply:
    """All qualifications by code, retired ones at the end: `curricula:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_list(ctx, number, search))


@text("curricula", Action.SEE_QUALIFICATIONS)
def find_curricula(ctx: Ctx, event: Event) -> Reply:
    """Qualifications by a part of their code or title in any language."""
    return Reply(screen=_list(ctx, 0, event.text.strip()))


@press("curriculum", Action.SEE_QUALIFICATIONS)
def show_curriculum(ctx: Ctx, event: Event) -> Reply:
    """One qualification: `curriculum:id`."""
    return Reply(screen=_screen(ctx, curriculum_cards.card(ctx, number_in(event, 1))))


@press("curriculumnew", Action.EDIT_CURRICULA)
def begin_curriculum(ctx: Ctx, _event: Event) -> Reply:
    """Ask for a new qualification's facts."""
    service.begin(ctx, "new_curriculum")
    return ask_form.show(ctx)


@press("curriculumedit", Action.EDIT_CURRICULA)
def begin_correcting(ctx: Ctx, event: Event) -> Reply:
    """Show all facts at once, each to be changed by its number: `curriculumedit:id`."""
    about = number_in(event, 1)
    typed = curricula.as_typed(ctx, about)
    service.begin(ctx, "edit_curriculum", {"curriculum_id": about}, typed)
    return ask_form.show_all(ctx)


@press("curriculumoff", Action.EDIT_CURRICULA)
def retire(ctx: Ctx, event: Event) -> Reply:
    """Nobody new earns it from now on: `curriculumoff:id`."""
    card = curricula.retire(ctx, number_in(event, 1))
    return Reply(screen=_screen(ctx, card), toast=_("{code} is retired.", code=card.code))


@press("curriculumon", Action.EDIT_CURRICULA)
def bring_back(ctx: Ctx, event: Event) -> Reply:
    """It can be earned again: `curriculumon:id`."""
    card = curricula.bring_back(ctx, number_in(event, 1))
    return Reply(screen=_screen(ctx, card), toast=_("{code} can be earned again.", code=card.code))


def facts(card: CurriculumCard) -> list[Words]:
    """What has to be completed, how long it holds, how it is renewed."""
    lines: list[Words] = [_needed(card), *map(_item, card.items), ""]
    if not card.ends:
        return [*lines, _("It does not end.")]
    lines += [_validity(card), _window(card)]
    if card.grace_days:
        lines.append(
            _n(
                "Grace after the last day: {count} day",
                "Grace after the last day: {count} days",
                card.grace_days,
            )  # fmt: skip
        )
    if card.renewed_by is not None:
        after = card.renewed_by
        lines.append(_("Renewed by: {code} {title}", code=after.code, title=after.title))
    return lines


def _screen(ctx: Ctx, card: CurriculumCard) -> Screen:
    body: list[Words] = [_("Qualification {code}", code=card.code)]
    if not card.active:
        body.append(_("Retired: nobody earns it anew, and no post requires it."))
    label = _n("{count} person has earned it", "{count} people have earned it", card.holders)
    if card.holders > curriculum_cards.MANY:
        label = _("More than {most} people have earned it", most=curriculum_cards.MANY)
    rows: Rows = [(Button(label, f"qualcur:{card.id}"),)]
    if access.may(ctx, Action.EDIT_CURRICULA):
        rows.append(
            (Button(_("Correct"), f"curriculumedit:{card.id}", style=Style.PRIMARY), _turn(card))
        )
    return Screen(
        title=card.title,
        body=(*body, "", *facts(card)),
        rows=(*rows, (Button(_("« All qualifications"), "curricula"),)),
    )


def _turn(card: CurriculumCard) -> Button:
    if card.active:
        return Button(_("Retire"), f"curriculumoff:{card.id}", guarded=True)
    return Button(_("Bring back"), f"curriculumon:{card.id}", guarded=True)


def _list(ctx: Ctx, number: int, search: str) -> Screen:
    page = page_of(curriculum_cards.find(ctx, search), number, PAGE)
    kept = cut_search(search)
    rows: Rows = [(Button(_label(line), f"curriculum:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"curricula:{turned}:{kept}")
    if access.may(ctx, Action.EDIT_CURRICULA):
        rows.append((Button(_("New qualification"), "curriculumnew", style=Style.PRIMARY),))
    rows.append((Button(_("« Qualifications"), "quals"),))
    return Screen(title=ALL, body=(_found(page, search),), rows=tuple(rows), asks=ASKS)


def _found(page: Page[CurriculumLine], search: str) -> Text:
    if page.shown:
        return _("Choose a qualification, or type a part of its code or title.")
    if search:
        return _("No qualification was found for “{words}”.", words=search)
    return _("There are no qualifications yet.")


def _label(line: CurriculumLine) -> Text:
    if line.active:
        return _("{code} {title}", code=line.code, title=line.title)
    return _("{code} {title} (retired)", code=line.code, title=line.title)


def _needed(card: CurriculumCard) -> Text:
    if not card.items:
        return _("No course is in it.")
    count, required = len(card.items), sum(not item.optional for item in card.items)
    needed = card.needed if card.needed is not None else required or count
    if needed == count:
        return _n("This course has to be completed:", "All of these courses have to be completed:",
                  count)  # fmt: skip
    return _n(
        "Of these courses {count} has to be completed:",
        "Of these courses {count} have to be completed:",
        needed,
    )


def _item(item: ItemLine) -> Text:
    if item.optional:
        return _("• {code} {title}, may be left out", code=item.code, title=item.title)
    return _("• {code} {title}", code=item.code, title=item.title)


def _validity(card: CurriculumCard) -> Text:
    if card.expiry_rule is not ExpiryRule.FIXED:
        return _n(
            "Valid for {count} month, counted {rule}",
            "Valid for {count} months, counted {rule}",
            card.valid_months or 0,
            rule=RULE_WORDS[card.expiry_rule],
        )
    if card.min_months:
        return _n(
            "Valid until {day} of a year, for {count} month at least",
            "Valid until {day} of a year, for {count} months at least",
            card.min_months,
            day=card.fixed_day,
        )
    return _("Valid until {day} of a year", day=card.fixed_day)


def _window(card: CurriculumCard) -> Text:
    if not card.window_days:
        return _("It can be renewed at any time.")
    return _n(
        "It can be renewed in the last {count} day.",
        "It can be renewed in the last {count} days.",
        card.window_days,
    )
