"""What is kept of somebody's qualifications, for /mydata; what of it goes when they are erased."""

from __future__ import annotations

from sqlalchemy import or_, select, update
from sqlmodel import Session

from bot.context import Ctx
from bot.i18n import Text, Words, _
from bot.models.qualifications import (
    CurriculumAssignment,
    Evidence,
    EvidenceState,
    Qualification,
)
from bot.people.mydata import Fact, section
from bot.training.qualifications import curriculum_cards
from bot.training.qualifications.book import withdrawn_why

EVIDENCE_WORDS = {
    EvidenceState.SENT: _("sent, not decided yet"),
    EvidenceState.CONFIRMED: _("confirmed"),
    EvidenceState.REFUSED: _("not accepted"),
}


@section("qualifications", _("Your qualifications"), 55)
def qualifications(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """What was earned, the newest first, what is to be earned, certificates that were sent."""
    facts = (
        *_earned(ctx, person_id),
        *_assigned(ctx, person_id),
        *_sent(ctx, person_id),
    )
    return facts, _("Dates of what was earned are not changed by later settings.")


def forget_words(session: Session, person_id: int) -> None:
    """Empty reasons and titles that the person typed, or that others typed about them."""
    about = Qualification.person_id == person_id
    session.execute(
        update(Qualification)
        .where(or_(about, Qualification.extended_by == person_id))
        .values(extended_why="")
    )
    asked = CurriculumAssignment.person_id == person_id
    session.execute(
        update(CurriculumAssignment)
        .where(or_(asked, CurriculumAssignment.made_by == person_id))
        .values(reason="")
    )
    own = Evidence.person_id == person_id
    session.execute(update(Evidence).where(own).values(title="", blob_id=None))
    session.execute(
        update(Evidence).where(or_(own, Evidence.decided_by == person_id)).values(reason="")
    )


def _earned(ctx: Ctx, person_id: int) -> list[Fact]:
    rows = ctx.session.scalars(
        select(Qualification)
        .where(Qualification.person_id == person_id)
        .order_by(Qualification.earned_on.desc(), Qualification.id.desc())
    )
    found: list[Fact] = []
    for row in rows:
        title = curriculum_cards.line_of(ctx.session, row.curriculum_id).title
        found.append(Fact(title, _span(row)))
        if row.extended_until is not None:
            label = _("{title}: more time until {day}", title=title, day=row.extended_until)
            found.append(Fact(label, row.extended_why))
    return found


def _span(row: Qualification) -> Text:
    if row.withdrawn_at is not None:
        return _("withdrawn: {reason}", reason=withdrawn_why(row))
    if row.expires_on is None:
        return _("earned on {day}, valid without end", day=row.earned_on)
    return _("earned on {day}, valid until {last}", day=row.earned_on, last=row.expires_on)


def _assigned(ctx: Ctx, person_id: int) -> list[Fact]:
    rows = ctx.session.scalars(
        select(CurriculumAssignment)
        .where(CurriculumAssignment.person_id == person_id)
        .order_by(CurriculumAssignment.id.desc())
    )
    return [
        Fact(curriculum_cards.line_of(ctx.session, row.curriculum_id).title, _asked(row))
        for row in rows
    ]


def _asked(row: CurriculumAssignment) -> Words:
    said = _("to be earned, since {day}", day=row.from_on)
    if row.due_on is not None:
        said = _("to be earned by {day}", day=row.due_on)
    if row.ended_at is not None:
        said = _("was to be earned, since {day}; no longer", day=row.from_on)
    return _("{what}. Reason: {reason}", what=said, reason=row.reason) if row.reason else said


def _sent(ctx: Ctx, person_id: int) -> list[Fact]:
    rows = ctx.session.scalars(
        select(Evidence).where(Evidence.person_id == person_id).order_by(Evidence.id.desc())
    )
    return [Fact(_("Certificate “{title}”", title=row.title), _decided(row)) for row in rows]


def _decided(row: Evidence) -> Words:
    state = EVIDENCE_WORDS[row.state]
    return _("{state}: {reason}", state=state, reason=row.reason) if row.reason else state
