"""The methods of the Bot API that the sandbox serves, one file per group."""

from bot.sandbox.methods import (
    callbacks,
    commands,
    delivery,
    editing,
    files,
    identity,
    polling,
    webhook,
)
from bot.sandbox.methods.registry import Handler, Params, handler_of, served_methods

__all__ = [
    "Handler",
    "Params",
    "callbacks",
    "commands",
    "delivery",
    "editing",
    "files",
    "handler_of",
    "identity",
    "polling",
    "served_methods",
    "webhook",
]
