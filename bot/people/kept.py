"""What this room keeps about a person, for /mydata: roster, posts, account, questions, answers."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from bot.context import Ctx
from bot.i18n import LANGUAGES, Moment, Texts, Words, _, _n
from bot.models.chats import Chat
from bot.models.delivery import Message
from bot.models.forms import Draft, FormVersion, Response
from bot.models.people import Person, Question
from bot.people import directory, postings
from bot.people.mydata import Fact, section

NONE = _("none")


@section("roster", _("Roster"), 10)
def roster(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """Every filled field of the roster."""
    person = ctx.session.get_one(Person, person_id)
    card = directory.card(ctx.session, person_id)
    boss = directory.supervisor_on_duty(ctx, person_id, ctx.today())
    given: list[tuple[object, object]] = [
        (_("Staff number"), person.staff_no),
        (_("Name"), person.full_name),
        *((LANGUAGES.get(code, code), name) for code, name in person.names.items()),
        (_("Name in Latin letters"), person.name_latin),
        (_("Addressed as"), person.address_as),
        (_("Rank"), person.rank),
        (_("Grade"), person.grade),
        (_("Office"), card.unit),
        (_("Position"), person.position),
        (_("In this post since"), person.in_post_since),
        (_("Supervisor"), boss.name if boss is not None else ""),
        (_("Gender"), person.gender),
        (_("Telephone number"), person.phone),
        (_("Language"), LANGUAGES.get(person.language, person.language)),
        (_("Time zone"), person.timezone),
        (_("Hired on"), person.hired_on),
        (_("Retires on"), person.retires_on),
    ]
    facts = tuple(Fact(label, value) for label, value in given if value)
    return facts, _("If something is wrong here, tell the training unit with /ask.")


@section("posts", _("Earlier and present posts"), 20)
def posts(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """Where the person has served since the first import."""
    facts = []
    for posting in postings.history(ctx, person_id):
        office = directory.office(ctx.session, posting.unit_id).name
        label = _("Since {day}", day=posting.from_on)
        if posting.until_on is not None:
            label = _("{first} to {last}", first=posting.from_on, last=posting.until_on)
        facts.append(Fact(label, f"{posting.position}, {office}" if posting.position else office))
    return tuple(facts), ""


@section("account", _("This account"), 30)
def account(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """The link to this chat account and what was sent to it."""
    chat = ctx.session.scalars(select(Chat).where(Chat.person_id == person_id)).one()
    sent = _count(ctx, Message.user_id == chat.user_id)
    drafts = _count(ctx, Draft.user_id == chat.user_id)
    linked = Moment(chat.linked_at, ctx.actor.zone) if chat.linked_at is not None else NONE
    facts = (
        Fact(_("Account number"), str(chat.user_id)),
        Fact(_("Linked"), linked),
        Fact(_("Language chosen"), LANGUAGES.get(chat.language, NONE)),
        Fact(_("Privacy notice accepted"), _("version {version}", version=chat.privacy_version)),
        Fact(_("Messages kept that were sent to you"), sent),
        Fact(_("Forms begun and not sent"), drafts),
    )
    return facts, ""


@section("answers", _("Answers under your name"), 60)
def answers(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """Forms answered by name, newest first."""
    rows = ctx.session.execute(
        select(Response.submitted_at, FormVersion.form, FormVersion.definition["title"])
        .join(FormVersion, FormVersion.id == Response.version_id)
        .where(Response.person_id == person_id)
        .order_by(Response.submitted_at.desc())
    ).all()
    facts = tuple(
        Fact(
            Moment(submitted, ctx.actor.zone),
            Texts.of(title) if isinstance(title, dict) else form,
        )
        for submitted, form, title in rows
    )
    about = _count(ctx, Response.about_id == person_id)
    told = _n(
        "Supervisors have answered {count} form about you.",
        "Supervisors have answered {count} forms about you.",
        about,
    )
    anonymous = _("Anonymous answers are kept without any name, so they cannot be listed here.")
    return facts, _("{about} {anonymous}", about=told, anonymous=anonymous)


@section("questions", _("Questions to the training unit"), 70)
def questions(ctx: Ctx, person_id: int) -> tuple[tuple[Fact, ...], Words]:
    """What was asked with /ask, with the answers."""
    rows = ctx.session.scalars(
        select(Question).where(Question.person_id == person_id).order_by(Question.id.desc())
    )
    facts = tuple(Fact(row.text, row.answer or _("no answer yet")) for row in rows)
    return facts, ""


def _count(ctx: Ctx, condition: ColumnElement[bool]) -> int:
    return int(ctx.session.execute(select(func.count()).where(condition)).scalar_one())
