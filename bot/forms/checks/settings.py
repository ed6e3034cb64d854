"""The settings sheet: unknown settings, values that mean nothing, fields that must exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.errors import Fault
from bot.forms.checks.finding import at, warning
from bot.forms.draft import Draft
from bot.forms.headings import SETTINGS, language_code
from bot.forms.nearest import nearest
from bot.i18n import _

WITHOUT_EFFECT = frozenset(
    [
        "instance_name",
        "instance_id",
        "public_key",
        "submission_url",
        "style",
        "name",
        "prefix",
        "auto_send",
        "auto_delete",
        "client_editable",
        "clean_text_values",
        "omit_instanceid",
        "add_none_option",
        "sms_keyword",
        "sms_separator",
        "sms_allow_media",
        "sms_date_format",
        "sms_datetime_format",
        "sms_response",
        "namespaces",
        "xml_root",
        "flat",
        "delimiter",
    ]
)
_YES_NO = frozenset(["yes", "no", "true", "false", "true()", "false()", "1", "0"])


def check(draft: Draft) -> Iterator[Fault]:
    yield from _unknown(draft)
    yield from _anonymous(draft)
    yield from _default_language(draft)
    yield from _fields(draft)
    if len(draft.settings.rows) > 1:
        yield warning(
            draft.settings,
            draft.settings.rows[1],
            "form_title",
            "more_settings",
            _("Only the first row of settings counts. Remove the others."),
        )


def field_names(cell: str) -> tuple[str, ...]:
    """The names in the setting `fields`, parted by spaces, commas or semicolons."""
    return tuple(name for name in re.split(r"[\s,;]+", cell) if name)


def _unknown(draft: Draft) -> Iterator[Fault]:
    for written in draft.setting.extra:
        word = "_".join(written.split()).lower()
        if word in WITHOUT_EFFECT:
            yield warning(
                draft.settings,
                draft.setting,
                written,
                "setting_without_effect",
                _("The setting {name} has no effect in a chat.", name=written),
            )
            continue
        near = nearest(word, SETTINGS.fields, 0.8)
        sentence = (
            _("There is no setting {name}. Did you mean {near}?", name=written, near=near)
            if near
            else _("There is no setting {name}. Remove the column.", name=written)
        )
        report = at if near else warning
        yield report(draft.settings, draft.setting, written, "unknown_setting", sentence)


def _anonymous(draft: Draft) -> Iterator[Fault]:
    said = draft.setting.cell("anonymous")
    if said and said.lower() not in _YES_NO:
        yield at(
            draft.settings,
            draft.setting,
            "anonymous",
            "not_yes_or_no",
            _("{value} is neither yes nor no. Write yes or no.", value=said),
        )


def _default_language(draft: Draft) -> Iterator[Fault]:
    said = draft.setting.cell("default_language")
    headings = [heading for heading in draft.survey.headings if heading.field == "label"]
    if not said or said.lower() == "default" or not headings:
        return
    codes = {language_code(heading.language) for heading in headings if heading.language}
    unlabelled = any(not heading.language for heading in headings)
    if language_code(said) not in codes and not unlabelled:
        yield at(
            draft.settings,
            draft.setting,
            "default_language",
            "default_language_missing",
            _(
                "No label column is in the default language {language}. Write it as in the "
                "headings.",
                language=said,
            ),
        )


def _fields(draft: Draft) -> Iterator[Fault]:
    names = {item.name for item in draft.questions()}
    for name in field_names(draft.setting.cell("fields")):
        if name not in names:
            yield at(
                draft.settings,
                draft.setting,
                "fields",
                "field_missing",
                _("This form needs a question named {name}. Put it back.", name=name),
            )
