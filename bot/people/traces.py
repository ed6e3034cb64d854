"""The audit's lines about a person, in words, for /mydata."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import or_, select

from bot.context import Ctx
from bot.i18n import Moment, Text, Words, _
from bot.models.system import AuditEntry
from bot.people import directory
from bot.people.mydata import Fact, section

MOST_LINES = 20
ACTS: dict[str, Text] = {}


def describe(words: Mapping[str, Text]) -> None:
    """Register how acts of the audit are called; refuses a second name for one."""
    doubled = ACTS.keys() & words.keys()
    if doubled:
        raise ValueError(f"acts are named twice: {', '.join(sorted(doubled))}")
    ACTS.update(words)


describe(
    {
        "person.added": _("put on the roster"),
        "person.edited": _("details changed"),
        "person.moved": _("moved to another post"),
        "person.deactivated": _("taken off the roster"),
        "person.brought_back": _("put on the roster again"),
        "invite.made": _("invite made"),
        "link.requested": _("link asked for"),
        "link.confirmed": _("link confirmed"),
        "link.refused": _("link refused"),
        "link.made": _("account linked"),
        "link.ended": _("account unlinked"),
        "link.restored": _("account linked again"),
        "language.chosen": _("language chosen"),
        "privacy.accepted": _("privacy notice accepted"),
        "question.asked": _("question asked"),
    }
)


@section("audit", _("What was done about you"), 90)
def audit_lines(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """The newest acts on the person's record, and the person's own."""
    entries = ctx.session.scalars(
        select(AuditEntry)
        .where(
            or_(
                AuditEntry.actor_id == person_id,
                (AuditEntry.object_kind == "person") & (AuditEntry.object_id == person_id),
            )
        )
        .order_by(AuditEntry.id.desc())
        .limit(MOST_LINES)
    )
    facts = tuple(_fact(ctx, entry) for entry in entries)
    return facts, _("At most {count} lines, the newest first.", count=MOST_LINES)


def _fact(ctx: Ctx, entry: AuditEntry) -> Fact:
    act = ACTS.get(entry.action, entry.action)
    moment = Moment(entry.at, ctx.actor.zone)
    if entry.actor_id is None:
        return Fact(moment, _("{act} (by Rollcall)", act=act))
    if entry.actor_id == ctx.actor.person_id:
        return Fact(moment, _("{act} (by you)", act=act))
    who = directory.name_of(ctx.session, entry.actor_id)
    return Fact(moment, _("{act} (by {name})", act=act, name=who))
