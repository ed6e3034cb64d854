/** The chat's own header inside a phone: the bot, and what it is doing. */

import { botPicture } from "../avatar.js";
import { el } from "../dom.js";

const TYPING_MS = 5500;

export class Head {
  constructor(bot, words) {
    this.words = words;
    this.subtitle = el("small", { "aria-live": "polite" });
    this.node = el("div", { class: "head" }, botPicture(),
      el("span", { class: "about" },
        el("strong", {}, el("bdi", { text: bot.name })), this.subtitle));
    this.offline = false;
  }

  /** Shows the connection; typing wins over it only while there is one. */
  show(phone) {
    this.offline = phone.offline;
    this.typing(phone.typing);
  }

  typing(on = true) {
    clearTimeout(this.timer);
    const typing = on && !this.offline;
    const idle = this.offline ? this.words.waiting : this.words.bot;
    this.subtitle.textContent = typing ? this.words.typing : idle;
    this.subtitle.classList.toggle("typing", typing);
    if (typing) this.timer = setTimeout(() => this.typing(false), TYPING_MS);
  }
}
