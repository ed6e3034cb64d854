"""Results are sums over answers, and say nothing about too few of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.results import Answered, Figures, Kind, of_class
from bot.forms.definition import from_json

FORM = from_json(
    {
        "form_id": "reaction_trainee",
        "default_language": "en",
        "questions": [
            {
                "name": "overall",
                "type": "select_one",
                "choices": [
                    *({"code": str(code)} for code in range(1, 6)),
                    {"code": "none"},
                ],
            },
            {
                "name": "liked",
                "type": "select_multiple",
                "choices": [{"code": "cases"}, {"code": "visit"}],
            },
            {"name": "hours", "type": "integer"},
            {"name": "person", "type": "select_one", "source": "class_members"},
            {"name": "remark", "type": "text"},
        ],
    }
)


def answered(number: int, gender: str = "f", **answers: object) -> Answered:
    return Answered(f"key {number}", gender, answers)


def results(responses, *, anonymous=True, asked=20, threshold=5):
    return of_class(FORM, responses, asked, threshold, anonymous=anonymous)


def question(found, name):
    return next(item for item in found.questions if item.name == name)


def test_results__scale__counts_every_code_and_averages_the_numbers():
    codes = ["5", "4", "4", "none", "2"]
    responses = [answered(n, overall=code) for n, code in enumerate(codes)]
    found = question(results(responses), "overall")
    assert found.kind is Kind.SCALE
    assert [item.count for item in found.figures.counts] == [0, 1, 0, 2, 1, 1]
    assert found.figures.mean == 3.75
    assert found.figures.n == 5


def test_results__several_choices__n_counts_people_not_ticks():
    given_answers = [answered(n, liked=["cases", "visit"]) for n in range(5)]
    found = question(results(given_answers), "liked")
    assert (found.figures.n, [item.count for item in found.figures.counts]) == (5, [5, 5])


def test_results__number__averages():
    found = question(results([answered(n, hours=n) for n in range(5)]), "hours")
    assert found.figures.mean == 2.0


def test_results__choice_of_a_person__is_never_summed_up():
    found = results([answered(n, person="7") for n in range(5)])
    assert "person" not in {item.name for item in found.questions}


def test_results__four_anonymous_answers__show_the_rate_only():
    found = results([answered(n, overall="5", remark="good") for n in range(4)])
    assert (found.shown, found.questions, found.comments) == (False, (), ())
    assert found.rate == 0.2


def test_results__four_named_answers__are_shown():
    assert results([answered(n, overall="5") for n in range(4)], anonymous=False).shown


def test_results__a_question_few_answered__looks_like_one_nobody_answered():
    few = results([answered(n, overall="5") for n in range(4)] + [answered(9)])
    none = results([answered(n) for n in range(5)])
    assert question(few, "overall") == question(none, "overall")
    assert question(few, "overall").figures == Figures()


def test_results__comments__stand_in_an_order_of_their_own():
    responses = [answered(n, remark=f"{n:02}") for n in range(20)]
    (found,) = results(responses).comments
    assert sorted(found.texts) == [f"{n:02}" for n in range(20)]
    assert list(found.texts) != sorted(found.texts)
    (again,) = results(list(reversed(responses))).comments
    assert again == found


def test_results__by_gender__stands_only_where_the_rest_is_hidden_too():
    women = [answered(n, "f", overall="5") for n in range(6)]
    men = [answered(n, "m", overall="1") for n in range(10, 16)]
    found = question(results(women + men), "overall")
    assert [(gender, figures.mean) for gender, figures in found.by_gender] == [
        ("f", 5.0),
        ("m", 1.0),
    ]
    assert question(results(women + men[:4]), "overall").by_gender == ()


def test_results__by_gender_in_a_named_form__keeps_the_threshold():
    women = [answered(n, "f", overall="5") for n in range(6)]
    found = question(results([*women, answered(9, "m", overall="1")], anonymous=False), "overall")
    assert found.by_gender == ()


ANSWER = st.fixed_dictionaries(
    {}, optional={"overall": st.sampled_from(["1", "2", "3", "4", "5", "none"])}
)
RESPONSES = st.lists(st.tuples(st.sampled_from(["f", "m", "x"]), ANSWER), max_size=40)


@given(RESPONSES, st.integers(5, 8))
def test_results__any_answers__no_figure_stands_for_too_few(rows, threshold):
    responses = [answered(n, gender, **row) for n, (gender, row) in enumerate(rows)]
    found = results(responses, asked=50, threshold=threshold)
    for item in found.questions:
        shown = [figures for _gender, figures in item.by_gender]
        rest = item.figures.n - sum(figures.n for figures in shown)
        assert item.suppressed or item.figures.n >= threshold
        assert all(figures.n >= threshold for figures in shown)
        assert not shown or rest == 0 or rest >= threshold
