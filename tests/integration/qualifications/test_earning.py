"""What is earned by what was completed: first, again in time, after it has lapsed."""

from __future__ import annotations

import pytest

from bot.models.qualifications import Curriculum, ExpiryRule
from bot.models.records import Equivalence
from bot.training.qualifications import earning
from bot.training.qualifications.validity import TOLD_LAPSED
from tests.integration.qualifications.conftest import Academy, Heard


@pytest.fixture
def valuer(academy: Academy) -> Curriculum:
    """Valuation and the law are required, one of two more is needed; two years."""
    return academy.curriculum("VALUER", "VAL; LAW; HS?; ORI?", needed=3, valid_months=24)


def test_required_items_alone__are_too_few__until_one_more_is_completed(
    academy: Academy, valuer: Curriculum
) -> None:
    academy.complete("dara", "VAL", "2025-01-10")
    academy.complete("dara", "LAW", "2025-03-10")
    assert academy.held("dara", valuer) is None
    (earned,) = academy.complete("dara", "ORI", "2025-06-10")
    assert (str(earned.earned_on), str(earned.expires_on)) == ("2025-06-10", "2027-06-10")
    assert not earned.renews
    row = academy.held("dara", valuer)
    assert row is not None
    ids = {academy.course(code).id: code for code in ("VAL", "LAW", "ORI")}
    assert [(ids[what], day) for what, day in row.evidence] == [
        ("VAL", "2025-01-10"),
        ("LAW", "2025-03-10"),
        ("ORI", "2025-06-10"),
    ]


def test_optional_items__without_the_required_one__earn_nothing(
    academy: Academy, valuer: Curriculum
) -> None:
    for course in ("VAL", "HS", "ORI"):
        academy.complete("dara", course, "2025-01-10")
    assert academy.held("dara", valuer) is None


def test_items__none_required_and_no_number__are_all_needed(academy: Academy) -> None:
    row = academy.curriculum("ALL", "VAL?; LAW?")
    academy.complete("dara", "VAL", "2025-01-10")
    assert academy.held("dara", row) is None
    academy.complete("dara", "LAW", "2025-01-11")
    assert academy.span("dara", row) == ("2025-01-11", "None")


def test_earning__asked_twice__writes_nothing_more(
    academy: Academy, valuer: Curriculum, heard: Heard
) -> None:
    for course in ("VAL", "LAW", "HS"):
        academy.complete("dara", course, "2025-01-10")
    assert earning.earn(academy.ctx, [academy.ids["dara"]]) == []
    assert earning.settle(academy.ctx, [academy.ids["dara"]])[1] == []
    assert (len(academy.rows("dara", valuer)), len(heard.earned)) == (1, 1)


def test_equivalents__another_course_or_a_title__count(academy: Academy) -> None:
    row = academy.curriculum("BOTH", "VAL; LAW")
    for course, other, title in (("VAL", "WTO-VAL", "WTO-VAL"), ("LAW", "", "CLiKC! Law")):
        other_id = academy.course(other).id if other else None
        course_id = academy.course(course).id
        academy.add(Equivalence(course_id=course_id, title=title, other_course_id=other_id))
    academy.complete("dara", "WTO-VAL", "2025-01-10")
    academy.record("dara", "", "2025-02-10", title="clikc!  law")
    earning.earn(academy.ctx, [academy.ids["dara"]])
    held = academy.held("dara", row)
    assert held is not None
    assert held.evidence == [
        [academy.course("WTO-VAL").id, "2025-01-10"],
        ["clikc! law", "2025-02-10"],
    ]


def test_renewal__before_the_window__is_only_a_record(academy: Academy) -> None:
    row = academy.curriculum("V", "VAL", valid_months=12, window_days=30)
    academy.complete("dara", "VAL", "2025-06-30")
    assert academy.complete("dara", "VAL", "2026-05-30") == []
    (renewed,) = academy.complete("dara", "VAL", "2026-05-31")
    assert renewed.renews
    assert academy.span("dara", row) == ("2026-05-31", "2027-05-31")
    assert [one.current for one in academy.rows("dara", row)] == [False, True]


