/** The rest of the class: joins at one press, and answers by itself from then on. */

import { api } from "../api.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { desk } from "../strings.js";

export class Crowd {
  constructor(doing) {
    this.doing = doing;
    this.node = el("div", { class: "crowd" });
  }

  show({ size, joined }) {
    this.node.hidden = size === 0;
    this.node.replaceChildren(joined
      ? el("span", { role: "status", text: desk.crowdIn(joined) })
      : el("button", {
        class: "button", type: "button", title: desk.crowdHint, on: { click: () => this.join() },
      }, icon("contact", "small"), desk.crowdJoin));
  }

  async join() {
    await this.doing(api.crowd().then((state) => this.show(state)));
  }
}
