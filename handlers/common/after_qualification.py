"""The way on after a form about qualifications: back to what it was about."""

from __future__ import annotations

from collections.abc import Mapping

from bot.context import Ctx
from bot.i18n import Text, _
from bot.screens import Button, Style
from bot.training.qualifications import recent
from bot.training.qualifications.recent import About
from handlers.common import closing

WAYS: Mapping[About, tuple[Text, str]] = {
    About.CURRICULUM: (_("« The qualification"), "curriculum:{id}"),
    About.POST: (_("« What posts require"), "reqs"),
    About.PERSON: (_("« The person"), "qualp:{id}"),
    About.OWN_CERTIFICATE: (_("« Certificates"), "evids"),
    About.CERTIFICATE: (_("Certificates to confirm"), "evidq"),
    About.OWN_TIME: (_("« My qualifications"), "myq"),
    About.TIME: (_("Qualifications of my team"), "teamq"),
}


@closing.offer(19)
def offer_way_on(ctx: Ctx) -> Button | None:
    """Where the act just done can be seen, or the next of its kind waits."""
    done = recent.just_done(ctx)
    if done is None:
        return None
    label, action = WAYS[done.about]
    return Button(label, action.format(id=done.object_id), style=Style.PRIMARY)
