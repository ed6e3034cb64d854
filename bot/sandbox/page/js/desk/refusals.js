/** What the Bot API refused: a counter in the bar, a side panel with the reasons. */

import { say } from "../dates.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { desk } from "../strings.js";

const MOST_SHOWN = 300;

export class Refusals {
  /** `nameOf(phoneId)` is the name on that phone, or nothing. */
  constructor(panel, clock, nameOf) {
    Object.assign(this, { panel, clock, nameOf, refusals: [] });
    this.count = el("span", { class: "badge", text: "0" });
    this.button = el("button", {
      class: "button refused", type: "button", "aria-expanded": "false",
      "aria-controls": panel.id, on: { click: () => this.turn(panel.hidden) },
    }, icon("warning", "small"), desk.refusals, this.count);
    this.list = el("ol", { class: "refusals" });
    panel.setAttribute("aria-label", desk.refusalsTitle);
    panel.append(el("header", {}, el("h2", { text: desk.refusalsTitle }), el("button", {
      class: "round", type: "button", "aria-label": desk.close,
      on: { click: () => this.turn(false) },
    }, icon("close"))), this.list);
    panel.addEventListener("keydown", ({ key }) => key === "Escape" && this.turn(false));
  }

  turn(open) {
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.panel.querySelector("button").focus();
    else this.button.focus();
  }

  set(refusals) {
    this.refusals = [...refusals];
    this.list.replaceChildren(...this.refusals.slice(-MOST_SHOWN).reverse()
      .map((refusal) => this.row(refusal)));
    this.recount();
  }

  add(refusal) {
    this.list.querySelector(".none")?.remove();
    this.refusals.push(refusal);
    this.list.prepend(this.row(refusal));
    if (this.list.children.length > MOST_SHOWN) this.list.lastChild.remove();
    this.recount();
  }

  recount() {
    const { length } = this.refusals;
    this.count.textContent = length;
    this.button.classList.toggle("some", length > 0);
    if (!length) {
      this.list.replaceChildren(el("li", { class: "none", text: desk.refusalsNone }));
    }
  }

  row(refusal) {
    const name = this.nameOf(refusal.phone);
    return el("li", {},
      el("div", { class: "top" }, el("b", { text: refusal.method }),
        name ? el("span", { dir: "auto", text: desk.refusalTo(name) }) : null,
        el("time", { text: say("full", refusal.at, this.clock.zone) })),
      el("code", { text: `${refusal.error_code} ${refusal.description}` }),
      refusal.problem ? el("p", { text: refusal.problem }) : null);
  }
}
