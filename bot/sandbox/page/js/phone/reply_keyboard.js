/** The keyboard a bot lays under the composer. */

import { el } from "../dom.js";
import { icon } from "../icons.js";

export class ReplyKeyboard {
  /** `say(text)` sends a button's text; `shareContact()` asks and shares the number. */
  constructor(words, { say, shareContact }) {
    this.words = words;
    this.acts = { say, shareContact };
    this.node = el("div", { class: "reply-keyboard", hidden: true });
    this.toggle = el("button", {
      class: "round", type: "button", hidden: true, on: { click: () => this.turn() },
    }, icon("keyboard"));
  }

  /** Shows what the server told; null takes the keyboard away. */
  set(keyboard) {
    this.keyboard = keyboard?.rows?.length ? keyboard : null;
    this.node.replaceChildren(...(this.keyboard?.rows ?? []).map((row) =>
      el("div", { class: "row" }, row.map((key) => this.key(key)))));
    this.toggle.hidden = !this.keyboard;
    this.fold(false);
  }

  key(key) {
    const press = () => {
      if (key.request_contact) this.acts.shareContact();
      else this.acts.say(key.text);
      this.used();
    };
    const sign = key.request_contact ? icon("contact", "small") : null;
    return el("button", { type: "button", on: { click: press } }, sign,
      el("span", { dir: "auto", text: key.text }));
  }

  /** A keyboard for one use folds away after it; its button stays, as in Telegram. */
  used() {
    if (this.keyboard?.one_time) this.fold(true);
  }

  turn() {
    this.fold(!this.node.hidden);
  }

  fold(folded) {
    this.node.hidden = folded || !this.keyboard;
    const label = folded ? this.words.keyboard : this.words.hideKeyboard;
    this.toggle.setAttribute("aria-label", label);
    this.toggle.setAttribute("aria-expanded", String(!folded));
  }
}
