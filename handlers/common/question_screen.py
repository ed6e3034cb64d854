"""How one question looks in a chat: one tap where one tap can do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.errors import Refusal
from bot.forms import engine, service
from bot.forms.definition import Question
from bot.forms.expressions import Value
from bot.forms.question_types.contract import Offer, OfferKind, Option, type_of
from bot.forms.service import OpenDraft
from bot.i18n import Text, Texts, Words, _, _n, render
from bot.screens import Button, Screen, Style
from handlers.common.numbers import number_of
from handlers.common.question_heading import heading

SHORT, TINY = 20, 3
PER_PAGE = 20
IN_ROW = 5
MOST_IN_GRID = 11
CHOSEN, NOT_CHOSEN = "☑", "☐"

TYPED = {
    "text": _("Type your answer."),
    "integer": _("Type a whole number."),
    "decimal": _("Type a number."),
    "range": _("Type a number."),
    "date": _("Type a date such as 2026-11-22."),
}
SENT = {
    "image": _("Send a photo here."),
    "audio": _("Record a voice message here."),
    "file": _("Send the file here, or a photo of it."),
}
SEARCH = _("Type part of a name or number to search.")
SEARCH_ON = _("Choose, or type part of another name or number to search.")
FEW = 8
"""So many live choices are shown as buttons; more would be too much for a bad link."""


def question_screen(
    ctx: Ctx,
    draft: OpenDraft,
    problem: Words | None = None,
    page: int = 0,
    found: Sequence[Option] | None = None,
) -> Screen:
    """The open question of a draft; `found` are live choices that were searched for."""
    now = service.moment(ctx)
    question = engine.open_question(draft.form, draft.state)
    assert question is not None, "the summary has a screen of its own"
    offer = engine.offer(draft.form, draft.state, question.name, now)
    live = found if found is not None else _few(ctx, draft, question, offer)
    if live:
        offer = Offer(OfferKind.BUTTONS, tuple(live))
    label = engine.wording(draft.form, draft.state, question.label, now)
    hint = engine.wording(draft.form, draft.state, question.hint, now)
    body, rows = _answers(ctx, draft, question, offer, page)
    if live:
        body = [*body, SEARCH_ON]
    return Screen(
        above=heading(ctx, draft, question, problem),
        title=label,
        body=tuple(words for words in (hint, *body) if words),
        rows=(*rows, _navigation(ctx, draft, question, offer)),
        asks=f"{'qf' if offer.kind is OfferKind.FILE else 'q'}:{draft.id}:{question.name}",
    )


def token(question: Question, code: str) -> str:
    """What a button says of a choice: its place in the form, or the value itself on a scale."""
    for place, choice in enumerate(question.choices):
        if choice.code == code:
            return f"i{place}"
    return f"v{code}"


def code_of(question: Question, said: str) -> str | None:
    """The code that a button's token means; None if it means nothing here."""
    if said.startswith("v"):
        return said[1:]
    place = number_of(said[1:])
    if place is None or place >= len(question.choices):
        return None
    return question.choices[place].code


def _few(ctx: Ctx, draft: OpenDraft, question: Question, offer: Offer) -> list[Option]:
    """Live choices that are so few that nobody has to search."""
    if offer.kind is not OfferKind.SEARCH:
        return []
    found = _live(ctx, draft, question, "")
    return [Option(code, label) for code, label in found] if len(found) <= FEW else []


def _live(
    ctx: Ctx, draft: OpenDraft, question: Question, typed: str
) -> Sequence[tuple[str, Words]]:
    """Live choices as far as the actor may see them now; a screen is drawn without the others."""
    if question.source not in service.SOURCES:
        return ()
    try:
        return service.SOURCES[question.source](ctx, draft.purpose, typed)
    except Refusal:
        return ()


Body = list[Words]
Rows = list[tuple[Button, ...]]


def _answers(
    ctx: Ctx, draft: OpenDraft, question: Question, offer: Offer, page: int
) -> tuple[Body, Rows]:
    if offer.kind is OfferKind.TYPED:
        return [*_given(ctx, draft, question), TYPED.get(question.type, TYPED["text"])], []
    if offer.kind is OfferKind.SEARCH:
        return [*_given(ctx, draft, question), SEARCH], []
    if offer.kind is OfferKind.NOTE:
        return [], []
    if offer.kind is OfferKind.FILE:
        return [*_given(ctx, draft, question), SENT[question.type]], []
    if offer.kind is OfferKind.SCALE or _is_rated(draft, question, offer):
        return _scale(ctx, draft, question, offer)
    return _list(ctx, draft, question, offer, page)


def _given(ctx: Ctx, draft: OpenDraft, question: Question) -> Body:
    value = draft.state.answers.get(question.name)
    if value is None:
        return []
    return [_("Your answer so far: {answer}", answer=answer_words(ctx, draft, question, value))]


def answer_words(ctx: Ctx, draft: OpenDraft, question: Question, value: Value) -> Words:
    """An answer as its form words it; a choice from live data with its present label."""
    shown = type_of(question).format(value, question, ctx.language)
    found = _live(ctx, draft, question, shown)
    return next((label for code, label in found if code == shown), shown)


def _is_rated(draft: OpenDraft, question: Question, offer: Offer) -> bool:
    """Ratings and items of a grid stand in a row under their numbers; without numbers they are a
    list.
    """
    group = draft.form.group_by_name.get(question.groups[-1]) if question.groups else None
    in_grid = group is not None and group.is_grid and offer.kind is OfferKind.BUTTONS
    likert = question.appearance.startswith("likert")
    short = len(offer.options) <= MOST_IN_GRID
    return (likert or (in_grid and short)) and all(one.number for one in offer.options)


