"""Surveys of donors and partners: kept with their deadline, relayed to offices, answered."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from bot import audit, policy
from bot.context import Ctx
from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.errors import Refusal
from bot.forms.question_types.sent import blob_of
from bot.i18n import _
from bot.models.delivery import Urgency
from bot.models.evaluation import Assignment, AssignmentState
from bot.models.needs import DonorSurvey, Need, NeedsRound, SurveyState, Topic
from bot.models.system import Blob
from bot.needs import rounds
from bot.needs.analysis import people_of_needs
from bot.people import access
from bot.people.access_table import Action

GONE = _("This survey is not there any more.")
LONGEST_LINE, LONGEST_TEXT = 200, 3000
MOST_IN_DRAFT = 12
LAST_DAY = 0
"""The stage of the deadline itself."""
DONOR_FILE = outbox.declare(
    NoticeKind("donor_file", Urgency.NOW, useful_for=dt.timedelta(hours=12), repeats=True)
)


@dataclass(frozen=True, slots=True)
class SurveyCard:
    """One survey; `asked_offices` and `answered_offices` count the heads it was relayed to,
    `needs` what they said.
    """

    id: int
    donor: str
    title: str
    due_on: dt.date
    state: SurveyState
    asked: str
    answer: str
    has_file: bool
    asked_offices: int
    answered_offices: int
    needs: int


def note(ctx: Ctx, typed: Mapping[str, Any]) -> SurveyCard:
    """Keep a survey from a form's answers. Refuses a deadline that is over, and blank words."""
    access.require(ctx, Action.RUN_NEEDS)
    due_on = dt.date.fromisoformat(str(typed["due_on"]))
    if due_on < ctx.today():
        raise Refusal(_("The deadline is over. Give a day to come."))
    row = DonorSurvey(
        donor=_line(typed, "donor"),
        title=_line(typed, "title"),
        due_on=due_on,
        asked=str(typed["asked"]).strip()[:LONGEST_TEXT],
        blob_id=_kept(ctx, blob_of(typed.get("letter") or "")),
        noted_by=ctx.actor.person_id,
        noted_at=ctx.now(),
        told_days=stage(policy.value(ctx.session, "donor_days"), due_on, ctx.today()),
    )
    ctx.session.add(row)
    ctx.session.flush()
    audit.record(ctx, "donor_survey.noted", "donor_survey", row.id, due_on=due_on.isoformat())
    return _card(ctx, row)


def cards(ctx: Ctx) -> list[SurveyCard]:
    """Every survey: what is not answered by its deadline first, then the answered ones."""
    access.require(ctx, Action.RUN_NEEDS)
    rows = ctx.session.scalars(select(DonorSurvey).order_by(DonorSurvey.due_on))
    found = [_card(ctx, row) for row in rows]
    done = [one for one in found if one.state is SurveyState.ANSWERED]
    return [one for one in found if one not in done] + done[::-1]


def card(ctx: Ctx, survey_id: int) -> SurveyCard:
    """One survey; refuses one that is not there."""
    access.require(ctx, Action.RUN_NEEDS)
    return _card(ctx, row_of(ctx, survey_id))


def draft(ctx: Ctx, survey_id: int) -> str:
    """An answer made of stored needs: what was told most, with how many people it is about; that
    of the offices it was relayed to, else of the newest survey of needs.
    """
    access.require(ctx, Action.RUN_NEEDS)
    row = row_of(ctx, survey_id)
    found = _counted(ctx, _relayed_needs(row)) or _counted(ctx, _latest_needs(ctx))
    ranked = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:MOST_IN_DRAFT]
    return "\n".join(
        f"{place}. {words} ({count})" for place, (words, count) in enumerate(ranked, 1)
    )


def answer(ctx: Ctx, survey_id: int, words: str) -> SurveyCard:
    """Keep what was answered, in place of an earlier answer; nobody is reminded any more."""
    access.require(ctx, Action.RUN_NEEDS)
    row = row_of(ctx, survey_id)
    row.answer = words.strip()[:LONGEST_TEXT]
    if not row.answer:
        raise Refusal(_("Give what was answered."))
    row.state, row.answered_at = SurveyState.ANSWERED, ctx.now()
    ctx.session.flush()
    audit.record(ctx, "donor_survey.answered", "donor_survey", row.id)
    return _card(ctx, row)


