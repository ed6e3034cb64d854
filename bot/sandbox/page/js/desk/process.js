/** Rollcall's own process: running or down, and the switch. */

import { api } from "../api.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { desk } from "../strings.js";

export class Process {
  constructor(doing) {
    this.doing = doing;
    this.words = el("span", { role: "status" });
    this.button = el("button", {
      class: "button", type: "button", on: { click: () => this.turn() },
    });
    this.node = el("div", { class: "process" },
      el("i", { class: "dot", "aria-hidden": "true" }), this.words, this.button);
    this.show(true);
  }

  show(running) {
    this.running = running;
    this.node.classList.toggle("down", !running);
    this.words.textContent = running ? desk.running : desk.down;
    this.node.title = this.words.textContent;
    this.button.replaceChildren(icon("power", "small"), running ? desk.kill : desk.start);
    this.button.title = running ? desk.killHint : "";
    this.button.disabled = false;
  }

  async turn() {
    this.button.disabled = true;
    await this.doing(api.rollcall(this.running ? "kill" : "start"));
    this.button.disabled = false;
  }
}
