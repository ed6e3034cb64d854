"""getFile: where a file can be downloaded."""

from __future__ import annotations

from bot.sandbox.errors import bad_request
from bot.sandbox.files import file_object
from bot.sandbox.methods.registry import Params, serves
from bot.sandbox.records import Json
from bot.sandbox.world import World


@serves("getFile")
def get_file(world: World, params: Params) -> Json:
    file = world.files.find(params["file_id"])
    if file is None:
        raise bad_request("invalid file_id", "the sandbox knows no such file")
    return file_object(file)
