"""Something to confirm; stored as OK, as ODK does."""

from __future__ import annotations

from bot.forms.definition import Question
from bot.forms.expressions import Value
from bot.forms.question_types.contract import (
    Example,
    Offer,
    OfferKind,
    Option,
    QuestionType,
    register,
)
from bot.forms.question_types.reading import wording
from bot.i18n import Text, _, render

CONFIRMED = "OK"


class AcknowledgeQuestion(QuestionType):
    name = "acknowledge"
    example = Example(
        row={"type": "acknowledge", "name": "charter", "label": "I accept the charter."},
        accepted=(("ok", CONFIRMED), ("Yes", CONFIRMED)),
        refused=("no", "maybe", ""),
    )

    def offer(self, question: Question) -> Offer:
        return Offer(OfferKind.ACKNOWLEDGE, (Option(CONFIRMED, _("I confirm")),))

    def parse(self, text: str, question: Question, language: str) -> Value | Text:
        typed = wording(text)
        meant = {"ok", "yes", "y", "1"} | {
            wording(render(sentence, language)) for sentence in (_("yes"), _("I confirm"))
        }
        return CONFIRMED if typed in meant else _("Please press the button to confirm.")

    def take(self, value: Value, question: Question) -> Value | None:
        return CONFIRMED if value == CONFIRMED else None

    def format(self, value: Value, question: Question, language: str) -> str:
        return render(_("confirmed"), language)


register(AcknowledgeQuestion())
