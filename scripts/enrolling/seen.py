"""Everything about enrolment that stands in the database at one moment, as plain values."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session

from bot.models.approvals import Approval
from bot.models.delivery import ItemState, OutboxItem
from bot.models.nominations import NominationQuota
from bot.models.training import Enrolment, EnrolmentChange, TrainingClass
from bot.training.approvals import APPROVAL_ASKED
from bot.training.changes import ENROLMENT_CHANGED
from bot.training.schedule import start_of


@dataclass(slots=True)
class Seen:
    """Rows by id; of each enrolment its changes in order; what was told of each change, to whom,
    and of each approval. The rows are detached and not to be written to.
    """

    now: dt.datetime
    zone: str
    classes: dict[int, TrainingClass] = field(default_factory=dict)
    handed_in: set[int] = field(default_factory=set)
    """Quotas whose list has been handed in."""
    rows: dict[int, Enrolment] = field(default_factory=dict)
    changes: dict[int, list[EnrolmentChange]] = field(default_factory=lambda: defaultdict(list))
    approvals: dict[int, list[Approval]] = field(default_factory=lambda: defaultdict(list))
    told: dict[int, list[OutboxItem]] = field(default_factory=lambda: defaultdict(list))
    asked: dict[int, list[OutboxItem]] = field(default_factory=lambda: defaultdict(list))
    failed: set[str] = field(default_factory=set)
    """Notices that no words could be found for."""

    def gives_seats(self, class_id: int) -> bool:
        """Whether free seats of this class are given away now."""
        held = self.classes[class_id]
        starts_at = start_of(held, self.zone)
        ended = held.cancelled_at is not None or held.closed_at is not None
        return not ended and starts_at is not None and self.now < starts_at

    def state_of(self, item: OutboxItem) -> ItemState | None:
        """What had become of an item by then."""
        there = self.told.get(item.params["change"], ())
        return next((one.state for one in there if one.id == item.id), None)

    def of_class(self, class_id: int) -> list[Enrolment]:
        return [row for row in self.rows.values() if row.class_id == class_id]


def look(session: Session, now: dt.datetime, zone: str) -> Seen:
    """Read all of it within one transaction."""
    seen = Seen(now, zone)
    for held in session.scalars(select(TrainingClass)):
        seen.classes[held.id] = held
    sent = select(NominationQuota.id).where(NominationQuota.sent_at.is_not(None))
    seen.handed_in = {quota_id for quota_id in session.scalars(sent) if quota_id}
    for row in session.scalars(select(Enrolment)):
        seen.rows[row.id] = row
    for change in session.scalars(select(EnrolmentChange).order_by(EnrolmentChange.id)):
        seen.changes[change.enrolment_id].append(change)
    for approval in session.scalars(select(Approval).order_by(Approval.id)):
        seen.approvals[approval.enrolment_id].append(approval)
    _look_at_items(session, seen)
    return seen


def _look_at_items(session: Session, seen: Seen) -> None:
    for item in session.scalars(select(OutboxItem).order_by(OutboxItem.id)):
        if item.notice == ENROLMENT_CHANGED.name:
            seen.told[item.params["change"]].append(item)
        elif item.notice == APPROVAL_ASKED.name:
            seen.asked[item.params["approval"]].append(item)
        if item.state is ItemState.FAILED:
            seen.failed.add(item.notice)
