"""Questionnaires somebody sent as XLSForm: checked, then put in force."""

from __future__ import annotations

from bot.context import Actor, Ctx
from bot.delivery import outbox
from bot.errors import Refusal, Severity
from bot.forms import versions
from bot.forms.importer import ImportedForm, import_form
from bot.i18n import _
from bot.imports.wording import pack_fault
from bot.models.system import Blob
from bot.work.queue import Job, Workshop, worker
from bot.work.telling import FORM_CHECKED, FORM_PUBLISHED

MOST_FAULTS = 40


@worker("form_check")
def check(workshop: Workshop, job: Job) -> None:
    """Check the stored file `blob`; every fault goes to who asked."""
    name, imported = _imported(workshop, job)
    worst_first = sorted(imported.faults, key=lambda fault: fault.severity is Severity.WARNING)
    params = {
        "blob": job.params["blob"],
        "file": name,
        "good": imported.definition is not None,
        "questions": len(imported.definition.questions) if imported.definition else 0,
        "faults": [pack_fault(fault) for fault in worst_first[:MOST_FAULTS]],
        "more": max(0, len(worst_first) - MOST_FAULTS),
    }
    with workshop.database.transaction() as session:
        ctx = Ctx(session, workshop.clock, Actor(person_id=job.requested_by), workshop.settings)
        assert job.requested_by is not None
        outbox.tell(ctx, FORM_CHECKED, job.requested_by, params, key=job.key)


@worker("form_publish")
def publish(workshop: Workshop, job: Job) -> None:
    """Put the checked file in force; refuses one that has faults."""
    _name, imported = _imported(workshop, job)
    if imported.definition is None:
        raise Refusal(_("This form has faults and cannot be used."))
    with workshop.database.transaction() as session:
        ctx = Ctx(session, workshop.clock, Actor(person_id=job.requested_by), workshop.settings)
        version_id = versions.publish(ctx, imported.definition.form_id, imported.definition)
        assert job.requested_by is not None
        params = {"version": version_id}
        outbox.tell(ctx, FORM_PUBLISHED, job.requested_by, params, key=job.key)


def _imported(workshop: Workshop, job: Job) -> tuple[str, ImportedForm]:
    with workshop.database.transaction(readonly=True) as session:
        blob = session.get_one(Blob, job.params["blob"])
        name, content = blob.name, blob.content
    return name, import_form(content, name=name.rpartition(".")[0] or name)
