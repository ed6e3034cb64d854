"""What posts require: levels of competencies, and the courses of their training framework."""

from __future__ import annotations

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Lines, Text, Words, _, _n
from bot.models.qualifications import RequirementKind
from bot.needs import competency_forms, frameworks, positions
from bot.needs.frameworks import FrameworkLine
from bot.needs.positions import PostLine, RequiredLine
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from handlers.common import ask_form
from handlers.common.class_screens import cut_search, number_in, page_asked
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of
from handlers.common.routes import press, text

POSTS = _("What posts require")
ASKS = "posts:find"
PER_PAGE = 8
CHANGE, DROP = _("Change"), _("Require it no more")


@press("posts", Action.READ_NEEDS)
def show_posts(ctx: Ctx, event: Event) -> Reply:
    """All posts by name: `posts:page:search`."""
    number, search = page_asked(event)
    return Reply(screen=_list(ctx, number, search))


@text("posts", Action.READ_NEEDS)
def find_posts(ctx: Ctx, event: Event) -> Reply:
    """Posts by a part of their name."""
    return Reply(screen=_list(ctx, 0, event.text.strip()))


@press("post", Action.READ_NEEDS)
def show_post(ctx: Ctx, event: Event) -> Reply:
    """What one post requires: `post:sign:page`."""
    return Reply(screen=_post(ctx, _named(ctx, event), number_after(event.text, 2) or 0))


@press("postreq", Action.READ_NEEDS)
def show_required(ctx: Ctx, event: Event) -> Reply:
    """One competency that a post requires: `postreq:id`."""
    return Reply(screen=_required(ctx, positions.one(ctx, number_in(event, 1))))


@press("postadd", Action.EDIT_COMPETENCIES)
def begin_requiring(ctx: Ctx, event: Event) -> Reply:
    """Ask which competency the post requires: `postadd:sign`."""
    post = _named(ctx, event)
    service.begin(ctx, competency_forms.REQUIRED, {"position": post.position})
    return ask_form.show(ctx)


@press("postset", Action.EDIT_COMPETENCIES)
def change_required(ctx: Ctx, event: Event) -> Reply:
    """The same form, filled in: `postset:id`."""
    about = number_in(event, 1)
    typed = positions.as_typed(ctx, about)
    purpose = {"position": positions.one(ctx, about).position}
    service.begin(ctx, competency_forms.REQUIRED, purpose, typed)
    return ask_form.show_all(ctx)


@press("postoff", Action.EDIT_COMPETENCIES)
def drop_required(ctx: Ctx, event: Event) -> Reply:
    """The post does not require it any more: `postoff:id`."""
    position = positions.drop(ctx, number_in(event, 1))
    post = positions.signed(ctx, positions.sign_of(position))
    toast = _("The post does not require it any more. What was rated stays.")
    return Reply(screen=_post(ctx, post, 0), toast=toast)


@press("cptposts", Action.READ_NEEDS)
def show_posts_of(ctx: Ctx, event: Event) -> Reply:
    """The posts that require a competency: `cptposts:id:page`."""
    about = number_in(event, 1)
    page = page_of(positions.of_competency(ctx, about), number_after(event.text, 2) or 0, PER_PAGE)
    rows: Rows = [
        (Button(_("{post}: level {level}", post=line.position, level=line.level),
                f"postreq:{line.id}"),)
        for line in page.shown
    ]  # fmt: skip
    rows += page.rows(lambda turned: f"cptposts:{about}:{turned}")
    words = _("Choose a post.") if page.shown else _("No post requires this competency.")
    back = (Button(_("« Competency"), f"cpt:{about}"),)
    return Reply(screen=Screen(title=POSTS, body=(words,), rows=(*rows, back)))


@press("postfw", Action.READ_NEEDS)
def show_framework(ctx: Ctx, event: Event) -> Reply:
    """The courses of a post's framework, in their order: `postfw:sign:page`."""
    return Reply(screen=_framework(ctx, _named(ctx, event), number_after(event.text, 2) or 0))


@press("fwc", Action.READ_NEEDS)
def show_course(ctx: Ctx, event: Event) -> Reply:
    """One course of a framework: `fwc:id`."""
    return Reply(screen=_course(ctx, frameworks.one(ctx, number_in(event, 1))))


@press("fwadd", Action.EDIT_COMPETENCIES)
def begin_course(ctx: Ctx, event: Event) -> Reply:
    """Ask which course belongs to the post: `fwadd:sign`."""
    post = _named(ctx, event)
    service.begin(ctx, competency_forms.FRAMEWORK, {"position": post.position})
    return ask_form.show(ctx)


@press("fwset", Action.EDIT_COMPETENCIES)
def change_course(ctx: Ctx, event: Event) -> Reply:
    """The same form, filled in: `fwset:id`."""
    about = number_in(event, 1)
    typed = frameworks.as_typed(ctx, about)
    purpose = {"position": frameworks.one(ctx, about).position}
    service.begin(ctx, competency_forms.FRAMEWORK, purpose, typed)
    return ask_form.show_all(ctx)


@press("fwoff", Action.EDIT_COMPETENCIES)
def drop_course(ctx: Ctx, event: Event) -> Reply:
    """Take a course out of the framework: `fwoff:id`."""
    position = frameworks.drop(ctx, number_in(event, 1))
    post = positions.signed(ctx, positions.sign_of(position))
    return Reply(screen=_framework(ctx, post, 0), toast=_("The course is taken out."))


