"""Who a rule means: each condition, joined at random, within reach, and what is refused."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot import policy
from bot.calendar import local_date
from bot.campaigns.audiences import clauses
from bot.campaigns.audiences.expanding import read
from bot.campaigns.audiences.rule import AllOf, AnyOf, Not, Rule
from bot.context import Ctx
from bot.errors import Refusal
from bot.i18n import Words, render
from bot.models.broadcasts import Audience
from bot.models.evaluation import Assignment
from bot.models.people import Person, Role, Unit
from bot.models.qualifications import Qualification
from bot.models.training import TrainingClass
from bot.training import prerequisites
from bot.training.qualifications.validity import Standing, standing
from tests.integration.audiences.conftest import TODAY, Crowd, days

ALL = {
    "director", "unit", "sokha", "trainer", "dara", "bopha", "bilal", "rith", "maly", "ayesha",
}  # fmt: skip


def meant(crowd: Crowd, text: str, ctx: Ctx | None = None) -> set[str]:
    """Who is in, by key."""
    acting = ctx or crowd.ctx
    where = clauses.audience(acting, read(text))
    return crowd.keys(acting.session.scalars(select(Person.id).where(where)))


def refused(crowd: Crowd, text: str) -> str:
    with pytest.raises(Refusal) as caught:
        meant(crowd, text)
    return render(caught.value.sentence, "en")


LEAVES = {
    "everybody": ALL,
    "unit Mekong": ALL,
    "unit bavet": {"rith", "maly", "ayesha"},
    'unit "Mekong/Bavet/Gate", Poipet': ALL - {"rith"},
    "position inspector": {"dara", "rith"},
    'position "Chief" or "Appraiser"': {"sokha", "bopha"},
    "position Nobody": set(),
    "grade a": {"sokha", "trainer"},
    'grade "b 2"': {"maly"},
    "gender F": {"director", "unit", "trainer", "bopha", "maly", "ayesha"},
    "language km": {"dara", "bopha"},
    "language ur, en": ALL - {"dara", "bopha"},
    "staff 1011, 1012, L1, ١٠١٣, nobody": {"dara", "bopha", "bilal"},
    "holds VAL-Q": {"dara", "bopha", "sokha", "trainer", "unit", "ayesha"},
    "lacks val-q": {"bilal", "maly", "rith", "director"},
    "holds EVER": {"dara"},
    "expiring VAL-Q within 59 days": {"bopha", "sokha", "trainer", "unit", "ayesha"},
    "expiring VAL-Q within 60 days": {"dara", "bopha", "sokha", "trainer", "unit", "ayesha"},
    "expiring EVER": set(),
    "completed HS": {"rith", "sokha", "dara", "maly", "bilal"},
    "completed hs within 2 years": {"rith", "dara", "maly"},
    "completed HS within 1 month": {"maly", "rith"},
    "completed TARIFF": {"dara"},
    "meets ORIGIN-1": {"rith", "maly", "dara"},
    "meets WORDS-2": ALL,
    "answered needs": {"dara", "maly", "sokha"},
    "answered needs topic = hs": {"dara"},
    "answered needs needs = origin": {"dara", "maly"},
    "answered needs years = 4": {"dara"},
    "answered needs years = 5": set(),
    "in class ORIGIN-1": {"dara"},
    "in class ORIGIN-1 no-show": {"bilal"},
    "in class HS-3 completed": {"rith", "sokha"},
    "in class HS-3": {"rith", "sokha", "maly"},
}


@pytest.mark.parametrize("text", LEAVES)
def test_condition__each_alone__means_who_it_says(crowd: Crowd, text: str) -> None:
    assert meant(crowd, text) == LEAVES[text]
    assert meant(crowd, f"not {text}") == ALL - LEAVES[text]


def _grown(parts: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(parts.map(Not), several.map(AllOf), several.map(AnyOf))


def _expected(rule: Rule) -> set[str]:
    match rule:
        case Not(part):
            return ALL - _expected(part)
        case AllOf(parts):
            return set.intersection(*map(_expected, parts))
        case AnyOf(parts):
            return set.union(*map(_expected, parts))
    return next(LEAVES[text] for text in LEAVES if read(text) == rule)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(rule=st.recursive(st.sampled_from([*LEAVES]).map(read), _grown, max_leaves=8))
def test_rule__joined_at_random__means_the_same_as_sets(crowd: Crowd, rule: Rule) -> None:
    where = clauses.audience(crowd.ctx, rule)
    found = crowd.ctx.session.scalars(select(Person.id).where(where))
    assert crowd.keys(found) == _expected(rule)


def test_holding__every_state_and_zone__agrees_with_the_standing_of_one_person(
    crowd: Crowd,
) -> None:
    zones = ["", "Pacific/Apia", "Asia/Kabul", "Pacific/Pago_Pago"]
    dates = [None, *map(days, (-31, -30, -2, -1, 0, 1))]
    fields = list(combinations(dates, 2))
    cases = 0
    for number, (extended, away) in enumerate([*fields, *((b, a) for a, b in fields)]):
        for row in crowd.ctx.session.scalars(select(Qualification)):
            row.extended_until, row.away_until = extended, away
            row.grace_days = (number * 7 + row.id) % 4
            crowd.ctx.session.get_one(Person, row.person_id).timezone = zones[row.id % 4]
        crowd.ctx.session.flush()
        assert meant(crowd, "holds VAL-Q") == _standing(crowd)
        cases += 1
    assert cases == 42


def _standing(crowd: Crowd) -> set[str]:
    return_days = policy.value(crowd.ctx.session, "return_days")
    found = set()
    for row in crowd.ctx.session.scalars(
        select(Qualification).where(Qualification.curriculum_id == crowd.val.id)
    ):
        person = crowd.ctx.session.get_one(Person, row.person_id)
        zone = person.timezone or crowd.ctx.settings.timezone
        today = local_date(crowd.clock.now(), zone)
        if standing(row, today, return_days) is not Standing.LAPSED:
            found |= crowd.keys([person.id])
    return found


RULES = (
    "HS", "HS within 1 month", "TARIFF or HS within 3 years", "in post 3 months",
    "in post 1 month", "in post 5 months and HS", 'position "inspector" or "Chief"',
    "HS and (in post 13 months or position Inspector)", "NOSUCH", "words that are no rule", "",
)  # fmt: skip


@pytest.mark.parametrize("begins_in", [None, 0, 1, 27, 31, 61])
def test_meets__any_rule_and_day__agrees_with_the_prerequisites_of_one_person(
    crowd: Crowd, begins_in: int | None
) -> None:
    course = crowd.course("NEW")
    held = crowd.hold(course="NEW", begins_in=begins_in)
    for rule in RULES:
        course.prerequisites = rule
        found = meant(crowd, f"meets {held.code}")
        assert found == {key for key in ALL if not _unmet(crowd, held, key)}, rule


def _unmet(crowd: Crowd, held: TrainingClass, key: str) -> tuple[Words, ...]:
    return prerequisites.unmet(crowd.ctx, held, crowd.ids[key])


def test_reach__unit_with_a_scope__means_only_its_own(crowd: Crowd) -> None:
    crowd.grant("trainer", Role.UNIT, crowd.bavet)
    assert meant(crowd, "everybody", crowd.acting("trainer")) == {"rith", "maly", "ayesha"}
    assert meant(crowd, "not unit Bavet", crowd.acting("trainer")) == set()
    assert meant(crowd, "everybody", crowd.acting("unit")) == ALL
    assert meant(crowd, "everybody", crowd.acting("dara")) == set()


def test_saved__named_in_a_rule__means_what_it_means_today(crowd: Crowd) -> None:
    border = crowd.add(Audience(name="Border posts", rule="unit Bavet", made_at=crowd.ctx.now()))
    assert meant(crowd, 'audience "border  posts" and holds VAL-Q') == {"ayesha"}
    border.rule = "unit Poipet"
    assert meant(crowd, 'not audience "Border posts"') == {"rith", "maly", "ayesha"}


def test_saved__in_a_circle__is_refused(crowd: Crowd) -> None:
    for name, rule in (("A", 'audience "B"'), ("B", 'audience "C"'), ("C", 'audience "a"')):
        crowd.add(Audience(name=name, rule=rule, made_at=crowd.ctx.now()))
    assert "means itself" in refused(crowd, 'unit Poipet or audience "C"')


def test_saved__doubled_again_and_again__is_refused_before_it_is_large(crowd: Crowd) -> None:
    crowd.add(Audience(name="0", rule="everybody", made_at=crowd.ctx.now()))
    for number in range(1, 30):
        rule = f'audience "{number - 1}" or not audience "{number - 1}"'
        crowd.add(Audience(name=str(number), rule=rule, made_at=crowd.ctx.now()))
    assert meant(crowd, 'audience "7"') == ALL
    assert "more than 200 conditions" in refused(crowd, 'audience "29"')


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("unit Poipett", "There is no office Poipett. Did you mean Poipet?"),
        ("not holds VAL-R", "There is no qualification VAL-R. Did you mean VAL-Q?"),
        ("completed H2", "There is no course H2."),
        ("in class HS-33", "There is no class HS-33. Did you mean HS-3?"),
        ("meets HS-44", "There is no class HS-44."),
        ("answered need", "There is no form need. Did you mean needs?"),
        ('audience "Border"', "There is no audience “Border”."),
    ],
)
def test_name__that_means_nothing__is_refused_with_what_may_be_meant(
    crowd: Crowd, text: str, sentence: str
) -> None:
    assert refused(crowd, text) == sentence


def test_office__name_of_two__is_refused_with_their_paths(crowd: Crowd) -> None:
    crowd.add_unit("Gate", crowd.ctx.session.get_one(Unit, crowd.poipet))
    assert refused(crowd, "unit gate") == (
        "Several offices are called gate. Write one in full: "
        "Mekong/Bavet/Gate; Mekong/Poipet/Gate."
    )
    assert meant(crowd, 'unit "mekong/bavet/gate"') == {"maly", "ayesha"}


def test_form__given_out_without_names__is_refused(crowd: Crowd) -> None:
    crowd.add(
        Assignment(
            person_id=crowd.ids["dara"],
            stage="x",
            subject="class:1",
            occasion=TODAY,
            form="needs",
            anonymous=True,
            opens_at=crowd.ctx.now(),
            closes_at=crowd.ctx.now(),
        )
    )
    assert "answered without names" in refused(crowd, "answered needs topic = hs")
