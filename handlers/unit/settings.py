"""What the unit may set: quiet hours, reminders, thresholds."""

from __future__ import annotations

from bot import policy
from bot.context import Ctx
from bot.errors import Refusal
from bot.events import Event
from bot.i18n import Words, _
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen
from handlers.common import menu
from handlers.common.routes import press, text

menu.menu_entry("settings", _("Settings"), "settings", Action.SET_POLICY, 80, menu.Part.DESK)


@press("settings", Action.SET_POLICY)
def list_settings(ctx: Ctx, _event: Event) -> Reply:
    """Every setting with its value."""
    return Reply(screen=_all(ctx))


@press("setting", Action.SET_POLICY)
def ask_setting(ctx: Ctx, event: Event) -> Reply:
    """Ask for a new value: `setting:name`."""
    return Reply(screen=_one(ctx, _named(event.text.partition(":")[2])))


@text("setting", Action.SET_POLICY)
def change_setting(ctx: Ctx, event: Event) -> Reply:
    """Take the typed value, or say what a value looks like."""
    name = _named(event.asks.partition(":")[2]).name
    try:
        policy.change(ctx, name, event.text)
    except Refusal as refusal:
        return Reply(screen=_one(ctx, policy.POLICIES[name], refusal.sentence), fresh=True)
    return Reply(screen=_all(ctx, _("The setting was changed.")), fresh=True)


def _named(name: str) -> policy.Policy:
    if name not in policy.POLICIES:
        raise Refusal(_("Choose one of the settings shown."))
    return policy.POLICIES[name]


def _all(ctx: Ctx, before: Words = "") -> Screen:
    lines = [
        _(
            "{place}. {setting}: {value}",
            place=str(place),
            setting=one.title,
            value=_shown(ctx, one.name),
        )
        for place, one in enumerate(policy.POLICIES.values(), start=1)
    ]
    buttons = [
        Button(str(place), f"setting:{name}")
        for place, name in enumerate(policy.POLICIES, start=1)
    ]
    rows = tuple(tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4))
    return Screen(
        above=before,
        title=_("Settings"),
        body=(*lines, "", _("Press a number to change that setting.")),
        rows=(*rows, menu.back_to_menu()),
    )


def _one(ctx: Ctx, chosen: policy.Policy, problem: Words = "") -> Screen:
    now = _("Now: {value}", value=_shown(ctx, chosen.name))
    return Screen(
        above=problem,
        title=chosen.title,
        body=(now, _("Type the new value.")),
        rows=((Button(_("« Settings"), "settings"),),),
        asks=f"setting:{chosen.name}",
    )


def _shown(ctx: Ctx, name: str) -> Words:
    value = policy.value(ctx.session, name)
    if value is None:
        return _("not set")
    return ", ".join(map(str, value)) or "–" if isinstance(value, list) else str(value)