def _scale(ctx: Ctx, draft: OpenDraft, question: Question, offer: Offer) -> tuple[Body, Rows]:
    """Ratings in one row; where choices have words, numbers stand for them."""
    named = bool(question.choices)
    body: Body = []
    buttons = []
    for option in offer.options:
        face: Words = option.number if named else option.label
        if named:
            body.append(_numbered(option))
        buttons.append(_answer_button(draft, question, option, face))
    return body, _in_rows(buttons, 6 if len(buttons) > 8 else 8)


def _list(
    ctx: Ctx, draft: OpenDraft, question: Question, offer: Offer, page: int
) -> tuple[Body, Rows]:
    many = offer.kind is OfferKind.MULTI
    shown = offer.options[page * PER_PAGE : (page + 1) * PER_PAGE]
    long = all(option.number for option in shown) and any(
        len(render(option.label, ctx.language)) > 2 * SHORT for option in shown
    )
    body: Body = _count(draft, question, offer) if many else []
    buttons = []
    for option in shown:
        if long:
            body.append(_numbered(option))
        face: Words = option.number if long else option.label
        make = _choice_button if many else _answer_button
        buttons.append(make(draft, question, option, face))
    width = IN_ROW if long else _width(ctx, shown)
    rows = _in_rows(buttons, width)
    if len(offer.options) > PER_PAGE:
        rows.append(_pages(draft, page, len(offer.options)))
    return body, rows


def _numbered(option: Option) -> Text:
    return Text("{number}. {label}", (("number", option.number), ("label", option.label)))


def _width(ctx: Ctx, options: Sequence[Option]) -> int:
    longest = max((len(render(option.label, ctx.language)) for option in options), default=0)
    if longest <= TINY:
        return IN_ROW
    return 2 if longest <= SHORT // 2 else 1


def _count(draft: OpenDraft, question: Question, offer: Offer) -> Body:
    chosen = len(_codes(draft, question))
    return [
        _n(
            "{count} of {total} chosen.",
            "{count} of {total} chosen.",
            chosen,
            total=len(offer.options),
        )
    ]


def _codes(draft: OpenDraft, question: Question) -> list[str]:
    value = draft.state.answers.get(question.name) or []
    return value.split() if isinstance(value, str) else [str(code) for code in value]  # type: ignore[union-attr]


def _answer_button(draft: OpenDraft, question: Question, option: Option, face: Words) -> Button:
    value = draft.state.answers.get(question.name)
    chosen = value is not None and str(value) == option.code
    action = f"q:{draft.id}:{_place(draft, question)}:{token(question, option.code)}"
    return Button(_marked(face, "✓" if chosen else ""), action)


def _choice_button(draft: OpenDraft, question: Question, option: Option, face: Words) -> Button:
    on = option.code in _codes(draft, question)
    said = token(question, option.code)
    action = f"m:{draft.id}:{_place(draft, question)}:{said}:{0 if on else 1}"
    return Button(_marked(face, CHOSEN if on else NOT_CHOSEN), action)


def _marked(face: Words, mark: str) -> Words:
    return Text("{mark} {face}", (("mark", mark), ("face", face))) if mark else face


def _place(draft: OpenDraft, question: Question) -> int:
    names = (each.name for each in draft.form.questions)
    return next(place for place, name in enumerate(names) if name == question.name)


def _in_rows(buttons: Sequence[Button], width: int) -> Rows:
    return [tuple(buttons[at : at + width]) for at in range(0, len(buttons), width)]


def _pages(draft: OpenDraft, page: int, total: int) -> tuple[Button, ...]:
    last = (total - 1) // PER_PAGE
    row = []
    if page > 0:
        row.append(Button("‹", f"f:{draft.id}:page:{page - 1}", guarded=True))
    row.append(Button(f"{page + 1}/{last + 1}", f"f:{draft.id}:page:{page}"))
    if page < last:
        row.append(Button("›", f"f:{draft.id}:page:{page + 1}", guarded=True))
    return tuple(row)


def _navigation(
    ctx: Ctx, draft: OpenDraft, question: Question, offer: Offer
) -> tuple[Button, ...]:
    now = service.moment(ctx)
    row = []
    if draft.state.editing or engine.back(draft.form, draft.state, now) != draft.state:
        row.append(Button(_("« Back"), f"f:{draft.id}:back", guarded=True))
    if offer.kind is OfferKind.MULTI:
        row.append(Button(_("Done"), f"f:{draft.id}:done", guarded=True, style=Style.PRIMARY))
    elif offer.kind is OfferKind.NOTE:
        row.append(Button(_("Next"), f"f:{draft.id}:done", guarded=True, style=Style.PRIMARY))
    elif _can_be_kept(draft, question, offer):
        row.append(Button(_("Keep this answer"), f"f:{draft.id}:done", guarded=True))
    elif not engine.is_required(draft.form, draft.state, question.name, now):
        row.append(Button(_("Skip"), f"f:{draft.id}:skip", guarded=True))
    row.append(Button(_("Stop"), f"f:{draft.id}:stop", guarded=True))
    return tuple(row)


def _can_be_kept(draft: OpenDraft, question: Question, offer: Offer) -> bool:
    """Whether a typed answer is there already, and no summary is there to go back to."""
    typed = offer.kind in (OfferKind.TYPED, OfferKind.SEARCH, OfferKind.FILE)
    return typed and not draft.state.editing and question.name in draft.state.answers


def words_of(label: Texts, ctx: Ctx, most: int = 60) -> str:
    """A label in the reader's language, on one line, cut to `most` characters."""
    words = " ".join(label.best(ctx.language).split())
    return words if len(words) <= most else words[: most - 1] + "…"
