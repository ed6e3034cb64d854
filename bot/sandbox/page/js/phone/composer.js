/** What a person writes: text, commands, replies, files; or START while the chat is closed. */

import { summaryOf } from "../chat/bubble.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { app } from "../strings.js";
import { CommandList } from "./commands.js";
import { ReplyKeyboard } from "./reply_keyboard.js";

const TALLEST_PX = 140;

/** The English word beside the first button, for a newcomer who cannot read the script. */
function gloss(language, label) {
  return language === "en" ? "" : el("small", { lang: "en", dir: "ltr", text: app.en[label] });
}

export class Composer {
  /** `acts`: words, botName, say(text, replyTo), start(), shareContact(), attach, lastFromBot() */
  constructor(acts) {
    this.acts = acts;
    this.replyTo = null;
    this.list = new CommandList((command) => this.send(`/${command}`));
    this.keyboard = new ReplyKeyboard(acts.words, {
      say: (text) => this.send(text, true), shareContact: acts.shareContact,
    });
    this.node = el("footer", { class: "composer" }, this.list.node, this.strip(), this.line(),
      this.startButton(), this.keyboard.node);
  }

  strip() {
    const { words } = this.acts;
    this.quoted = el("span", { class: "about" });
    this.stripNode = el("div", { class: "strip", hidden: true }, icon("reply"), this.quoted,
      el("button", {
        class: "round", type: "button", "aria-label": words.cancel,
        on: { click: () => this.answer(null) },
      }, icon("close", "small")));
    return this.stripNode;
  }

  line() {
    const { words, attach } = this.acts;
    this.menu = el("button", {
      class: "menu-key", type: "button", hidden: true, on: { click: () => this.list.toggle() },
    }, icon("menu", "small"), el("span", { text: words.commands }));
    this.input = el("textarea", {
      rows: "1", placeholder: words.message, "aria-label": words.message, dir: "auto",
      maxlength: "4096", enterkeyhint: "send",
      on: {
        input: () => this.typed(), keydown: (event) => this.key(event),
        paste: (event) => this.pasted(event),
      },
    });
    const send = el("button", {
      class: "send", type: "button", "aria-label": words.send, title: words.send,
      on: { click: () => this.send(this.input.value) },
    }, icon("send"));
    this.lineNode = el("div", { class: "line" }, this.menu, attach.button, attach.input,
      this.input, this.keyboard.toggle, send);
    return this.lineNode;
  }

  startButton() {
    this.start = el("button", {
      class: "bare start", type: "button", hidden: true, on: { click: () => this.acts.start() },
    });
    return this.start;
  }

  /** Shows the START button in place of the line while the bot cannot be written to. */
  show(phone) {
    const closed = !phone.started || phone.blocked;
    const label = phone.blocked ? "restart" : "start";
    this.start.replaceChildren(this.acts.words[label], gloss(phone.language, label));
    this.start.hidden = !closed;
    this.lineNode.hidden = closed;
    this.setCommands(phone.commands ?? []);
    this.setKeyboard((closed ? null : phone.reply_keyboard) ?? null);
  }

  setCommands(commands) {
    this.list.commands = commands;
    this.menu.hidden = commands.length === 0;
  }

  /** Lays out a keyboard; the same one told again stays as it is, folded or not. */
  setKeyboard(keyboard) {
    const told = JSON.stringify(keyboard);
    if (told === this.told) return;
    this.told = told;
    this.keyboard.set(keyboard);
    this.input.placeholder = keyboard?.placeholder || this.acts.words.message;
  }

  /** Begins a reply to `message`; null ends it. */
  answer(message) {
    this.replyTo = message?.id ?? null;
    this.stripNode.hidden = !message;
    if (!message) return;
    const author = message.from === "me" ? this.acts.words.you : this.acts.botName;
    this.quoted.replaceChildren(
      el("b", { dir: "auto", text: `${this.acts.words.replyTo} ${author}` }),
      el("small", { dir: "auto", text: summaryOf(message, this.acts.words) }));
    this.input.focus({ preventScroll: true });
  }

  typed() {
    this.list.filter(this.input.value);
    this.input.style.blockSize = "auto";
    this.input.style.blockSize = `${Math.min(TALLEST_PX, this.input.scrollHeight)}px`;
    this.node.classList.toggle("written", this.input.value.trim() !== "");
  }

  key(event) {
    if (event.isComposing || this.list.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send(this.input.value);
    } else if (event.key === "ArrowUp" && event.ctrlKey) {
      event.preventDefault();
      this.answer(this.acts.lastFromBot());
    } else if (event.key === "Escape") this.answer(null);
  }

  pasted(event) {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    this.acts.attach.take(files);
  }

  /** Sends words; what was typed comes back if the server refuses them. */
  async send(words, fromKeyboard = false) {
    const text = words.trim();
    if (!text) return;
    const { replyTo } = this;
    if (!fromKeyboard) this.clear();
    this.answer(null);
    const gone = await this.acts.say(text, replyTo);
    if (!gone && !fromKeyboard && !this.input.value) {
      this.input.value = text;
      this.typed();
    }
  }

  clear() {
    this.input.value = "";
    this.typed();
  }
}
