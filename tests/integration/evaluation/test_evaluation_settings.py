"""What the unit sets of the evaluation, and what that does to what is under way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.campaigns import evaluation_plan, evaluation_settings
from bot.campaigns.evaluation_plan import Answers
from bot.campaigns.evaluation_rules import RULES, InForce
from bot.campaigns.evaluation_settings import Follows
from bot.errors import Refusal
from bot.evaluation import assignments
from bot.evaluation.rule_settings import NOTHING, Chosen
from bot.models.evaluation import AssignmentState, EvaluationSetting
from bot.models.training import Course
from tests.integration.evaluation.followed import Followed

ONE_MONTH = "follow_up_participant"
OFF = Chosen(switched_on=False)


@pytest.fixture
def followed(school) -> Followed:
    return Followed(school)


@pytest.fixture
def under_way(followed) -> Followed:
    """Two trainees of a plain course and one of the basic course, asked after a month."""
    followed.held("2026-03-04", followed.officer(), followed.officer())
    followed.held("2026-03-04", followed.officer(), basic=True)
    return followed.at("2026-04-04T02:00")


def names(school, category: str) -> set[str]:
    return {rule.name for rule in InForce(school.ctx).of(category)}


def test_in_force__nothing_set__is_what_comes_with_rollcall(school):
    recruits = names(school, "BASIC")
    assert {"level_check", "follow_up_recruit", ONE_MONTH, "reaction_trainee"} <= recruits
    assert names(school, "technical") == recruits - {
        "level_check", "prompt_recall", "prompt_engage", "prompt_reflect", "follow_up_recruit"
    }  # fmt: skip


def test_in_force__set_for_every_type__holds_but_where_a_type_says_otherwise(school):
    evaluation_settings.change(school.ctx, "", ONE_MONTH, Chosen(False, months=2))
    evaluation_settings.change(school.ctx, "Basic", ONE_MONTH, Chosen(switched_on=True))
    assert ONE_MONTH not in names(school, "technical")
    (rule,) = (one for one in InForce(school.ctx).of("basic") if one.name == ONE_MONTH)
    assert rule.months == 2


def test_types__categories_in_any_case__are_one(school):
    for code, category in (("A", "Basic"), ("B", "BASIC"), ("C", "technical"), ("D", "")):
        school.add(Course(code=code, title=code, category=category))
    found = evaluation_settings.types(school.ctx)
    assert [(one.category, one.courses) for one in found[1:]] == [("Basic", 2), ("technical", 1)]
    assert evaluation_settings.type_of(school.ctx, found[2].course_id) == found[2]
    with pytest.raises(Refusal):
        evaluation_settings.type_of(school.ctx, 99)


def test_what_follows__switched_off__is_what_is_open(under_way):
    ctx = under_way.school.ctx
    assert evaluation_settings.what_follows(ctx, "", ONE_MONTH, OFF) == Follows(taken_back=3)
    assert evaluation_settings.what_follows(ctx, "basic", ONE_MONTH, OFF) == Follows(taken_back=1)
    assert len(under_way.open(ONE_MONTH)) == 3


def test_change__switched_off_and_on__takes_back_and_asks_again(under_way):
    ctx = under_way.school.ctx
    evaluation_settings.change(ctx, "basic", ONE_MONTH, OFF)
    assert len(under_way.at("2026-04-05T02:00").open(ONE_MONTH)) == 2
    assert evaluation_settings.what_follows(ctx, "basic", ONE_MONTH, NOTHING).asked == 1
    evaluation_settings.change(ctx, "basic", ONE_MONTH, NOTHING)
    assert len(under_way.at("2026-04-06T02:00").open(ONE_MONTH)) == 3
    assert under_way.school.session.get(EvaluationSetting, ("basic", ONE_MONTH)) is None


def test_change__shifted_to_later__is_asked_again_on_the_new_day(under_way):
    ctx, later = under_way.school.ctx, Chosen(days=20)
    under_way.asked(ONE_MONTH)[0].state = AssignmentState.ANSWERED
    assert evaluation_settings.change(ctx, "", ONE_MONTH, later) == Follows(later=2)
    assert under_way.at("2026-04-05T02:00").open(ONE_MONTH) == []
    under_way.play("2026-05-01T00:00")
    assert [row.opens_at.day for row in under_way.open(ONE_MONTH)] == [24, 24]
    assert len(under_way.asked(ONE_MONTH)) == 5


def test_change__shifted_to_earlier__asks_those_who_are_due_by_then(followed):
    followed.held("2026-03-20", followed.officer())
    followed.at("2026-04-04T02:00")
    shorter = Chosen(months=0, days=14)
    follows = evaluation_settings.change(followed.school.ctx, "", ONE_MONTH, shorter)
    assert follows == Follows(asked=1)
    assert len(followed.at("2026-04-04T02:01").open(ONE_MONTH)) == 1


def test_change__open_for_longer__leaves_what_is_out_as_people_were_told(under_way):
    closes = {row.closes_at for row in under_way.open(ONE_MONTH)}
    follows = evaluation_settings.change(under_way.school.ctx, "", ONE_MONTH, Chosen(open_days=30))
    assert not follows
    assert {row.closes_at for row in under_way.open(ONE_MONTH)} == closes


@pytest.mark.parametrize(
    ("rule", "chosen"),
    [
        (ONE_MONTH, Chosen(months=25)),
        (ONE_MONTH, Chosen(days=61)),
        (ONE_MONTH, Chosen(days=-1)),
        (ONE_MONTH, Chosen(open_days=0)),
        (ONE_MONTH, Chosen(open_days=61)),
        ("level_check", Chosen(days=1)),
        ("level_check", Chosen(months=1)),
        ("reaction_trainee", Chosen(days=1)),
        ("no_such_rule", OFF),
    ],
)
def test_change__out_of_bounds__is_refused(school, rule, chosen):
    with pytest.raises(Refusal):
        evaluation_settings.change(school.ctx, "", rule, chosen)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rules__as_they_come__are_within_the_bounds(school, rule):
    own = Chosen(True, rule.months, rule.days, rule.open_days) if rule.movable else Chosen(True)
    evaluation_settings.change(school.ctx, "", rule.name, own)


def test_change__by_somebody_without_the_right__is_refused(school):
    stranger = school.as_person(school.person("Officer"))
    with pytest.raises(Refusal):
        evaluation_settings.change(stranger, "", ONE_MONTH, OFF)
    with pytest.raises(Refusal):
        evaluation_settings.types(stranger)


def test_plan__of_a_class__says_what_was_asked_and_what_will_be(followed):
    officer = followed.officer(followed.school.person("Boss"))
    held = followed.held("2026-03-04", officer, starts_on="2026-03-02", basic=True)
    followed.at("2026-04-04T02:00")
    followed.asked(ONE_MONTH)[0].state = AssignmentState.ANSWERED
    (about,) = followed.asked("follow_up_supervisor")
    assignments.decline(followed.school.as_person(followed.school.session.get_one(
        type(officer), about.person_id)), about.id, "cannot_judge")  # fmt: skip
    plan = {one.rule.name: one for one in evaluation_plan.of_class(followed.school.ctx, held.id)}
    month, recruit = plan[ONE_MONTH], plan["follow_up_recruit"]
    assert month.on.isoformat() == "2026-04-04"
    assert month.answers == Answers(asked=1, answered=1)
    assert plan["follow_up_supervisor"].answers == Answers(asked=1, declined=1)
    assert (recruit.on.isoformat(), recruit.answers.asked) == ("2026-12-04", 0)
    assert not plan["post_test"].has_form
    assert "follow_up_3_participant" not in plan


def test_plan__rule_switched_off_since__still_says_what_was_asked(under_way):
    row = under_way.asked(ONE_MONTH)[0]
    row.state = AssignmentState.ANSWERED
    evaluation_settings.change(under_way.school.ctx, "", ONE_MONTH, OFF)
    plan = evaluation_plan.of_class(under_way.school.ctx, row.class_id)
    (month,) = (one for one in plan if one.rule.name == ONE_MONTH)
    assert (month.asks, month.answers) == (False, Answers(asked=1, answered=1))


def test_plan__out_of_reach__is_refused(under_way):
    stranger = under_way.school.as_person(under_way.school.person("Officer"))
    with pytest.raises(Refusal):
        evaluation_plan.of_class(stranger, under_way.asked(ONE_MONTH)[0].class_id)


def test_plan__supervisor_without_telegram_and_nobody_to_judge__is_said(followed):
    boss = followed.school.person("Boss")
    held = followed.held("2026-03-04", followed.officer(boss), followed.officer(None))
    followed.at("2026-04-04T02:00")
    counted = Answers(asked=1, open=1, unreached=1)
    assert _judged(followed, held) == counted, "somewhere the day has not come yet"
    followed.at("2026-04-06T02:00")
    assert _judged(followed, held) == replace(counted, not_judged=1)


def _judged(followed, held) -> Answers:
    plan = {one.rule.name: one for one in evaluation_plan.of_class(followed.school.ctx, held.id)}
    return plan["follow_up_supervisor"].answers
