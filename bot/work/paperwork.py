"""Certificates and lists that follow a decision about a class: asked for as long work."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Actor, Ctx
from bot.models.records import Certificate
from bot.training import certificate_cards, certificates, class_reach, closing
from bot.work import queue


@certificates.made_by
def make_certificate(ctx: Ctx, certificate: Certificate) -> None:
    """Have one certificate made and sent to its owner."""
    queue.queue(ctx, "certificate", {"certificate": certificate.id})


@closing.listed_by
def list_for_hr(ctx: Ctx, class_id: int, person_id: int) -> None:
    """Have the list of a closed class made for somebody of HR."""
    reader = replace(ctx, actor=Actor(person_id=person_id))
    params = {"report": "class_outcome", "params": {"class": class_id}}
    queue.queue_once(reader, "report", params)


def ask_for_own(ctx: Ctx, certificate_id: int) -> None:
    """Have the actor's own certificate sent once more; refuses all others."""
    about = certificate_cards.own(ctx, certificate_id).id
    queue.queue_once(ctx, "certificate", {"certificate": about})


def ask_for_class(ctx: Ctx, class_id: int) -> None:
    """Have all certificates of a class made as one file for the actor, who keeps it."""
    about = class_reach.require_keeper(ctx, class_id).id
    queue.queue_once(ctx, "class_certificates", {"class": about})
