"""What the evaluation keeps about a person, for /mydata: reports of others, and own replies."""

from __future__ import annotations

from bot.context import Ctx
from bot.evaluation import reported
from bot.i18n import Moment, Words, _
from bot.people.mydata import Fact, section


@section("reported", _("What was reported about me"), 62)
def reports(ctx: Ctx, _person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """Every report about the actor, word for word, the newest first."""
    facts: list[Fact] = []
    for line in reported.about_me(ctx):
        found = reported.of(ctx, line.response_id)
        if found is None:
            continue
        source = _("{course}, by {name}", course=line.course, name=line.by)
        facts.append(Fact(Moment(line.at, ctx.actor.zone), source))
        facts += [Fact(label, words) for label, words in found.answers]
        if found.reply:
            facts.append(Fact(_("Your reply"), found.reply))
    return tuple(facts), _("You can reply to each with /reported.")
