"""What a part needs: told, rated and analysed in the open survey, with its mark."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import select

from bot.calendar import DAY
from bot.context import Ctx
from bot.models.needs import (
    Channel,
    ClusterMeeting,
    Competency,
    CompetencyLevel,
    CompetencyRating,
    JobAnalysis,
    JobInterview,
    JobTask,
    Need,
    NeedsRound,
    PerformanceFigure,
    PerformanceKind,
    PositionLevel,
    RatedBy,
    RoundState,
    Topic,
)
from bot.needs import years


def need(ctx: Ctx, mark: str, people: Mapping[str, int], units: Mapping[str, int]) -> None:
    """What one part wishes, how its people are rated, and how its work was analysed."""
    row = open_round(ctx)
    _tell(ctx, mark, people, units, row)
    _rate(ctx, mark, people, row)
    _analyse(ctx, mark, people, units["office"])


def open_round(ctx: Ctx) -> NeedsRound:
    """The open survey, with a competency and a topic for all; once is enough."""
    found = ctx.session.exec(select(NeedsRound)).first()
    if found is not None:
        return found
    row = NeedsRound(
        plan_year=years.plan_year(ctx),
        opens_on=ctx.today() - DAY,
        closes_on=ctx.today() + 20 * DAY,
        state=RoundState.OPEN,
        opened_at=ctx.now(),
    )
    competency = Competency(code="HS", name="Harmonized System")
    ctx.session.add_all([row, competency, Topic(name="Classification")])
    ctx.session.flush()
    assert competency.id is not None
    ctx.session.add_all(
        CompetencyLevel(competency_id=competency.id, level=level, behaviour=f"Level {level}")
        for level in range(1, 6)
    )
    ctx.session.flush()
    return row


def _tell(
    ctx: Ctx, mark: str, people: Mapping[str, int], units: Mapping[str, int], row: NeedsRound
) -> None:
    meeting_id = _meet(ctx, mark, people["unit"], units["region"], row)
    topic = ctx.session.exec(select(Topic)).one()
    officers = {"officer1": topic.id, "officer2": None}
    wishes = [
        *((key, Channel.OFFICER) for key in officers),
        ("chief", Channel.SUPERVISOR),
        ("unit", Channel.MEETING),
    ]
    ctx.session.add_all(
        Need(
            round_id=row.id,
            channel=channel,
            told_by=people[key],
            told_at=ctx.now(),
            person_id=people[key] if key in officers else None,
            unit_id=units["office"],
            topic_id=officers.get(key),
            words=f"Wished in {mark} by {key}",
            importance=4,
            meeting_id=meeting_id if channel is Channel.MEETING else None,
        )
        for key, channel in wishes
    )
    ctx.session.add(
        Need(
            channel=Channel.OFFICER,
            told_by=people["officer1"],
            told_at=ctx.now(),
            person_id=people["officer1"],
            unit_id=units["office"],
            words=f"Waits in {mark}",
        )
    )
    ctx.session.flush()


def _meet(ctx: Ctx, mark: str, noted_by: int, region_id: int, row: NeedsRound) -> int | None:
    meeting = ClusterMeeting(
        round_id=row.id,
        unit_id=region_id,
        held_on=ctx.today(),
        agreed_by=f"Heads of {mark}",
        noted_by=noted_by,
        noted_at=ctx.now(),
    )
    ctx.session.add(meeting)
    ctx.session.flush()
    return meeting.id


def _rate(ctx: Ctx, mark: str, people: Mapping[str, int], row: NeedsRound) -> None:
    competency = ctx.session.exec(select(Competency)).one()
    assert competency.id is not None
    ctx.session.add(
        PositionLevel(position=f"Inspector {mark}", competency_id=competency.id, level=3)
    )
    for key in ("officer1", "officer2"):
        ctx.session.add(
            CompetencyRating(
                round_id=row.id,
                person_id=people[key],
                competency_id=competency.id,
                source=RatedBy.SUPERVISOR,
                level=2,
                rated_by=people["chief"],
                rated_at=ctx.now(),
            )
        )
    ctx.session.add(
        PerformanceFigure(
            round_id=row.id,
            kind=PerformanceKind.ERRORS,
            person_id=people["officer1"],
            competency_id=competency.id,
            count=7,
            remark=f"Counted in {mark}",
            noted_by=people["unit"],
            noted_at=ctx.now(),
        )
    )
    ctx.session.flush()


def _analyse(ctx: Ctx, mark: str, people: Mapping[str, int], office_id: int) -> None:
    analysis = JobAnalysis(
        position=f"Inspector {mark}",
        unit_id=office_id,
        begun_on=ctx.today(),
        begun_by=people["unit"],
    )
    ctx.session.add(analysis)
    ctx.session.flush()
    ctx.session.add_all(
        [
            JobTask(analysis_id=analysis.id, task=f"Task of {mark}", importance=4, frequency=3),
            JobInterview(
                analysis_id=analysis.id, person_id=people["officer1"], held_on=ctx.today()
            ),
        ]
    )
    ctx.session.flush()
