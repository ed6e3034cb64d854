/** Short words over the chat: an answer to a press, or why something did not go. */

import { el } from "../dom.js";

const SHOWN_MS = 3200;
const PER_LETTER_MS = 35;

export class Toasts {
  constructor() {
    this.node = el("div", { class: "toasts", role: "status", "aria-live": "polite" });
  }

  /** Shows `text` long enough to be read; `bad` marks a failure. */
  show(text, bad = false) {
    const toast = el("div", { class: bad ? "toast bad" : "toast", dir: "auto", text });
    this.node.replaceChildren(toast);
    setTimeout(() => toast.remove(), SHOWN_MS + PER_LETTER_MS * text.length);
  }
}
