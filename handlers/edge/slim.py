"""aiogram's models without what Rollcall does not read: of about 350 only `Update` is built.

aiogram builds all of them when it is imported. Each then holds a schema of everything that it may
contain, 100 MB together, and a start takes two seconds longer. Only for a process in which nobody
but `intake` uses its models: the others stay unbuilt.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel

OWN = "aiogram."
REBUILD = "model_rebuild"


def load_aiogram() -> None:
    """Import aiogram so; nothing happens where it has been imported already."""
    if "aiogram" in sys.modules:
        return
    names: dict[str, Any] = {}
    with _none_built(names):
        update = importlib.import_module("aiogram.types").Update
    if not update.__pydantic_complete__:
        update.model_rebuild(_types_namespace=names)


@contextmanager
def _none_built(names: dict[str, Any]) -> Iterator[None]:
    """Inside, models of aiogram are not built; `names` gets what their annotations name."""
    build = vars(BaseModel)[REBUILD]

    def put_off(cls: type[Any], /, **how: Any) -> bool | None:
        if not cls.__module__.startswith(OWN):
            built: bool | None = build.__get__(None, cls)(**how)
            return built
        names.update(how.get("_types_namespace") or {})
        return None

    setattr(BaseModel, REBUILD, classmethod(put_off))
    try:
        yield
    finally:
        setattr(BaseModel, REBUILD, build)