def _named(ctx: Ctx, event: Event) -> PostLine:
    parts = event.text.split(":")
    return positions.signed(ctx, parts[1] if len(parts) > 1 else "")


def _list(ctx: Ctx, number: int, search: str) -> Screen:
    page = page_of(positions.find(ctx, search), number, PER_PAGE)
    kept = cut_search(search)
    rows: Rows = [(Button(_label(line), f"post:{line.sign}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"posts:{turned}:{kept}")
    rows.append((Button(_("« Competencies and posts"), "cptdesk"),))
    if page.shown:
        body = _("Choose a post, or type a part of its name.")
    elif search:
        body = _("No post was found for “{words}”.", words=search)
    else:
        body = _("Nobody on the roster has a post yet. Import the roster with posts first.")
    return Screen(title=POSTS, body=(body,), rows=tuple(rows), asks=ASKS)


def _label(line: PostLine) -> Text:
    if not line.competencies:
        return _("{post}: nothing yet", post=line.position)
    return _n(
        "{post}: {count} competency",
        "{post}: {count} competencies",
        line.competencies,
        post=line.position,
    )


def _post(ctx: Ctx, post: PostLine, number: int) -> Screen:
    page = page_of(positions.of_post(ctx, post.position), number, PER_PAGE)
    held = _n("{count} officer holds it.", "{count} officers hold it.", post.people)
    rows: Rows = [(Button(_level(line), f"postreq:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"post:{post.sign}:{turned}")
    label = _n(
        "Training framework: {count} course", "Training framework: {count} courses", post.courses
    )
    rows.append((Button(label, f"postfw:{post.sign}"),))
    if access.may(ctx, Action.EDIT_COMPETENCIES):
        add = Button(_("Require a competency"), f"postadd:{post.sign}", style=Style.PRIMARY)
        rows.append((add,))
    rows.append((Button(_("« What posts require"), "posts"),))
    words = (
        _("Choose a competency. The most important stand first.")
        if page.shown
        else _("The post requires no competency yet.")
    )
    return Screen(title=post.position, body=(held, words), rows=tuple(rows))


def _level(line: RequiredLine) -> Text:
    return _(
        "{code} {name}: level {level}",
        code=line.competency.code,
        name=line.competency.name,
        level=line.level,
    )


def _required(ctx: Ctx, line: RequiredLine) -> Screen:
    body: tuple[Words, ...] = (
        line.position,
        _("Required: level {level} of {high}", level=line.level, high=line.competency.highest),
        _("Importance: {importance} of {high}", importance=line.importance,
          high=positions.MOST_IMPORTANT),
    )  # fmt: skip
    rows: Rows = [(Button(_("The competency"), f"cpt:{line.competency.id}"),)]
    if access.may(ctx, Action.EDIT_COMPETENCIES):
        change = Button(CHANGE, f"postset:{line.id}", style=Style.PRIMARY)
        rows.append((change, Button(DROP, f"postoff:{line.id}", guarded=True)))
    sign = positions.sign_of(line.position)
    rows.append((Button(_("« {post}", post=line.position), f"post:{sign}"),))
    title = _("{code} {name}", code=line.competency.code, name=line.competency.name)
    return Screen(title=title, body=body, rows=tuple(rows))


def _framework(ctx: Ctx, post: PostLine, number: int) -> Screen:
    page = page_of(frameworks.of_post(ctx, post.position), number, PER_PAGE)
    rows: Rows = [(Button(_place(line), f"fwc:{line.id}"),) for line in page.shown]
    rows += page.rows(lambda turned: f"postfw:{post.sign}:{turned}")
    if access.may(ctx, Action.EDIT_COMPETENCIES):
        add = Button(_("Put a course in"), f"fwadd:{post.sign}", style=Style.PRIMARY)
        rows.append((add,))
    rows.append((Button(_("« {post}", post=post.position), f"post:{post.sign}"),))
    words = (
        _("The courses of this post, in the order in which they are taken.")
        if page.shown
        else _("The training framework of this post has no course yet.")
    )
    title = _("Training framework: {post}", post=post.position)
    return Screen(title=title, body=(words,), rows=tuple(rows))


def _place(line: FrameworkLine) -> Text:
    if line.kind is RequirementKind.CORE:
        return _("{place}. {code} {title}", place=line.place, code=line.code, title=line.title)
    return _(
        "{place}. {code} {title} (enhanced)", place=line.place, code=line.code, title=line.title
    )


def _course(ctx: Ctx, line: FrameworkLine) -> Screen:
    kind = (
        _("Core: everybody in the post takes it.")
        if line.kind is RequirementKind.CORE
        else _("Enhanced: for those who are to do more.")
    )
    body = (line.position, Lines((_("Place {place}", place=line.place), kind)))
    rows: Rows = []
    if access.may(ctx, Action.EDIT_COMPETENCIES):
        change = Button(CHANGE, f"fwset:{line.id}", style=Style.PRIMARY)
        rows.append((change, Button(_("Take it out"), f"fwoff:{line.id}", guarded=True)))
    sign = positions.sign_of(line.position)
    rows.append((Button(_("« Training framework"), f"postfw:{sign}"),))
    title = _("{code} {title}", code=line.code, title=line.title)
    return Screen(title=title, body=body, rows=tuple(rows))
