"""The analysis of a round: gaps, priority and their sums, reckoned again from the raw export."""

from __future__ import annotations

import io
from typing import Any

import polars as pl
import pytest
from openpyxl import load_workbook

from bot.clock import FixedClock
from bot.context import Ctx
from bot.errors import Refusal
from bot.models.needs import Channel, PerformanceFigure, PerformanceKind
from bot.models.people import Role, Unit
from bot.models.planning import Goal, GoalTopic
from bot.needs import analysis, priority
from bot.needs.analysis import Cut
from bot.needs.tallies import Tally
from bot.people.access import OutOfReach
from bot.reports import competency_gaps
from bot.reports.needs_export import EXPORT
from tests.integration.needs.analysed import CODES, PLAN_YEAR, Needy

FIGURES = ("count", "levels", "required", "missing", "below", "own", "own_levels")


@pytest.fixture
def needy(ctx: Ctx, clock: FixedClock) -> Needy:
    return Needy(ctx, clock)


def tables(needy: Needy, who: str = "unit") -> dict[str, pl.DataFrame]:
    """The raw export as somebody reads it, sheet by sheet."""
    found = EXPORT.read(needy.acting(who), {"round": needy.round_id})
    (file,) = EXPORT.files(found, "en")
    book = load_workbook(io.BytesIO(file.content))
    frames = {}
    for sheet in book:
        head, *rows = sheet.iter_rows(values_only=True)
        frames[sheet.title] = pl.DataFrame(
            rows, schema=[str(name) for name in head], orient="row", infer_schema_length=None
        )
    return frames


def reckoned(frames: dict[str, pl.DataFrame], key: str) -> dict[tuple[Any, str], tuple[int, ...]]:
    """The sums by `key` and competency, made of the export alone."""
    wide = frames["Ratings"].with_columns(
        pl.col("position").fill_null("").str.to_lowercase(),
        pl.col("unit").str.split("/").list.first().alias("cluster"),
        pl.col("unit").str.split("/").list.last().alias("office"),
    )
    required = frames["Levels required"].select(
        pl.col("position").str.to_lowercase(), "competency", pl.col("level").alias("required")
    )
    rated = [name for name in wide.columns if name.endswith((" supervisor", " self"))]
    long = (
        wide.unpivot(rated, index=["person", "position", "cluster", "office"])
        .filter(pl.col("value") > 0)
        .with_columns(
            pl.col("variable").str.split(" ").list.first().alias("competency"),
            pl.col("variable").str.ends_with(" self").alias("own"),
            pl.col("value").cast(pl.Int64),
        )
        .join(required, on=["position", "competency"])
    )
    by_other, lack = ~pl.col("own"), pl.col("required").cast(pl.Int64) - pl.col("value")
    sums = long.group_by(key, "competency").agg(
        by_other.sum().alias("count"),
        pl.col("value").filter(by_other).sum().alias("levels"),
        pl.col("required").filter(by_other).sum().alias("required"),
        lack.filter(by_other & (lack > 0)).sum().alias("missing"),
        (by_other & (lack > 0)).sum().alias("below"),
        pl.col("own").sum().alias("own"),
        pl.col("value").filter("own").sum().alias("own_levels"),
    )
    return {
        (row[key], row["competency"]): tuple(int(row[name]) for name in FIGURES)
        for row in sums.to_dicts()
    }


def found_by(needy: Needy, cut: Cut, who: str = "unit") -> dict[tuple[Any, str], tuple[int, ...]]:
    table = analysis.gaps(needy.acting(who), needy.round_id, cut)
    return {
        (str(name).lower() if cut is Cut.POSITION else name, row.code): _sums(tally)
        for row in table.rows
        for name, tally in zip(table.columns, row.cells, strict=True)
        if tally is not None
    }


def _sums(tally: Tally) -> tuple[int, ...]:
    return tuple(getattr(tally, name) for name in FIGURES)


@pytest.mark.parametrize(
    ("cut", "key"),
    [(Cut.POSITION, "position"), (Cut.UNIT, "office"), (Cut.CLUSTER, "cluster")],
    ids=["position", "office", "cluster"],
)
def test_gaps__recomputed_from_the_export__are_equal(needy: Needy, cut: Cut, key: str) -> None:
    needy.throw(150)
    mine = found_by(needy, cut)
    assert mine == reckoned(tables(needy), key)
    assert sum(sums[0] for sums in mine.values()) > 100


