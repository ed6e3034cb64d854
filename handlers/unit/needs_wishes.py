"""Free wishes put to topics: one by one with suggestions, many at once, undone; what was said."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Ctx
from bot.events import Event
from bot.forms import service
from bot.i18n import Text, Words, _, _n
from bot.needs import analysis, sorting, topics
from bot.needs.sorting import Batch, Wish
from bot.people import access
from bot.people.access_table import Action
from bot.screens import Button, Reply, Screen, Style
from bot.shorten import cut
from handlers.common import ask_form
from handlers.common.class_screens import number_in
from handlers.common.numbers import number_after
from handlers.common.paging import Rows, page_of, page_of_lines, turning
from handlers.common.routes import press
from handlers.unit.needs_analysis import back_home

WISHES = _("Wishes to be put to topics")
PAGE, AT_ONCE, AT_A_TIME = 10, 20, 6
LONGEST, SHORT = 600, 30


@press("wishes", Action.RUN_NEEDS)
def show_wish(ctx: Ctx, event: Event) -> Reply:
    """One wish that waits, and the topics that it is like: `wishes:round:place`."""
    return Reply(screen=_wish(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("wishput", Action.RUN_NEEDS)
def put_wish(ctx: Ctx, event: Event) -> Reply:
    """Put one wish to a topic: `wishput:round:wish:topic:place`."""
    round_id, topic_id = number_in(event, 1), number_in(event, 3)
    count = sorting.put(ctx, round_id, [number_in(event, 2)], topic_id)
    screen = _wish(ctx, round_id, number_after(event.text, 4) or 0)
    return Reply(screen=screen, toast=_put(ctx, count, topic_id))


@press("wishmgt", Action.RUN_NEEDS)
def pass_to_management(ctx: Ctx, event: Event) -> Reply:
    """Say that no training would help: `wishmgt:round:wish:place`."""
    round_id = number_in(event, 1)
    sorting.mark_management(ctx, round_id, number_in(event, 2))
    screen = _wish(ctx, round_id, number_after(event.text, 3) or 0)
    return Reply(screen=screen, toast=_("It is marked for those who manage."))


@press("wishtops", Action.RUN_NEEDS)
def choose_topic(ctx: Ctx, event: Event) -> Reply:
    """All topics for one wish: `wishtops:round:wish:page`."""
    round_id, need_id = number_in(event, 1), number_in(event, 2)
    page = page_of(topics.everything(ctx, active=True), number_after(event.text, 3) or 0, PAGE)
    rows: Rows = [
        (Button(one.name, f"wishput:{round_id}:{need_id}:{one.id}"),) for one in page.shown
    ]
    rows += page.rows(lambda turned: f"wishtops:{round_id}:{need_id}:{turned}")
    rows.append((Button(_("« Wishes"), f"wishes:{round_id}"),))
    body = _("Which topic is it about?") if page.shown else _("There are no topics yet.")
    return Reply(screen=Screen(title=WISHES, body=(body,), rows=tuple(rows)))


@press("wishnew", Action.RUN_NEEDS)
def begin_topic(ctx: Ctx, event: Event) -> Reply:
    """Ask for a new topic, to which the wish is put: `wishnew:round:wish`."""
    purpose = {"round_id": number_in(event, 1), "need_id": number_in(event, 2)}
    analysis.round_card(ctx, purpose["round_id"])
    service.begin(ctx, "topic", purpose)
    return ask_form.show(ctx)


@press("wishundo", Action.RUN_NEEDS)
def undo(ctx: Ctx, event: Event) -> Reply:
    """Let wait again what was put somewhere last: `wishundo:round:wish`."""
    round_id = number_in(event, 1)
    count = sorting.undo(ctx, round_id, number_in(event, 2))
    toast = _n("{count} wish waits again.", "{count} wishes wait again.", count)
    return Reply(screen=_wish(ctx, round_id, 0), toast=toast)


@press("wishall", Action.RUN_NEEDS)
def show_batches(ctx: Ctx, event: Event) -> Reply:
    """What is clearly about one topic, by topic: `wishall:round:page`."""
    round_id = number_in(event, 1)
    analysis.round_card(ctx, round_id)
    return Reply(screen=_batches(ctx, round_id, number_after(event.text, 2) or 0))


@press("wishbat", Action.RUN_NEEDS)
def show_batch(ctx: Ctx, event: Event) -> Reply:
    """The wishes that would be put to a topic together: `wishbat:round:topic:page`."""
    round_id, topic_id = number_in(event, 1), number_in(event, 2)
    number = number_after(event.text, 3) or 0
    batch = _batch(ctx, round_id, topic_id, number)
    if batch is None:
        return Reply(screen=_batches(ctx, round_id, number))
    return Reply(screen=_together(round_id, batch, number))


@press("wishyes", Action.RUN_NEEDS)
def put_batch(ctx: Ctx, event: Event) -> Reply:
    """Put those shown to the topic, up to the last of them: `wishyes:round:topic:page:last`."""
    round_id, topic_id, number, last = (number_in(event, place) for place in range(1, 5))
    batch = _batch(ctx, round_id, topic_id, number)
    found = batch.wishes if batch is not None else ()
    shown = [wish.id for wish in found if wish.id <= last][:AT_ONCE]
    count = sorting.put(ctx, round_id, shown, topic_id)
    return Reply(screen=_batches(ctx, round_id, number), toast=_put(ctx, count, topic_id))


@press("topwish", Action.READ_NEEDS)
def show_said(ctx: Ctx, event: Event) -> Reply:
    """What was put to a topic: `topwish:round:topic:page`."""
    round_id, topic_id = number_in(event, 1), number_in(event, 2)
    card, said = topics.card(ctx, topic_id), sorting.of_topic(ctx, round_id, topic_id)
    page = page_of_lines(_lines(said), number_after(event.text, 3) or 0)
    rows = page.rows(lambda turned: f"topwish:{round_id}:{topic_id}:{turned}")
    rows.append((Button(_("« The topic"), f"rank1:{round_id}:{topic_id}"),))
    screen = Screen(title=card.name, body=page.shown, rows=tuple(rows), protect=True)
    return Reply(screen=screen)


@press("mgmt", Action.READ_NEEDS)
def show_management(ctx: Ctx, event: Event) -> Reply:
    """What no training would help: `mgmt:round:page`."""
    return Reply(screen=_management(ctx, number_in(event, 1), number_after(event.text, 2) or 0))


@press("mgmtback", Action.RUN_NEEDS)
def call_training(ctx: Ctx, event: Event) -> Reply:
    """Let something wait to be put to a topic instead: `mgmtback:round:wish:page`."""
    round_id = number_in(event, 1)
    sorting.call_training(ctx, round_id, number_in(event, 2))
    screen = _management(ctx, round_id, number_after(event.text, 3) or 0)
    return Reply(
        screen=screen, toast=_n("{count} wish waits again.", "{count} wishes wait again.", 1)
    )


def _management(ctx: Ctx, round_id: int, number: int) -> Screen:
    analysis.round_card(ctx, round_id)
    page = page_of(sorting.management(ctx, round_id), number, AT_A_TIME)
    rows: Rows = []
    if access.may(ctx, Action.RUN_NEEDS):
        rows = [
            (
                Button(
                    _("Training would help: {words}", words=cut(one.words, SHORT)),
                    f"mgmtback:{round_id}:{one.id}:{page.number}",
                    guarded=True,
                ),
            )
            for one in page.shown
        ]
    rows += page.rows(lambda turned: f"mgmt:{round_id}:{turned}")
    rows.append(back_home(round_id))
    title, body = _("For those who manage"), tuple(_lines(page.shown))
    return Screen(title=title, body=body, rows=tuple(rows), protect=True)


def _wish(ctx: Ctx, round_id: int, place: int) -> Screen:
    analysis.round_card(ctx, round_id)
    count = sorting.waiting_count(ctx, round_id)
    here = max(0, min(place, count - 1))
    found = sorting.waiting(ctx, round_id, here, 1)
    if not found:
        ways = (*_undo_row(ctx, round_id), back_home(round_id))
        return Screen(title=WISHES, body=(_("No wish waits any more."),), rows=ways)
    wish = found[0]
    rows: Rows = [
        (
            Button(
                one.topic.name,
                f"wishput:{round_id}:{wish.id}:{one.topic.id}:{here}",
                style=Style.SUCCESS,
            ),
        )
        for one in sorting.suggestions(ctx, wish)
    ]
    rows += [
        (
            Button(_("Another topic"), f"wishtops:{round_id}:{wish.id}"),
            Button(_("A new topic"), f"wishnew:{round_id}:{wish.id}"),
        ),
        (Button(_("No training would help"), f"wishmgt:{round_id}:{wish.id}:{here}"),),
        *turning(here, count, lambda turned: f"wishes:{round_id}:{turned}"),
        (Button(_("Many at once"), f"wishall:{round_id}"),),
        *_undo_row(ctx, round_id),
    ]
    body = (*_said(wish), "", _("Put it to one of these topics, or to another."))
    return Screen(title=WISHES, body=body, rows=(*rows, back_home(round_id)), protect=True)


def _undo_row(ctx: Ctx, round_id: int) -> Rows:
    last = sorting.last_sorted(ctx, round_id)
    if last is None:
        return []
    return [(Button(_("Undo the last step"), f"wishundo:{round_id}:{last}", guarded=True),)]


def _batches(ctx: Ctx, round_id: int, number: int) -> Screen:
    pages = -(-sorting.waiting_count(ctx, round_id) // sorting.AT_ONCE)
    number = max(0, min(number, pages - 1))
    found = sorting.batches(ctx, round_id, number * sorting.AT_ONCE)
    rows: Rows = [
        (Button(_batch_label(one), f"wishbat:{round_id}:{one.topic.id}:{number}"),)
        for one in found[:PAGE]
    ]
    rows += turning(number, pages, lambda turned: f"wishall:{round_id}:{turned}")
    body: Words = _("No wish that waits is clearly about one topic.")
    if found:
        body = _("These wishes are clearly about one topic. Choose one to read them first.")
    rows += [*_undo_row(ctx, round_id), (Button(_("« Wishes"), f"wishes:{round_id}"),)]
    return Screen(title=_("Many at once"), body=(body,), rows=tuple(rows))


def _batch_label(one: Batch) -> Text:
    return _("{topic}: {count}", topic=one.topic.name, count=len(one.wishes))


def _batch(ctx: Ctx, round_id: int, topic_id: int, number: int) -> Batch | None:
    found = sorting.batches(ctx, round_id, number * sorting.AT_ONCE)
    return next((one for one in found if one.topic.id == topic_id), None)


def _together(round_id: int, batch: Batch, number: int) -> Screen:
    shown = batch.wishes[:AT_ONCE]
    lines = [_("• {words}", words=cut(wish.words, LONGEST // 4)) for wish in shown]
    label = _n("Put {count} wish to this topic", "Put {count} wishes to this topic", len(shown))
    yes = f"wishyes:{round_id}:{batch.topic.id}:{number}:{shown[-1].id}"
    rows = (
        (Button(label, yes, guarded=True, style=Style.SUCCESS),),
        (Button(_("« Many at once"), f"wishall:{round_id}:{number}"),),
    )
    return Screen(title=batch.topic.name, body=tuple(lines), rows=rows, protect=True)


def _put(ctx: Ctx, count: int, topic_id: int) -> Text:
    if not count:
        return _("That was put to a topic already. Nothing was changed.")
    return _n(
        "{count} wish was put to “{topic}”.",
        "{count} wishes were put to “{topic}”.",
        count,
        topic=topics.card(ctx, topic_id).name,
    )


def _said(wish: Wish) -> tuple[Words, ...]:
    facts: list[Words] = [_("“{words}”", words=cut(wish.words, LONGEST))]
    if wish.who:
        facts.append(_("{who}; told by: {channel}", who=wish.who, channel=wish.channel))
    else:
        facts.append(_("Told by: {channel}", channel=wish.channel))
    if wish.people > 1:
        facts.append(_n("It is about {count} person.", "It is about {count} people.", wish.people))
    if wish.importance is not None:
        facts.append(_("Importance: {importance} of 5", importance=wish.importance))
    return tuple(facts)


def _lines(said: Sequence[Wish]) -> list[Words]:
    if not said:
        return [_("Nothing was said about this.")]
    return [_("• “{words}” ({who})", words=cut(one.words, LONGEST), who=one.who or one.channel)
            for one in said]  # fmt: skip
