"""Questions that officers asked: taken by one member of the unit, answered, closed."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.forms.service import Submission
from bot.i18n import Moment, Text, Words, _, _n
from bot.people import questions
from bot.people.access_table import Action
from bot.people.questions import QuestionCard
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form, menu
from handlers.common.numbers import number_after, number_of
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press
from handlers.common.waiting import Waiting, waiting_counter

FORM = "answer_question"
PER_PAGE = 8

menu.menu_entry(
    "questions",
    _("Questions from officers"),
    "questions",
    Action.ANSWER_QUESTIONS,
    55,
    menu.Part.FORMS,
)


@waiting_counter("questions", Action.ANSWER_QUESTIONS, 40)
def count_questions(ctx: Ctx) -> Waiting:
    """How many questions nobody has answered."""
    count = questions.count_waiting(ctx)
    sentence = _n(
        "{count} question waits for the unit.", "{count} questions wait for the unit.", count
    )
    return Waiting(sentence, Button(_("Questions from officers"), "questions"))


@press("questions", Action.ANSWER_QUESTIONS)
def show_questions(ctx: Ctx, event: Event) -> Reply:
    """The questions without an answer, oldest first: `questions:page`."""
    return Reply(screen=_list(ctx, number=number_after(event.text) or 0))


@press("question", Action.ANSWER_QUESTIONS)
def act(ctx: Ctx, event: Event) -> Reply:
    """`question:id` shows one; `take`, `give`, `answer`, `close` after it act on it."""
    _question, number, *said = [*event.text.split(":"), ""]
    question_id = number_of(number) or 0
    step = said[0] if said else ""
    if step == "take":
        return Reply(screen=_one(ctx, questions.claim(ctx, question_id)))
    if step == "give":
        questions.release(ctx, question_id)
        return Reply(screen=_list(ctx, _("The question is back with the unit.")))
    if step == "close":
        questions.close(ctx, question_id)
        return Reply(screen=_list(ctx, _("The question is closed. Who asked it is told.")))
    if step == "answer":
        return _answer(ctx, question_id)
    return Reply(screen=_one(ctx, questions.get(ctx, question_id)))


@service.on_submit(FORM, "answer")
def send_answer(ctx: Ctx, submission: Submission) -> Text:
    """Hand the form's answer to the question it was opened for."""
    card = questions.answer(
        ctx, int(submission.purpose["question"]), str(submission.answers["answer"])
    )
    return _("Your answer has been sent to {name}.", name=card.asker.name)


def _answer(ctx: Ctx, question_id: int) -> Reply:
    card = questions.claim(ctx, question_id)
    questions.require_answerable(ctx, card)
    service.begin(ctx, FORM, {"question": card.id}, {"asked": card.text})
    return ask_form.show(ctx)


def _list(ctx: Ctx, before: Words = "", number: int = 0) -> Screen:
    page = page_of(questions.waiting(ctx), number, PER_PAGE)
    rows: Rows = [(Button(_label(card), f"question:{card.id}"),) for card in page.shown]
    rows += page.rows(lambda turned: f"questions:{turned}")
    body: list[Words] = [before] if before else []
    if not page.shown:
        body.append(_("No question is waiting."))
    return Screen(
        title=_("Questions from officers"), body=tuple(body), rows=(*rows, menu.back_to_menu())
    )


def _label(card: QuestionCard) -> Text:
    if card.claimed_by is None:
        return _("{name}: {words}", name=card.asker.name, words=card.text[:40])
    return _("{name}, taken by {member}", name=card.asker.name, member=card.claimed_by.name)


def _one(ctx: Ctx, card: QuestionCard) -> Screen:
    asked = Moment(card.asked_at, ctx.actor.zone)
    body: list[Words] = [
        card.text,
        "",
        _("{name}, {unit}, {moment}", name=card.asker.name, unit=card.asker.unit, moment=asked),
    ]
    if card.claimed_by is not None and card.waits:
        body.append(_("{name} has taken this question.", name=card.claimed_by.name))
    if card.answer:
        body += ["", _("The answer:"), card.answer]
    return Screen(
        title=_("Question {number}", number=str(card.id)),
        body=tuple(body),
        rows=(*_choices(ctx, card), (Button(_("« Questions"), "questions"),)),
    )


def _choices(ctx: Ctx, card: QuestionCard) -> tuple[tuple[Button, ...], ...]:
    if not card.waits:
        return ()
    base = f"question:{card.id}"
    answer = Button(_("Answer"), f"{base}:answer", style=Style.PRIMARY)
    close = Button(_("Close without an answer"), f"{base}:close", guarded=True)
    if card.claimed_by is None:
        return (answer, Button(_("I take it"), f"{base}:take")), (close,)
    if card.claimed_by.id == ctx.actor.person_id:
        return (answer, Button(_("Give it back"), f"{base}:give", guarded=True)), (close,)
    return ()