@pytest.mark.parametrize(
    ("rule", "completed", "until"),
    [
        (ExpiryRule.COMPLETION, "2026-06-01", "2027-06-01"),
        (ExpiryRule.PREVIOUS, "2026-06-01", "2027-06-30"),
        (ExpiryRule.PREVIOUS, "2026-07-10", "2027-06-30"),
        (ExpiryRule.PREVIOUS, "2026-07-11", "2027-07-11"),
    ],
    ids=str,
)
def test_renewal__by_each_rule__ends_as_the_rule_says(
    academy: Academy, rule: ExpiryRule, completed: str, until: str
) -> None:
    row = academy.curriculum(
        "V", "VAL", valid_months=12, expiry_rule=rule, grace_days=10, window_days=30
    )
    academy.complete("dara", "VAL", "2025-06-30")
    academy.complete("dara", "VAL", completed)
    assert academy.span("dara", row) == (completed, until)


def test_refreshers__rotate__and_the_original_does_not_renew_in_time(academy: Academy) -> None:
    row = academy.curriculum("V", "VAL", valid_months=12)
    odd = academy.curriculum("R1", "REF-1")
    even = academy.curriculum("R2", "REF-2", renewed_by_id=odd.id)
    row.renewed_by_id, odd.renewed_by_id = odd.id, even.id
    academy.complete("dara", "VAL", "2025-06-30")
    academy.pass_days(100)
    for course in ("VAL", "REF-2", "REF-1"):
        academy.complete("dara", course, "2026-06-10")
    assert [one.through_id for one in academy.rows("dara", row)] == [row.id, odd.id]
    academy.complete("dara", "REF-1", "2027-06-01")
    assert len(academy.rows("dara", row)) == 2
    academy.complete("dara", "REF-2", "2027-06-02")
    academy.complete("dara", "REF-1", "2028-06-01")
    through = [one.through_id for one in academy.rows("dara", row)]
    assert through == [row.id, odd.id, even.id, odd.id]


def test_lapsed__the_original_or_the_refresher__earns_it_again(academy: Academy) -> None:
    row = academy.curriculum("V", "VAL; LAW", valid_months=12, grace_days=30)
    refresher = academy.curriculum("R", "REF")
    row.renewed_by_id = refresher.id
    for key in ("dara", "rith"):
        academy.complete(key, "LAW", "2024-01-10")
        academy.complete(key, "VAL", "2024-06-30")
    academy.complete("dara", "VAL", "2026-01-10")
    assert academy.span("dara", row) == ("2024-06-30", "2025-06-30")
    academy.complete("dara", "LAW", "2026-01-12")
    assert academy.span("dara", row) == ("2026-01-12", "2027-01-12")
    academy.complete("rith", "REF", "2026-02-01")
    held = academy.held("rith", row)
    assert held is not None
    assert (held.through_id, str(held.expires_on)) == (refresher.id, "2027-02-01")


def test_original_in_the_window__counts_once_it_has_lapsed(academy: Academy) -> None:
    row = academy.curriculum("V", "VAL", valid_months=12, grace_days=10)
    row.renewed_by_id = academy.curriculum("R", "REF").id
    academy.complete("dara", "VAL", "2025-03-05")
    academy.complete("dara", "VAL", "2026-02-20")
    academy.pass_days(13)  # the 15th of March, the last day of grace
    earning.earn(academy.ctx, [academy.ids["dara"]])
    assert academy.span("dara", row) == ("2025-03-05", "2026-03-05")
    academy.pass_days(1)
    earning.earn(academy.ctx, [academy.ids["dara"]])
    assert academy.span("dara", row) == ("2026-02-20", "2027-02-20")


