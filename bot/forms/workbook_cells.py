"""Cell values as the text a form means: 3 and not 3.0, ISO dates, TRUE and FALSE."""

from __future__ import annotations

import datetime as dt


def cell_text(value: object) -> str:
    """The text of a cell, stripped; "" for an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value).replace("\xa0", " ").strip()
