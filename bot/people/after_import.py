"""What follows from a roster that was taken or taken back: who joined, who left, who moved."""

from __future__ import annotations

from bot.context import Ctx
from bot.imports import hooks
from bot.imports.hooks import Applied
from bot.people import accounts, leavers


def follow(ctx: Ctx, applied: Applied) -> None:
    """Leavers lose their accounts at once; when the file is undone they have them again.

    Who had come back by a file that is undone leaves once more.
    """
    gone, back = applied.left, applied.returned
    if applied.undone:
        gone, back = back, gone
        accounts.give_back(ctx, back)
    leavers.left(ctx, gone)
    leavers.joined(ctx, [*(() if applied.undone else applied.new), *back])
    leavers.moved(ctx, applied.moved)
    leavers.changed(ctx, applied.changed, applied.led_anew)


hooks.after_apply("people", follow)
