"""A form as it is stored and asked: frozen, complete, and the same after a trip through JSON.

Nothing in here knows the workbook it came from, except the row numbers kept for sentences
that point back to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias

from bot.i18n import Texts

Json: TypeAlias = dict[str, Any]

RULE_SETTINGS = (
    "pass_mark", "attempts", "time_limit", "show_result", "shuffle_questions", "opens", "closes",
)  # fmt: skip
"""Settings that are no wordings: what they say may not change within a version."""

TABLE_LIST = "table-list"
"""The appearance of a group whose questions share one list: many items, one tap each."""

NO_WORDS = Texts(())
"""Stands where a workbook has left a wording blank."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose: stored as `code`, shown as `label`.

    `attributes` are the other columns of its row, by their names in the workbook, for
    choice filters and scores.
    """

    code: str
    label: Texts
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over questions; its relevance has been passed on to each of them."""

    name: str
    label: Texts
    row: int = 0
    appearance: str = ""

    @property
    def is_grid(self) -> bool:
        return self.appearance == TABLE_LIST


@dataclass(frozen=True, slots=True)
class Question:
    """One row that is asked, shown, calculated or filled in by the server.

    `required` is an expression ("" never, "true()" always). `relevant` already holds
    the conditions of the groups around it. `source` names live data to choose from
    ("people"), otherwise the choices stand here.
    """

    name: str
    type: str
    label: Texts = NO_WORDS
    hint: Texts = NO_WORDS
    groups: tuple[str, ...] = ()
    required: str = ""
    required_message: Texts = NO_WORDS
    relevant: str = ""
    constraint: str = ""
    constraint_message: Texts = NO_WORDS
    calculation: str = ""
    default: str = ""
    appearance: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    source: str = ""
    choice_filter: str = ""
    read_only: bool = False
    score: str = ""
    correct: str = ""
    tag: str = ""
    row: int = 0

    def choice(self, code: str) -> Choice | None:
        """The choice with this code, or None."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True)
class FormDefinition:
    """A whole form; equal when all its parts are equal."""

    form_id: str
    title: Texts
    version: str
    languages: tuple[str, ...]
    default_language: str
    questions: tuple[Question, ...]
    groups: tuple[Group, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    anonymous: bool = False
    fields: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Question]:
        """Questions by their names."""
        return {question.name: question for question in self.questions}

    @cached_property
    def group_by_name(self) -> Mapping[str, Group]:
        """Groups by their names."""
        return {group.name: group for group in self.groups}

    def question(self, name: str) -> Question | None:
        """The question of this name, or None."""
        return self.by_name.get(name)


def to_json(form: FormDefinition) -> Json:
    """Plain dicts, lists and strings; what is empty is left out."""
    return _compact(
        {
            "form_id": form.form_id,
            "title": _words(form.title),
            "version": form.version,
            "languages": list(form.languages),
            "default_language": form.default_language,
            "questions": [_question_to_json(question) for question in form.questions],
            "groups": [_group_to_json(group) for group in form.groups],
            "settings": dict(form.settings),
            "anonymous": form.anonymous,
            "fields": list(form.fields),
        }
    )


def from_json(data: Json) -> FormDefinition:
    """The form that `to_json` wrote; a missing key means empty."""
    return FormDefinition(
        form_id=data["form_id"],
        title=_texts(data.get("title")),
        version=data.get("version", ""),
        languages=tuple(data.get("languages", ())),
        default_language=data["default_language"],
        questions=tuple(_question_from_json(item) for item in data.get("questions", ())),
        groups=tuple(
            Group(
                item["name"],
                _texts(item.get("label")),
                item.get("row", 0),
                item.get("appearance", ""),
            )
            for item in data.get("groups", ())
        ),
        settings=dict(data.get("settings", {})),
        anonymous=data.get("anonymous", False),
        fields=tuple(data.get("fields", ())),
    )


def structure(form: FormDefinition) -> Json:
    """What may not change within a version: all but wordings, row numbers and the version.

    Of the settings only the rules count.
    """
    without_words = replace(
        form,
        title=NO_WORDS,
        version="",
        languages=(),
        default_language="",
        settings={name: said for name, said in form.settings.items() if name in RULE_SETTINGS},
        groups=(),
        questions=tuple(_without_words(question) for question in form.questions),
    )
    return to_json(without_words)


def _without_words(question: Question) -> Question:
    return replace(
        question,
        label=NO_WORDS,
        hint=NO_WORDS,
        required_message=NO_WORDS,
        constraint_message=NO_WORDS,
        choices=tuple(replace(choice, label=NO_WORDS) for choice in question.choices),
        row=0,
    )


_WORDINGS = ("label", "hint", "required_message", "constraint_message")
_PLAIN = (
    "name", "type", "required", "relevant", "constraint", "calculation", "default",
    "appearance", "source", "choice_filter", "read_only", "score", "correct", "tag", "row",
)  # fmt: skip


def _question_to_json(question: Question) -> Json:
    data: Json = {key: getattr(question, key) for key in _PLAIN}
    data |= {key: _words(getattr(question, key)) for key in _WORDINGS}
    data["groups"] = list(question.groups)
    data["parameters"] = dict(question.parameters)
    data["choices"] = [_choice_to_json(choice) for choice in question.choices]
    return _compact(data)


def _question_from_json(data: Json) -> Question:
    told: Json = {key: data[key] for key in _PLAIN if key in data}
    told |= {key: _texts(data.get(key)) for key in _WORDINGS}
    return Question(
        **told,
        groups=tuple(data.get("groups", ())),
        parameters=dict(data.get("parameters", {})),
        choices=tuple(_choice_from_json(item) for item in data.get("choices", ())),
    )


def _choice_to_json(choice: Choice) -> Json:
    return _compact(
        {
            "code": choice.code,
            "label": _words(choice.label),
            "attributes": dict(choice.attributes),
        }
    )


def _choice_from_json(data: Json) -> Choice:
    return Choice(data["code"], _texts(data.get("label")), dict(data.get("attributes", {})))


def _group_to_json(group: Group) -> Json:
    data = {"name": group.name, "label": _words(group.label), "row": group.row}
    return _compact(data | {"appearance": group.appearance})


def _words(texts: Texts) -> dict[str, str]:
    return dict(texts.by_language)


def _texts(data: Mapping[str, str] | None) -> Texts:
    return Texts.of(data) if data else NO_WORDS


def _compact(data: Json) -> Json:
    return {key: value for key, value in data.items() if value or key in ("code", "name")}
