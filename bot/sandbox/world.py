"""Everything the sandbox knows: bot, phones, chats, files, updates; how a phone keeps up."""

from __future__ import annotations

import logging
import secrets
from collections import defaultdict, deque
from pathlib import Path

from bot.clock import Clock
from bot.sandbox import views
from bot.sandbox.errors import ApiError, PageError, chat_not_found
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.journal import Journal
from bot.sandbox.page_events import PageEvents
from bot.sandbox.profile import Profile
from bot.sandbox.records import Json, Message, PendingUpdate, Phone, Press, Refusal, Webhook
from bot.sandbox.store import Store
from bot.sandbox.updates import UpdateQueue

log = logging.getLogger(__name__)

MOST_REFUSALS = 200
MOST_TOASTS = 50
DATABASE = "telegram.db"


class World:
    """The state of one sandbox, read from `directory` and kept there with every change."""

    def __init__(self, directory: Path, token: str, clock: Clock) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.store = Store(directory / DATABASE)
        self.clock = clock
        self.events = PageEvents()
        self.files = Files(self.store, directory)
        self.profile = Profile(self.store, token)
        self.faults = Faults()
        self.updates = UpdateQueue(self.store, clock, self.faults)
        self.journal = Journal(clock)
        self.events.watch(self.journal.see)
        self.updates.on_confirmed = self._note_confirmed
        self.webhook = Webhook.from_json(self.store.get("setting", "webhook") or {})
        self.toasts: defaultdict[int, deque[str]] = defaultdict(lambda: deque(maxlen=MOST_TOASTS))
        self.refusals: deque[Refusal] = deque(maxlen=MOST_REFUSALS)
        phones = [Phone.from_json(row) for row in self.store.bodies("phone")]
        self.phones = {phone.id: phone for phone in sorted(phones, key=lambda phone: phone.id)}
        self.chats: dict[int, dict[int, Message]] = {number: {} for number in self.phones}
        messages = [Message.from_json(row) for row in self.store.bodies("message")]
        for message in sorted(messages, key=lambda message: message.id):
            self.chats[message.chat_id][message.id] = message
        presses = [Press.from_json(row) for row in self.store.bodies("press")]
        self.presses = {press.id: press for press in presses}

    def close(self) -> None:
        self.events.close()
        self.store.close()

    def _note_confirmed(self, update: PendingUpdate) -> None:
        self.journal.note(update.person, "confirmed", update_id=update.id, kind=update.kind)

    def timestamp(self) -> int:
        """Now, in whole seconds of business time."""
        return int(self.clock.now().timestamp())

    def webhook_changed(self) -> None:
        self.store.put("setting", "webhook", self.webhook.to_json())

    # ---------------------------------------------------------- phones

    def phone(self, phone_id: int) -> Phone:
        """A phone asked for by the page."""
        if phone_id not in self.phones:
            raise PageError("There is no such phone.", 404)
        return self.phones[phone_id]

    def recipient(self, chat_id: int | str) -> Phone:
        """The phone the bot writes to; refuses a person who never started it or has blocked it."""
        phone = self.phones.get(int(chat_id)) if _is_number(chat_id) else None
        if phone is None:
            raise chat_not_found(f"no phone has the id {chat_id}")
        if not phone.started:
            raise chat_not_found(f"{phone.name} has never written to the bot")
        if phone.blocked:
            raise ApiError(403, "bot was blocked by the user", problem=f"by {phone.name}")
        return phone

    def add_phone(self, phone: Phone) -> None:
        phone.chat_instance = str(secrets.randbelow(2**63))
        self.phones[phone.id] = phone
        self.chats[phone.id] = {}
        self.phone_changed(phone)

    def remove_phone(self, phone: Phone) -> None:
        """Forget the phone and its chat, as if the account had never been."""
        for message in self.chats.pop(phone.id).values():
            self.store.remove("message", f"{message.chat_id}:{message.id}")
        del self.phones[phone.id]
        self.store.remove("phone", phone.id)
        self.events.publish("reload")

    def phone_changed(self, phone: Phone) -> None:
        self.store.put("phone", phone.id, phone.to_json())
        self.events.publish("phone", phone=views.phone_summary(self, phone))

    # ---------------------------------------------------------- messages

    def add_message(
        self,
        phone: Phone,
        sender: str,
        content: Json,
        *,
        markup: Json | None = None,
        reply_to: int | None = None,
        protected: bool = False,
    ) -> Message:
        """A new message at the end of the chat."""
        phone.last_message_id += 1
        message = Message(
            phone.id, phone.last_message_id, sender, self.timestamp(), content,
            markup=markup, reply_to=reply_to, protected=protected,
        )  # fmt: skip
        self.chats[phone.id][message.id] = message
        self.store.put("phone", phone.id, phone.to_json())
        self.message_changed(phone, message)
        return message

    def message(self, phone: Phone, message_id: int) -> Message | None:
        found = self.chats[phone.id].get(message_id)
        return None if found is None or found.deleted else found

    def message_changed(self, phone: Phone, message: Message) -> None:
        """Keep a new, edited or deleted message, and draw it if the phone is online."""
        if not phone.offline:
            self._draw(phone, message)
        key = f"{message.chat_id}:{message.id}"
        if message.deleted and not phone.offline:
            self.chats[phone.id].pop(message.id, None)
            self.store.remove("message", key)
        else:
            self.store.put("message", key, message.to_json())

    def keyboard_changed(self, phone: Phone) -> None:
        if not phone.offline and phone.shown_keyboard != phone.keyboard:
            phone.shown_keyboard = phone.keyboard
            self.events.publish("keyboard", phone=phone.id, reply_keyboard=phone.keyboard)
        self.store.put("phone", phone.id, phone.to_json())

    def catch_up(self, phone: Phone) -> None:
        """Draw what an offline phone has missed."""
        for message in list(self.chats[phone.id].values()):
            if message.deleted or message.shown != views.message(message):
                self.message_changed(phone, message)
        self.keyboard_changed(phone)

    def _draw(self, phone: Phone, message: Message) -> None:
        if message.deleted:
            if message.shown is not None:
                self.events.publish("delete", phone=phone.id, id=message.id)
            return
        kind = "message" if message.shown is None else "edit"
        message.shown = views.message(message)
        self.events.publish(kind, phone=phone.id, message=message.shown)

    def toast(self, phone: Phone, words: str, alert: bool = False, own: str = "") -> None:
        """A short word over the chat, or an alert to be closed.

        What the app says of itself names one of the page's `own` words, for its language.
        """
        self.toasts[phone.id].append(words)
        self.events.publish("toast", phone=phone.id, text=words, alert=alert, own=own)

    # ---------------------------------------------------------- refusals

    def refuse(self, method: str, error: ApiError, phone_id: int | None) -> None:
        """Remember a refused call and show it to the developer."""
        at = self.clock.now().isoformat()
        known = phone_id if phone_id in self.phones else None
        refusal = Refusal(at, method, error.code, error.description, error.problem, known)
        self.refusals.append(refusal)
        log.info("refused %s with %s", method, error.description)
        self.events.publish("refusal", refusal=refusal.to_json())


def _is_number(chat_id: int | str) -> bool:
    return isinstance(chat_id, int) or chat_id.lstrip("-").isdigit()
