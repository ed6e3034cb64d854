"""Published forms: their versions, newest and running ones.

Wordings are corrected in a version, a changed structure makes a new one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import desc, select

from bot.context import Ctx
from bot.errors import Refusal
from bot.forms.definition import FormDefinition, from_json, structure, to_json
from bot.forms.rules import rules_of
from bot.i18n import Texts, _
from bot.models.forms import FormVersion

NEEDED_FIELDS: dict[str, frozenset[str]] = {}
"""The questions that the service behind a form needs, by the form's name."""


def publish(ctx: Ctx, name: str, form: FormDefinition, *, from_library: bool = False) -> int:
    """Store a form under `name`; its version's id.

    Wordings are corrected in the current version, a changed structure makes a new one. A
    form of the library never takes the place of the unit's own. Refuses a form that lacks
    a question its service needs.
    """
    lacking = sorted(NEEDED_FIELDS.get(name, frozenset()) - set(form.by_name))
    if lacking:
        raise Refusal(_("The form lacks these questions: {names}.", names=", ".join(lacking)))
    _refuse_timed(name, form)
    shape, digest = _digest(structure(form)), _digest(to_json(form))
    latest = _latest(ctx, name)
    if latest is not None and latest.id is not None:
        if from_library and not latest.from_library:
            return latest.id
        if latest.structure == shape:
            latest.definition, latest.digest = to_json(form), digest
            latest.from_library = from_library
            return latest.id
    row = FormVersion(
        form=name,
        version=latest.version + 1 if latest else 1,
        structure=shape,
        digest=digest,
        definition=to_json(form),
        from_library=from_library,
        made_at=ctx.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    assert row.id is not None
    return row.id


def _refuse_timed(name: str, form: FormDefinition) -> None:
    """A form that is handed in as it stands may lack what its service needs."""
    if NEEDED_FIELDS.get(name) and rules_of(form).is_timed:
        raise Refusal(
            _("This form cannot have time_limit or closes: all of its answers are needed.")
        )


@dataclass(frozen=True, slots=True)
class FormCard:
    """A published form as a list shows it."""

    version_id: int
    name: str
    version: int
    title: Texts
    languages: tuple[str, ...]


def published(ctx: Ctx) -> list[FormCard]:
    """The newest version of every form, by name."""
    newest: dict[str, FormVersion] = {}
    for row in ctx.session.scalars(
        select(FormVersion).order_by(FormVersion.form, FormVersion.version)
    ):
        newest[row.form] = row
    return [_card(row) for row in newest.values()]


def published_form(ctx: Ctx, version_id: int) -> FormCard:
    """One published version; refuses one that is not there."""
    row = ctx.session.get(FormVersion, version_id)
    if row is None:
        raise Refusal(_("There is no such form."))
    return _card(row)


def _card(row: FormVersion) -> FormCard:
    form = from_json(row.definition)
    assert row.id is not None, "a stored version has an id"
    return FormCard(row.id, row.form, row.version, form.title, form.languages)


def current_version(ctx: Ctx, name: str) -> int:
    """The newest version's id; refuses a form that was never published."""
    latest = _latest(ctx, name)
    if latest is None or latest.id is None:
        raise Refusal(_("There is no form named {name}.", name=name))
    return latest.id


_CACHE: dict[tuple[int, str], FormDefinition] = {}


def definition(ctx: Ctx, version_id: int, digest: str | None = None) -> FormDefinition:
    """A version's definition, kept parsed while its wordings stay the same."""
    if digest is None:
        digest = ctx.session.execute(
            select(FormVersion.digest).where(FormVersion.id == version_id)
        ).scalar_one()
    form = _CACHE.get((version_id, digest))
    if form is None:
        form = from_json(ctx.session.get_one(FormVersion, version_id).definition)
        _CACHE[version_id, digest] = form
    return form


def _latest(ctx: Ctx, name: str) -> FormVersion | None:
    return ctx.session.scalars(
        select(FormVersion)
        .where(FormVersion.form == name)
        .order_by(desc(FormVersion.version))
        .limit(1)
    ).first()


def _digest(data: Any) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
