"""A partner's survey: put to the head of an office, due soon, or its file wanted."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.delivery.notices.reaction_due import closes, one_line, tasks_of, to_ask
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Words, _
from bot.models.needs import DonorSurvey, SurveyState
from bot.models.system import Blob
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Attachment, Button, FileKind, Screen, Style


@notice("donor_relayed", line=one_line, holds=to_ask)
def donor_relayed(ctx: Ctx, items: Sequence[Item], reader: Reader) -> Screen:
    """Who asks, and until when the office can say what it needs."""
    tasks = tasks_of(ctx, items)
    lines: list[Words] = [task.about for task in tasks]
    lines.append(_("What your office says goes into the answer of the administration."))
    lines.append(_("Please answer by {closes}.", closes=closes(tasks, reader)))
    rows = tuple(
        (
            Button(
                _("Answer now") if len(tasks) == 1 else task.about,
                f"t:{task.assignment_id}",
                style=Style.PRIMARY,
            ),
        )
        for task in tasks
    )
    title = _("A partner asks what your office needs")
    return Screen(title=title, body=tuple(lines), rows=rows)


@notice("donor_due")
def donor_due(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The deadline of a survey that is not answered yet comes near."""
    row = ctx.session.get(DonorSurvey, items[0].params["survey"])
    if row is None or row.state is SurveyState.ANSWERED:
        return Drop("answered since")
    if not access.may(ctx, Action.RUN_NEEDS):
        return Drop("does not run the survey any more")
    return Screen(
        title=_("A partner's survey is to be answered by {day}", day=row.due_on),
        body=(_("{donor}: {title}", donor=row.donor, title=row.title),),
        rows=((Button(_("Open it"), f"donor:{row.id}", style=Style.PRIMARY),),),
    )


@notice("donor_file")
def donor_file(ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """The file that came with a survey."""
    blob = ctx.session.get(Blob, items[0].params["blob"])
    row = ctx.session.get(DonorSurvey, items[0].params["survey"])
    if blob is None or row is None:
        return Drop("the file is not there any more")
    kind = FileKind.PHOTO if blob.mime.startswith("image/") else FileKind.DOCUMENT
    return Screen(
        title=row.title,
        body=(row.donor,),
        rows=((Button(_("« The survey"), f"donor:{row.id}"),),),
        attachment=Attachment(items[0].params["blob"], kind),
    )
