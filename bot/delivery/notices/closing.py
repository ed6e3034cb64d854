"""What a closed class tells: to those without a certificate how it ended, to trainers thanks."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Text, Words, _, _n
from bot.models.training import Enrolment, EnrolmentState
from bot.screens import Button, Screen
from bot.training import catalogue, closing, closing_preview
from bot.training.qualifications import early


@notice("training_result")
def training_result(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Completed, and what the certificate waits for; or every reason why not."""
    row = ctx.session.get(Enrolment, items[0].params["enrolment"])
    if row is None:
        return Drop("no longer on the list")
    held = catalogue.card(ctx, row.class_id)
    trainee = closing_preview.assess_one(ctx, row)
    about = _("{course}, class {code}", course=held.title, code=held.code)
    if row.state is EnrolmentState.COMPLETED:
        body: list[Words] = [about]
        if row.completed_on is not None:
            body += early.renews_nothing(ctx, row.person_id, held.course_id, row.completed_on)
        if trainee.held_back:
            body += ["", _("Your certificate follows then:"), *trainee.held_back]
        return Screen(title=_("You have completed the course"), body=tuple(body))
    return Screen(
        title=_("The class has been closed. You have not completed the course"),
        body=(
            about,
            "",
            *trainee.why_not,
            "",
            _("If this is wrong, tell the training unit with /ask."),
        ),
    )


@notice("class_was_closed")
def class_was_closed(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """To who keeps the class: that somebody has closed it, and the way to what came of it."""
    held = catalogue.card(ctx, items[0].params["class"])
    if not closing.is_closed(ctx, held.id):
        return Drop("open again")
    return Screen(
        title=_("Class {code} has been closed", code=held.code),
        body=(held.title, _completed(ctx, held.id)),
        rows=((Button(_("Show what came of it"), f"close:{held.id}"),),),
    )


@notice("trainers_thanked")
def trainers_thanked(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """Thanks, and how many completed the course."""
    held = catalogue.card(ctx, items[0].params["class"])
    return Screen(
        title=_("Thank you for holding class {code}", code=held.code),
        body=(
            held.title,
            _completed(ctx, held.id),
            _("What the group says of the class follows once its questionnaire has closed."),
        ),
    )


def _completed(ctx: Ctx, class_id: int) -> Text:
    return _n(
        "{count} person has completed the course.",
        "{count} people have completed the course.",
        closing_preview.count_completed(ctx, class_id),
    )
