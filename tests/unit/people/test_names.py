"""A name is shown whole, as it was given, whatever the reader's language."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import LANGUAGES, render
from bot.models.people import Person
from bot.people.directory import greeting_of, name_for, names_of

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
languages = st.sampled_from([*LANGUAGES, "fr"])
people = st.builds(
    Person,
    staff_no=st.just("1"),
    unit_id=st.just(1),
    full_name=words,
    names=st.dictionaries(st.sampled_from(["km", "ur"]), words),
    name_latin=st.just("") | words,
    address_as=st.just("") | words,
)


@given(people, languages)
def test_name_for__any_reader__is_one_of_the_spellings_whole(person: Person, code: str) -> None:
    shown = name_for(person, code)
    assert shown in {person.full_name, person.name_latin, *person.names.values()}
    assert shown != ""


@given(people, languages)
def test_name_for__spelling_in_the_readers_language__is_that_one(
    person: Person, code: str
) -> None:
    if person.names.get(code):
        assert name_for(person, code) == person.names[code]


@given(people, st.sampled_from(sorted(LANGUAGES)))
def test_names_of__rendered__is_what_name_for_says(person: Person, code: str) -> None:
    assert render(names_of(person), code) == name_for(person, code)


@given(people, st.sampled_from(sorted(LANGUAGES)))
def test_greeting_of__with_a_wish__follows_it(person: Person, code: str) -> None:
    assert render(greeting_of(person), code) == (person.address_as or name_for(person, code))


def test_name_for__khmer_name_with_latin_letters__each_reader_gets_theirs() -> None:
    person = Person(staff_no="1", unit_id=1, full_name="សុខ ដារ៉ា", name_latin="Sok Dara")
    assert name_for(person, "en") == "Sok Dara"
    assert name_for(person, "km") == "សុខ ដារ៉ា"
    assert name_for(person, "ur") == "សុខ ដារ៉ា"