def test_gaps__of_a_branch__are_those_of_its_people_and_equal_too(needy: Needy) -> None:
    needy.throw(60)
    region = needy.ctx.session.get_one(Unit, needy.person("p0").unit_id)
    branch = needy.add_person("branch")
    needy.grant("branch", Role.UNIT, region)
    assert branch.id is not None
    mine = found_by(needy, Cut.UNIT, "branch")
    assert {name for name, _code in mine} == {region.name}
    assert mine == reckoned(tables(needy, "branch"), "office")


def test_export__of_a_supervisor__has_the_team_without_names_and_no_words_of_others(
    needy: Needy,
) -> None:
    for who in ("dara", "unit"):
        needy.rate(who, 2)
        needy.wish(who, f"wish of {who}")
    frames = tables(needy, "sokha")
    assert frames["Needs"]["words"].to_list() == ["wish of dara"]
    assert frames["Ratings"].height == 1
    cells = {str(cell) for frame in frames.values() for row in frame.rows() for cell in row}
    person = needy.person("dara")
    assert not {person.staff_no, person.full_name} & cells


def test_export__made_twice__puts_people_in_another_order(needy: Needy) -> None:
    needy.throw(60)
    first, second = (tables(needy)["Ratings"].drop("person") for _again in range(2))
    assert first.rows() != second.rows()
    assert sorted(map(str, first.rows())) == sorted(map(str, second.rows()))


def test_gap__who_is_above__makes_up_in_the_mean_and_not_in_what_is_missing(needy: Needy) -> None:
    for who, level in (("dara", 1), ("bopha", 5), ("rith", 3), ("maly", 0)):
        needy.rate(who, level)
    needy.rate("dara", 4, own=True)
    (row,) = analysis.gaps(needy.acting("unit"), needy.round_id).rows
    assert row.whole == Tally(
        count=3, levels=9, required=9, missing=2, below=1, own=1, own_levels=4
    )
    assert (row.whole.gap, row.whole.own_mean) == (0.0, 4.0)
    assert row.whole.lack == pytest.approx(2 / 3)


def test_heat_map__who_or_what_nobody_was_rated_in__is_not_drawn(needy: Needy) -> None:
    needy.person("bopha").position = "Clerk"
    needy.require("Clerk", needy.competencies[1], 3)
    needy.rate("dara", 2)
    needy.rate("dara", 2, "VAL", own=True)
    needy.rate("bopha", 2, "VAL", own=True)
    table = analysis.gaps(needy.acting("unit"), needy.round_id)
    (drawn,) = competency_gaps._parts(table)
    assert len(table.rows) == 2
    assert drawn.columns == ("HS",)
    assert [row.name for row in drawn.rows] == [competency_gaps.ALL, "Officer"]


def test_priority__recomputed_from_the_export__is_equal(needy: Needy) -> None:
    needy.throw(80)
    topics = [needy.topic(f"Topic {code}", code) for code in CODES]
    goal = needy.add(Goal(plan_year=PLAN_YEAR, code="G1", title="Fewer errors", weight=4))
    needy.add(GoalTopic(goal_id=goal.id, topic_id=topics[1].id))
    for number in range(40):
        needy.wish(
            f"p{number % 12}", f"wish {number}", 1 + number % 5, topic_id=topics[number % 3].id,
            management=number % 7 == 0,
        )  # fmt: skip
    for place, people in enumerate((3, 8)):
        needy.wish(
            "sokha", "an office", 4, topic_id=topics[place].id, people=people, person_id=None,
            unit_id=needy.person("sokha").unit_id, channel=Channel.HEAD,
        )  # fmt: skip
    priority.set_weights(
        needy.acting("unit"),
        needy.round_id,
        {"frequency": "30", "gap": "30", "importance": "30", "goals": "10"},
    )
    ranked = priority.ranking(needy.acting("unit"), needy.round_id)
    assert {one.topic.name.best("en"): pytest.approx(one.points) for one in ranked} == _points(
        tables(needy)
    )


