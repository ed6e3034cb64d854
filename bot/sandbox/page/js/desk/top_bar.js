/** The bar over the phones, folded away behind one button on a narrow screen. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { desk } from "../strings.js";

const FAILURE_MS = 6000;

export class TopBar {
  constructor(node, banner) {
    this.node = node;
    this.banner = banner;
    this.doing = this.doing.bind(this);
  }

  build({ controls, process, refusals, troubles, crowd, add }) {
    const tools = el("div", { class: "tools", id: "tools" }, controls.node, process.node, crowd.node,
      troubles.button, refusals.button,
      el("button", { class: "button main add", type: "button", on: { click: add } },
        icon("add", "small"), desk.addPhone));
    const fold = el("button", {
      class: "round fold", type: "button", "aria-controls": "tools", "aria-expanded": "false",
      "aria-label": desk.controls, on: { click: () => this.unfold(fold) },
    }, icon("menu"));
    tools.addEventListener("click", ({ target }) => {
      const leaves = target.closest(".refused, .trouble, .add");
      if (leaves && this.node.classList.contains("open")) this.unfold(fold);
    });
    this.node.append(el("h1", {},
      el("img", { src: "/static/pictures/rollcall.svg", alt: "", width: "30", height: "30" }),
      el("span", { text: desk.title }), el("small", { text: desk.subtitle })),
    controls.face, fold, tools);
  }

  unfold(fold) {
    const open = this.node.classList.toggle("open");
    fold.setAttribute("aria-expanded", String(open));
  }

  /** A line over the whole page; an empty text takes it away. */
  say(text, bad = false) {
    clearTimeout(this.timer);
    this.banner.textContent = text;
    this.banner.className = bad ? "bad" : "";
  }

  /** Waits for a request and shows its refusal for a while. */
  async doing(request) {
    try {
      await request;
    } catch (refused) {
      this.fail(refused.message);
    }
  }

  /** Says for a while what went wrong. */
  fail(text) {
    this.say(text, true);
    this.timer = setTimeout(() => this.say(""), FAILURE_MS);
  }
}