def test_lapse__on_one_instant__is_by_the_day_where_each_lives(academy: Academy) -> None:
    row = academy.curriculum("V", "VAL", valid_months=12)
    row.renewed_by_id = academy.curriculum("R", "REF").id
    zones = {
        "dara": "Pacific/Apia",
        "rith": "Pacific/Fiji",
        "maly": "",
        "bilal": "Asia/Karachi",
        "ayesha": "Asia/Kabul",
        "bopha": "Pacific/Pago_Pago",
    }
    for key, zone in zones.items():
        academy.person(key).timezone = zone
        academy.complete(key, "VAL", "2025-03-02")
        academy.complete(key, "VAL", "2026-02-01")
    academy.pass_days(10 / 24)  # noon of UTC on the last day
    earning.earn(academy.ctx, [academy.ids[key] for key in zones])
    again = {key for key in zones if academy.span(key, row)[0] == "2026-02-01"}
    assert again == {"dara", "rith"}


def test_past_records__brought_at_once__make_the_whole_chain_and_only_the_newest_is_news(
    academy: Academy, heard: Heard
) -> None:
    row = academy.curriculum("V", "VAL", valid_months=12)
    for day in ("2025-05-02", "2022-05-01", "2023-04-30", "2024-01-01"):
        academy.record("dara", "VAL", day)
    earning.earn(academy.ctx, [academy.ids["dara"]])
    spans = [(str(one.earned_on), str(one.expires_on)) for one in academy.rows("dara", row)]
    assert spans == [
        ("2022-05-01", "2023-05-01"),
        ("2023-04-30", "2024-04-30"),
        ("2025-05-02", "2026-05-02"),
    ]
    assert [str(one.earned_on) for one in heard.earned] == ["2025-05-02"]


def test_past_record__lapsed_when_it_is_made__counts_as_told(academy: Academy) -> None:
    row = academy.curriculum("V", "VAL", valid_months=12)
    for key, day in (("dara", "2024-01-01"), ("rith", "2025-03-03")):
        academy.complete(key, "VAL", day)
    stages = {key: one.told_stage for key in ("dara", "rith") for one in academy.rows(key, row)}
    assert stages["dara"] == TOLD_LAPSED != stages["rith"]


def test_older_record__coming_after_a_newer_one__is_evidence_only(academy: Academy) -> None:
    row = academy.curriculum("V", "VAL", valid_months=24)
    academy.complete("dara", "VAL", "2025-05-01")
    assert academy.complete("dara", "VAL", "2020-05-01") == []
    assert len(academy.rows("dara", row)) == 1


def test_settings__changed_later__leave_what_was_earned(academy: Academy) -> None:
    row = academy.curriculum("V", "VAL", valid_months=24)
    academy.complete("dara", "VAL", "2025-05-01")
    row.valid_months, row.window_days, row.grace_days = 6, 10, 400
    academy.complete("rith", "VAL", "2025-10-01")
    earning.settle(academy.ctx, [academy.ids["dara"]])
    held = academy.held("dara", row)
    assert held is not None
    dates = (str(held.expires_on), str(held.window_on), held.grace_days)
    assert dates == ("2027-05-01", "2027-01-31", 0)
    assert academy.span("rith", row) == ("2025-10-01", "2026-04-01")


def test_guest__completes_a_class__holds_nothing(academy: Academy) -> None:
    row = academy.curriculum("V", "VAL")
    academy.add_person("broker", guest=True)
    academy.complete("broker", "VAL", "2025-05-01")
    assert academy.held("broker", row) is None


def test_retired__nobody_new_earns_it__and_holders_renew(academy: Academy) -> None:
    row = academy.curriculum("V", "VAL", valid_months=12)
    academy.complete("dara", "VAL", "2025-05-01")
    row.active = False
    academy.complete("rith", "VAL", "2025-05-01")
    academy.complete("dara", "VAL", "2026-04-01")
    assert academy.held("rith", row) is None
    assert academy.span("dara", row) == ("2026-04-01", "2027-04-01")