def ask_for_file(ctx: Ctx, survey_id: int) -> None:
    """Have the survey's own file sent to the actor; refuses where there is none."""
    access.require(ctx, Action.RUN_NEEDS)
    row = row_of(ctx, survey_id)
    if not _has_file(ctx, row) or ctx.actor.person_id is None:
        raise Refusal(_("There is no file of this survey."))
    key = f"donor_file:{row.id}:{ctx.actor.person_id}:{ctx.now():%Y%m%d%H%M}"
    params = {"survey": row.id, "blob": row.blob_id}
    outbox.tell(ctx, DONOR_FILE, ctx.actor.person_id, params, key=key)


def stage(days: Sequence[int], due_on: dt.date, today: dt.date) -> int | None:
    """The last reminder that is due at `today`, in days before the deadline; None before all."""
    left = (due_on - today).days
    return min((day for day in (*days, LAST_DAY) if left <= day), default=None)


def row_of(ctx: Ctx, survey_id: int) -> DonorSurvey:
    """The row of a survey; refuses one that is not there."""
    row = ctx.session.get(DonorSurvey, survey_id)
    if row is None:
        raise Refusal(GONE)
    return row


def subject(survey_id: int | None) -> str:
    """What a question relayed to an office keeps as its subject."""
    return f"donor:{survey_id}"


def kept_files() -> ColumnElement[bool]:
    """The condition on Blob that it is a survey that somebody sent."""
    held = select(DonorSurvey.blob_id).where(DonorSurvey.blob_id.is_not(None))
    return Blob.id.in_(held)


def _card(ctx: Ctx, row: DonorSurvey) -> SurveyCard:
    assert row.id is not None
    states = Counter(
        ctx.session.scalars(
            select(Assignment.state).where(
                Assignment.subject == subject(row.id),
                Assignment.state != AssignmentState.RECALLED,
            )
        )
    )
    count = select(func.count()).select_from(Need).where(_relayed_needs(row))
    return SurveyCard(
        row.id,
        row.donor,
        row.title,
        row.due_on,
        row.state,
        row.asked,
        row.answer,
        _has_file(ctx, row),
        sum(states.values()),
        states[AssignmentState.ANSWERED],
        int(ctx.session.execute(count).scalar_one()),
    )


def _relayed_needs(row: DonorSurvey) -> ColumnElement[bool]:
    asked = select(Assignment.id).where(Assignment.subject == subject(row.id))
    return Need.assignment_id.in_(asked)


def _latest_needs(ctx: Ctx) -> ColumnElement[bool]:
    """Those of the newest round in which people were asked."""
    newest: NeedsRound | None = rounds.latest_begun(ctx.session)
    return Need.round_id == (newest.id if newest is not None else None)


def _counted(ctx: Ctx, which: ColumnElement[bool]) -> dict[str, int]:
    """How many people each topic is about; a wish without a topic stands for itself."""
    words, about = func.coalesce(Topic.name, Need.words), people_of_needs()
    rows = ctx.session.execute(
        select(words, about)
        .select_from(Need)
        .outerjoin(Topic, Topic.id == Need.topic_id)
        .where(which, Need.management.is_(False))
        .group_by(words)
        .order_by(about.desc(), words)
        .limit(MOST_IN_DRAFT)
    )
    return {said: int(people) for said, people in rows if said}


def _has_file(ctx: Ctx, row: DonorSurvey) -> bool:
    here = select(func.count()).where(Blob.id == row.blob_id)
    return row.blob_id is not None and bool(ctx.session.execute(here).scalar_one())


def _kept(ctx: Ctx, blob_id: int | None) -> int | None:
    """The file stays with the survey; refuses one that the actor did not send."""
    if blob_id is None:
        return None
    own = Blob.owner_id == ctx.actor.person_id
    found = ctx.session.execute(
        update(Blob).where(Blob.id == blob_id, own).values(draft_id=None).returning(Blob.id)
    ).first()
    if found is None:
        raise Refusal(_("A file that you sent is no longer here. Please send it again."))
    return blob_id


def _line(typed: Mapping[str, Any], name: str) -> str:
    words = " ".join(str(typed.get(name) or "").split())
    if not words:
        raise Refusal(_("Give who asks, and what the survey is called."))
    return words[:LONGEST_LINE]
