"""The library's forms: published once, and never in place of what the unit made its own."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import delete

from bot.context import Ctx
from bot.forms import versions
from bot.forms.library_sync import DIGEST, library_files, publish_library
from bot.i18n import Texts
from bot.models.system import PolicyValue


def again(ctx: Ctx) -> None:
    """Publish as after an update of the program."""
    ctx.session.exec(delete(PolicyValue).where(PolicyValue.name == DIGEST))
    publish_library(ctx)


def test_library__published_twice__stays_at_its_first_version(ctx: Ctx) -> None:
    publish_library(ctx)
    again(ctx)
    assert [card.version for card in versions.published(ctx)] == [1] * len(library_files())


def test_library__after_the_unit_published_its_own__leaves_it_in_force(ctx: Ctx) -> None:
    publish_library(ctx)
    first = versions.current_version(ctx, "reaction_trainee")
    own = replace(versions.definition(ctx, first), title=Texts.of({"en": "Our own words"}))
    shorter = replace(own, questions=own.questions[:3])
    kept = versions.publish(ctx, "reaction_trainee", shorter)
    again(ctx)
    assert versions.current_version(ctx, "reaction_trainee") == kept != first
    title = versions.definition(ctx, kept).title
    assert title.best("en") == "Our own words"


def test_library__wording_corrected_by_the_unit__is_not_overwritten(ctx: Ctx) -> None:
    publish_library(ctx)
    first = versions.current_version(ctx, "ask_unit")
    own = replace(versions.definition(ctx, first), title=Texts.of({"en": "Write to us"}))
    assert versions.publish(ctx, "ask_unit", own) == first
    again(ctx)
    assert versions.definition(ctx, first).title.best("en") == "Write to us"
