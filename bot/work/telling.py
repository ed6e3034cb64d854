"""The notices of long jobs: declared apart from what makes them, since the process that delivers
them does not load that.
"""

from __future__ import annotations

from bot.delivery import outbox
from bot.delivery.outbox import NoticeKind
from bot.models.delivery import Urgency


def _now(name: str, *, repeats: bool = True) -> NoticeKind:
    return outbox.declare(NoticeKind(name, Urgency.NOW, repeats=repeats))


WORK_FAILED = _now("work_failed")
REPORT_READY = _now("report_ready")
REPORT_FILE = _now("report_file")
CERTIFICATE_AGAIN = _now("certificate_again")
CERTIFICATES_PRINTED = _now("certificates_printed")
IMPORT_CHECKED = _now("import_checked")
IMPORT_FAULTS = _now("import_faults", repeats=False)
IMPORT_DONE = _now("import_done")
FORM_CHECKED = _now("form_checked")
FORM_PUBLISHED = _now("form_published", repeats=False)
