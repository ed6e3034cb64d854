"""Something in Rollcall went wrong, or is right again: told to the operator's chat.

Each sentence says what happened and what to do, to somebody who does not know the program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.context import Ctx
from bot.delivery.alarms import Alarm
from bot.delivery.notices.registry import Drop, Item, Reader, notice
from bot.i18n import Text, _, _n
from bot.screens import Screen

MOST_LINES = 10

BEGUN = {
    Alarm.UPDATE_SET_ASIDE: _(
        "An update was set aside: {reason}. One press or message was not dealt with, all others "
        "were. The command “rollcall doctor” lists what was set aside."
    ),
    Alarm.PART_FAILED: _(
        "Something in Rollcall went wrong: {part}. The rest works on. Send the log of this hour "
        "to whoever works on Rollcall."
    ),
    Alarm.MESSAGE_REFUSED: _(
        "Telegram refused message {number}; its reader did not get it. Give the number and the "
        "log of this hour to whoever works on Rollcall."
    ),
    Alarm.BACKUP_FAILED: _(
        "The backup was not made: {reason} Put that right, then make one with “rollcall backup”."
    ),
    Alarm.SECOND_POLLER: _(
        "A second program fetches this bot's messages, and each takes them from the other. Stop "
        "one of the two. If you know of no other, make a new token with BotFather."
    ),
    Alarm.WEBHOOK_SET: _(
        "A webhook is set for this bot, so Rollcall cannot fetch messages and nobody gets an "
        "answer. Stop Rollcall, then write on the machine: rollcall run --take-over"
    ),
    Alarm.DISK_FULL: _(
        "The disk is nearly full: {megabytes} MB are left. Delete what is not needed, or move "
        "the database to a larger disk. When it is full, Rollcall takes no more answers."
    ),
    Alarm.BACKUP_OLD: _(
        "There has been no backup for two days. Look at the disk that backups go to, then make "
        "one with “rollcall backup”."
    ),
}
COUNTED: dict[Alarm, Callable[[int], Text]] = {
    Alarm.LONG_PAUSE: lambda minutes: _n(
        "Telegram let Rollcall send nothing for {count} minute. What waited is being sent now. "
        "If this happens again, set ROLLCALL_SEND_RATE to a smaller number.",
        "Telegram let Rollcall send nothing for {count} minutes. What waited is being sent now. "
        "If this happens again, set ROLLCALL_SEND_RATE to a smaller number.",
        minutes,
    ),
    Alarm.DATABASE_DOWN: lambda minutes: _n(
        "For {count} minute the database could not be written; it can be again. Nothing that "
        "was confirmed is lost. Look at the disk and at the database server.",
        "For {count} minutes the database could not be written; it can be again. Nothing that "
        "was confirmed is lost. Look at the disk and at the database server.",
        minutes,
    ),
    Alarm.OUTBOX_LATE: lambda minutes: _n(
        "Messages are late: the oldest has waited for {count} minute. The command “rollcall "
        "doctor” says why.",
        "Messages are late: the oldest has waited for {count} minutes. The command “rollcall "
        "doctor” says why.",
        minutes,
    ),
    Alarm.WORK_LATE: lambda minutes: _n(
        "Reports and imports are late: the oldest has waited for {count} minute. Restart "
        "Rollcall if nobody has asked for something very large.",
        "Reports and imports are late: the oldest has waited for {count} minutes. Restart "
        "Rollcall if nobody has asked for something very large.",
        minutes,
    ),
}
OVER = {
    Alarm.SECOND_POLLER: _("No second program fetches this bot's messages any more."),
    Alarm.WEBHOOK_SET: _("The webhook is gone; messages are fetched again."),
    Alarm.DISK_FULL: _("There is room on the disk again."),
    Alarm.BACKUP_OLD: _("There is a new backup."),
    Alarm.OUTBOX_LATE: _("Messages are on time again."),
    Alarm.WORK_LATE: _("Reports and imports are on time again."),
}


@notice("operator_alert")
def operator_alert(_ctx: Ctx, items: Sequence[Item], _reader: Reader) -> Screen | Drop:
    """What happened, what to do, and where to look."""
    lines = tuple(_sentence(item.params) for item in items[:MOST_LINES])
    if all(item.params.get("over") for item in items):
        return Screen(title=_("Rollcall is well again"), body=lines)
    return Screen(
        title=_("Rollcall needs the operator"),
        body=(*lines, _("The log on the machine says more.")),
    )


def _sentence(params: Mapping[str, Any]) -> Text:
    alarm = Alarm(params["alarm"])
    if params.get("over"):
        return OVER[alarm]
    if alarm in COUNTED:
        return COUNTED[alarm](params["minutes"])
    pattern = BEGUN[alarm]
    return Text(pattern.msgid, tuple(params.items()))