def _points(frames: dict[str, pl.DataFrame]) -> dict[str, float]:
    needs = frames["Needs"].filter(pl.col("management") == "no", pl.col("topic").is_not_null())
    of_office = pl.col("person").is_null()
    wished = needs.group_by("topic", "topic_competency").agg(
        pl.col("person").drop_nulls().n_unique() + pl.col("people").filter(of_office).sum(),
        pl.col("importance").mean(),
    )
    goals = dict(frames["Goals"].rows())
    by_code: dict[str, list[tuple[int, ...]]] = {}
    for (_position, code), sums in reckoned(frames, "position").items():
        by_code.setdefault(code, []).append(sums)
    gaps = {
        code: sum(s[3] for s in rows) / count
        for code, rows in by_code.items()
        if (count := sum(s[0] for s in rows))
    }
    figures = {
        row["topic"]: {
            "frequency": row["person"],
            "gap": gaps.get(row["topic_competency"], 0.0),
            "importance": row["importance"],
            "goals": goals.get(row["topic"], 0),
        }
        for row in wished.to_dicts()
    }
    weights = dict(frames["Weights"].rows())
    whole = sum(weights.values())
    largest = {name: max(one[name] for one in figures.values()) for name in weights}
    return {
        topic: sum(
            100 * weights[name] / whole * one[name] / largest[name]
            for name in weights
            if largest[name]
        )
        for topic, one in figures.items()
    }


def test_ranking__says_how_each_figure_came_about(needy: Needy) -> None:
    hs, law = needy.topic("HS", "HS"), needy.topic("Law")
    needy.topic("Nobody wants this")
    needy.topic("Out of use", "HS", active=False)
    needy.rate("dara", 1)
    needy.wish("dara", "codes", 4, topic_id=hs.id)
    needy.wish("rith", "codes", 2, topic_id=hs.id)
    needy.wish("rith", "codes again", 3, topic_id=hs.id)
    needy.wish("maly", "law", 5, topic_id=law.id)
    for kind, count in ((PerformanceKind.ERRORS, 12), (PerformanceKind.APPRAISAL, 1)):
        needy.add(
            PerformanceFigure(
                round_id=needy.round_id, kind=kind, competency_id=hs.competency_id, count=count,
                person_id=needy.ids["dara"], noted_at=needy.ctx.now(),
            )
        )  # fmt: skip
    first, second = priority.ranking(needy.acting("unit"), needy.round_id)
    assert (first.place, first.topic.id, second.topic.id) == (1, hs.id, law.id)
    # 40 x 2/2 + 30 x 2/2 + 20 x 3/5, and 40 x 1/2 + 20 x 5/5.
    assert (first.points, second.points) == (pytest.approx(82), pytest.approx(40))
    assert (first.figures.errors, first.figures.appraisals) == (12, 1)
    assert len(priority.worked(first)) == 4


def test_ranking__a_topic_that_only_evidence_names__stands_last_with_its_evidence(
    needy: Needy,
) -> None:
    hs, val = needy.topic("HS", "HS"), needy.topic("Valuation", "VAL")
    needy.topic("Old valuation", "VAL", active=False)
    needy.wish("dara", "codes", 4, topic_id=hs.id)
    needy.add(
        PerformanceFigure(
            round_id=needy.round_id, kind=PerformanceKind.ERRORS, competency_id=val.competency_id,
            count=40, unit_id=needy.person("dara").unit_id, noted_at=needy.ctx.now(),
        )
    )  # fmt: skip
    ranked = priority.ranking(needy.acting("unit"), needy.round_id)
    assert [(one.topic.id, one.figures.errors) for one in ranked] == [(hs.id, 0), (val.id, 40)]
    assert ranked[1].points == 0


@pytest.mark.parametrize(
    "typed", [{"frequency": "0", "gap": "0", "importance": "0", "goals": "0"}, {"gap": "101"}, {}]
)
def test_weights__that_mean_nothing__are_refused(needy: Needy, typed: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        priority.set_weights(needy.acting("unit"), needy.round_id, typed)


def test_analysis__of_who_may_not_read__is_out_of_reach(needy: Needy) -> None:
    with pytest.raises(OutOfReach):
        analysis.gaps(needy.acting("dara"), needy.round_id)
    with pytest.raises(OutOfReach):
        priority.ranking(needy.acting("dara"), needy.round_id)


def test_supervisor__reads_the_team__and_nobody_else(needy: Needy) -> None:
    needy.rate("dara", 1)
    needy.rate("sokha", 1)
    found = analysis.gaps(needy.acting("sokha"), needy.round_id)
    assert [row.whole.count for row in found.rows] == [1]
