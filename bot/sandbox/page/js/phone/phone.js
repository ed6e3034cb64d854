/** One phone: plate, chat, composer, what lies over them. Rebuilt for another language. */

import { phoneApi } from "../api.js";
import { ChatLog } from "../chat/log.js";
import { el } from "../dom.js";
import { RIGHT_TO_LEFT, desk, wordsOf } from "../strings.js";
import { attaching } from "./attach.js";
import { Composer } from "./composer.js";
import { Head } from "./head.js";
import { Plate } from "./plate.js";
import { settingsButton } from "./settings.js";
import { openSheet } from "./sheet.js";
import { Toasts } from "./toast.js";
import { welcome } from "./welcome.js";

export class PhoneView {
  /** `office`: bot, clock, enlarge(photo), others(id), remove(id), unread(id, count). */
  constructor(phone, office) {
    this.office = office;
    this.phone = phone;
    this.api = phoneApi(phone.id);
    this.doing = this.doing.bind(this);
    this.node = el("section", {
      class: "phone", id: `phone-${phone.id}`, "aria-label": desk.phoneOf(phone.name),
    });
    this.build(phone.messages ?? []);
  }

  /** What the drawing depends on besides messages: another one means to build anew. */
  basis() {
    const { name, username, description } = this.office.bot;
    return [this.phone.language, name, username, description].join("\n");
  }

  build(messages) {
    const { language } = this.phone;
    this.built = this.basis();
    this.words = wordsOf(language);
    this.screen = el("div", {
      class: "screen", lang: language, dir: RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr",
    });
    this.plate = new Plate(this.phone, null);
    this.head = new Head(this.office.bot, this.words);
    this.head.node.append(settingsButton(this));
    this.toasts = new Toasts();
    this.log = new ChatLog(this.chatActs());
    this.composer = new Composer(this.composerActs());
    this.log.node.append(welcome(this.office.bot, this.words), this.toasts.node);
    this.screen.append(this.head.node, this.log.node, this.composer.node);
    this.node.replaceChildren(this.plate.node, this.screen);
    this.log.reset(messages);
    this.show();
    this.markEmpty();
  }

  chatActs() {
    const { clock } = this.office;
    return {
      words: this.words, language: this.phone.language, botName: this.office.bot.name,
      zone: () => clock.zone, now: () => clock.now(), enlarge: this.office.enlarge,
      press: (messageId, data) => this.press(messageId, data),
      reply: (message) => this.composer.answer(message),
      command: (words) => this.say(words),
      follow: (url) => this.follow(url),
      unread: (count) => {
        this.plate.unread(count);
        this.office.unread(this.phone.id, count);
      },
    };
  }

  composerActs() {
    const upload = (file, caption) => this.doing(this.api.file(file, caption));
    return {
      words: this.words, botName: this.office.bot.name,
      say: (text, replyTo) => this.say(text, replyTo),
      start: () => this.begin(),
      shareContact: () => this.shareContact(),
      attach: attaching(this.screen, this.words, upload),
      lastFromBot: () => this.lastFromBot(),
    };
  }

  /** Waits for a request; a refusal is shown on this phone. True when it went. */
  async doing(request) {
    try {
      await request;
      return true;
    } catch (refused) {
      this.toasts.show(refused.message, true);
      return false;
    }
  }

  say(text, replyTo = null) {
    return this.doing(this.api.text(text, replyTo));
  }

  /** Presses a button; rejects when no answer will come. */
  async press(messageId, data) {
    if (this.phone.offline) {
      this.toasts.show(this.words.noNetwork);
      throw new Error(this.words.noNetwork);
    }
    if (!await this.doing(this.api.press(messageId, data))) throw new Error(desk.failed);
  }

  async begin() {
    if (this.phone.blocked) await this.doing(this.api.block(false));
    await this.say("/start");
  }

  /** Follows a link to this very bot inside the phone; true when it did. */
  follow(url) {
    const link = /^(?:https?:\/\/)?t\.me\/(\w+)(?:\?start=([\w-]+))?$/i.exec(url);
    if (link?.[1].toLowerCase() !== this.office.bot.username?.toLowerCase()) return false;
    this.say(link[2] ? `/start ${link[2]}` : "/start");
    return true;
  }

  async shareContact() {
    const { words, phone } = this;
    const sure = await openSheet(this.screen, {
      title: words.shareTitle,
      body: [el("p", {}, words.shareText, " ", el("b", { dir: "ltr", text: phone.phone_number }))],
      choices: [
        { label: words.cancel, value: null }, { label: words.share, value: true, main: true },
      ],
    });
    if (sure) await this.doing(this.api.contact());
  }

  /** The bot's newest message, if there is one. */
  lastFromBot() {
    return [...this.log.messages.values()].filter((message) => message.from === "bot").at(-1);
  }

  others() {
    return this.office.others(this.phone.id);
  }

  remove() {
    return this.office.remove(this.phone.id);
  }

  show() {
    this.plate.show(this.phone);
    this.head.show(this.phone);
    this.composer.show(this.phone);
  }

  markEmpty() {
    this.screen.classList.toggle("empty", this.log.messages.size === 0);
  }

  /** Takes the whole phone anew, as after a lost connection. */
  reset(phone) {
    this.phone = phone;
    if (this.basis() !== this.built) this.build(phone.messages);
    else this.log.reset(phone.messages);
    this.show();
    this.markEmpty();
  }

  /** Takes the phone without its messages. */
  update(phone) {
    this.phone = { ...this.phone, ...phone };
    if (this.basis() !== this.built) this.build([...this.log.messages.values()]);
    else this.show();
  }

  put(message) {
    if (message.from === "bot") this.head.typing(false);
    this.log.put(message);
    this.markEmpty();
  }

  removeMessage(id) {
    this.log.remove(id);
    this.markEmpty();
  }

  async toast({ text, alert, own }) {
    this.log.settle();
    if (!text) return;
    if (!alert) this.toasts.show(this.words[own] ?? text);
    else {
      await openSheet(this.screen, {
        alert: true, body: [el("p", { dir: "auto", text })],
        choices: [{ label: this.words.ok, value: true, main: true }],
      });
    }
  }
}
