"""The process that delivers knows of every notice what it declares, also of those that other
processes queue.
"""

from __future__ import annotations

import subprocess
import sys

PRINT_UNDECLARED = """
from bot import app
from bot.delivery.notices.registry import NOTICES
from bot.delivery.outbox import KINDS
app.register_speaking()
print(sorted(NOTICES.keys() - KINDS.keys()))
"""


def test_notices__in_the_process_that_delivers__all_are_declared() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PRINT_UNDECLARED], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
