"""The checked draft becomes the definition that is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.forms.checks.expressions import built_in_constraint
from bot.forms.checks.settings import field_names
from bot.forms.checks.types import live_source
from bot.forms.definition import NO_WORDS, TABLE_LIST, Choice, FormDefinition, Group, Question
from bot.forms.draft import OTHER, Draft, Item, Row, is_yes
from bot.forms.expression_syntax import normalise
from bot.forms.wording import readable
from bot.i18n import Text, Texts, _, render


def assemble(draft: Draft, name: str) -> FormDefinition:
    """The definition of a draft that passed every check; `name` serves where no id is given."""
    setting = draft.setting
    form_id = setting.cell("form_id") or name or "form"
    return FormDefinition(
        form_id=form_id,
        title=_texts(setting, "form_title") or Texts.of({draft.default_language: form_id}),
        version=setting.cell("version"),
        languages=draft.languages,
        default_language=draft.default_language,
        questions=tuple(
            question for item in draft.questions() for question in _asked(draft, item)
        ),
        groups=tuple(
            Group(item.name, _texts(item.row, "label"), item.row.number, _appearance(item))
            for item in draft.items
            if item.is_group
        ),
        settings={**setting.extra, **setting.cells},
        anonymous=draft.is_anonymous(),
        fields=field_names(setting.cell("fields")),
    )


def parameters_of(row: Row) -> Mapping[str, str]:
    """`start=1 end=5` as a mapping, in small letters."""
    return dict(
        part.lower().split("=", 1)
        for part in re.split(r"[\s,;]+", row.cell("parameters"))
        if part.count("=") == 1
    )


def choices_of(draft: Draft, item: Item) -> tuple[Choice, ...]:
    """The choices of a question, with the one that or_other adds."""
    if not item.has_choices:
        return ()
    choices = tuple(
        Choice(row.cell("name"), _texts(row, "label"), row.extra)
        for row in draft.lists.get(item.type.list_name, ())
    )
    if item.type.with_other and all(choice.code != OTHER for choice in choices):
        choices += (Choice(OTHER, _said(draft, _("Other"))),)
    return choices


def _appearance(item: Item) -> str:
    """Of a group only that it is a grid has an effect."""
    return TABLE_LIST if item.is_grid else ""


def _asked(draft: Draft, item: Item) -> list[Question]:
    question = _question(draft, item)
    if not item.type.with_other:
        return [question]
    return [question, _specify_other(draft, question)]


def _question(draft: Draft, item: Item) -> Question:
    row = item.row
    label, hint = _texts(row, "label"), _texts(row, "hint")
    return Question(
        name=item.name,
        type=item.type.name.partition(" ")[0],
        label=label or hint,
        hint=hint if label else NO_WORDS,
        groups=item.groups,
        required=_required(row),
        required_message=_texts(row, "required_message"),
        relevant=_relevant(draft, item),
        constraint=_both(built_in_constraint(item), normalise(row.cell("constraint"))),
        constraint_message=_texts(row, "constraint_message"),
        calculation=normalise(row.cell("calculation")),
        default=row.cell("default"),
        appearance=row.cell("appearance"),
        parameters=parameters_of(row),
        choices=choices_of(draft, item),
        source=live_source(item.type.list_name),
        choice_filter=normalise(row.cell("choice_filter")),
        read_only=is_yes(row.cell("read_only")),
        score=row.cell("score"),
        correct=row.cell("correct"),
        tag=row.cell("report_tag"),
        row=row.number,
    )


def _specify_other(draft: Draft, question: Question) -> Question:
    """The text question that or_other adds below; shown where other was chosen."""
    chosen = f"selected(${{{question.name}}}, '{OTHER}')"
    return Question(
        name=f"{question.name}_other",
        type="text",
        label=_said(draft, _("Please say which.")),
        groups=question.groups,
        relevant=_both(question.relevant, chosen),
        row=question.row,
    )


def _required(row: Row) -> str:
    text = normalise(row.cell("required"))
    if is_yes(text):
        return "true()"
    return "" if text.lower() in ("no", "false", "false()", "0") else text


def _relevant(draft: Draft, item: Item) -> str:
    around = {group.name: group.row for group in draft.items if group.is_group}
    rows = [around[name] for name in item.groups if name in around] + [item.row]
    return _both(*(normalise(row.cell("relevant")) for row in rows))


def _both(*conditions: str) -> str:
    given = [condition for condition in conditions if condition]
    if len(given) < 2:
        return "".join(given)
    return " and ".join(f"({condition})" for condition in given)


def _said(draft: Draft, sentence: Text) -> Texts:
    """Words of our own in the language of the form, as far as they are translated."""
    language = draft.default_language
    return Texts.of({language: render(sentence, readable(language))})


def _texts(row: Row, field: str) -> Texts:
    wordings = row.texts.get(field)
    return Texts.of(wordings) if wordings else NO_WORDS
