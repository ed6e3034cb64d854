"""What the bot says of itself before anybody has written to it, in every language.

Set at the start of the process, and only when the words have changed since the last time.
"""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any

from bot.committer import Committer
from bot.context import Ctx
from bot.i18n import LANGUAGES, SOURCE_LANGUAGE, _, render
from bot.models.people import Role
from bot.models.system import PolicyValue
from handlers.common.menu import command_menu
from handlers.edge.session import CallFailed, LeanSession

log = logging.getLogger(__name__)

DIGEST = "profile_digest"
DESCRIPTION = _(
    "The training desk of your administration. Answer questionnaires about your training, see "
    "what waits for you, and ask the training unit. Press Start to begin."
)
SHORT = _("The training desk of your administration.")


async def introduce(session: LeanSession, committer: Committer) -> None:
    """Set descriptions and the command menu of strangers; a refusal is only logged."""
    calls = [call for language in LANGUAGES for call in _calls(language)]
    digest = hashlib.sha256(json.dumps(calls).encode()).hexdigest()
    if await committer.hop(_stored) == digest:
        return
    try:
        for method, payload in calls:
            await session.call(method, payload)
    except CallFailed as failed:
        log.warning("the bot's profile could not be set: %s", failed)
        return
    await committer.hop(lambda ctx: _keep(ctx, digest))


def _calls(language: str) -> list[tuple[str, dict[str, Any]]]:
    """The source language is also what speakers of all other languages get."""
    code = {} if language == SOURCE_LANGUAGE else {"language_code": language}
    commands = [
        {"command": name, "description": words}
        for name, words in command_menu({Role.STRANGER}, language)
    ]
    return [
        ("setMyDescription", {"description": render(DESCRIPTION, language), **code}),
        ("setMyShortDescription", {"short_description": render(SHORT, language), **code}),
        ("setMyCommands", {"commands": commands, **code}),
    ]


def _stored(ctx: Ctx) -> object:
    row = ctx.session.get(PolicyValue, DIGEST)
    return row.value if row else None


def _keep(ctx: Ctx, digest: str) -> None:
    ctx.session.merge(PolicyValue(name=DIGEST, value=digest))
