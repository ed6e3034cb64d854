/** Trouble on order: a button in the bar, a dialog that begins and ends troubles. */

import { api } from "../api.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { field } from "../phone/sheet.js";
import { desk } from "../strings.js";
import { TROUBLES } from "./trouble_list.js";

const words = desk.troubles;
const LOOK_MS = 2000;

export class Troubles {
  /** `phones()` are those on the page, `nameOf(id)` is the name on one. */
  constructor({ phones, nameOf }) {
    Object.assign(this, { phones, nameOf, faults: [] });
    this.count = el("span", { class: "badge", hidden: true });
    this.button = el("button", {
      class: "button trouble", type: "button", title: words.hint, "aria-haspopup": "dialog",
      on: { click: () => this.open() },
    }, icon("outage", "small"), words.button, this.count);
    this.failure = el("p", { class: "failure", role: "alert" });
    this.whom = el("select");
    this.going = el("ul", { class: "going", "aria-label": words.now });
    this.dialog = this.build();
    document.body.append(this.dialog);
  }

  build() {
    const dialog = el("dialog", { class: "troubles", "aria-label": words.title },
      el("header", {}, el("h2", { text: words.title }), el("button", {
        class: "round", type: "button", "aria-label": desk.close,
        on: { click: () => dialog.close() },
      }, icon("close"))),
      this.going,
      el("div", { class: "whom" }, field(words.forWhom, this.whom)),
      el("ul", { class: "offers", "aria-label": words.choose },
        TROUBLES.map((trouble) => this.offer(trouble))),
      this.failure);
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
    return dialog;
  }

  open() {
    this.failure.textContent = "";
    const chosen = this.whom.value;
    this.whom.replaceChildren(el("option", { value: "", text: words.everybody }),
      ...this.phones().map(({ id, name }) => el("option", { value: id, text: name })));
    if ([...this.whom.options].some(({ value }) => value === chosen)) this.whom.value = chosen;
    this.dialog.showModal();
    this.look();
  }

  /** Troubles are used up by what they hit: look again while there are any. */
  async look() {
    await this.doing(api.faults().then((faults) => this.set(faults)));
    this.lookLater();
  }

  lookLater() {
    clearTimeout(this.timer);
    if (!this.dialog.open && !this.faults.length) return;
    this.timer = setTimeout(() => this.look(), LOOK_MS);
  }

  offer({ label, hint, fault, whole }) {
    const begin = () => {
      const phone = whole || !this.whom.value ? null : Number(this.whom.value);
      this.doing(api.planFault({ ...fault, label, phone }));
    };
    return el("li", {}, el("button", {
      type: "button", class: "bare offer", on: { click: begin },
    }, el("span", { class: "about" }, el("strong", { text: label }), el("small", { text: hint }))));
  }

  /** Shows what is going on. */
  set(faults) {
    this.faults = faults;
    this.count.textContent = faults.length;
    this.count.hidden = faults.length === 0;
    this.button.classList.toggle("some", faults.length > 0);
    const said = faults.map((fault) => this.row(fault));
    if (faults.length > 1) {
      said.push(el("li", { class: "all" }, this.ending(words.endAll, () => api.endFaults())));
    }
    this.going.replaceChildren(...(said.length ? said : [
      el("li", { class: "none", text: words.none }),
    ]));
    this.lookLater();
  }

  row(fault) {
    const label = fault.label || words.other[fault.trouble];
    const whose = fault.phone === null ? words.everybody : this.nameOf(fault.phone);
    return el("li", {}, el("span", { class: "about" }, el("strong", { text: label }),
      el("small", { dir: "auto", text: `${whose ?? fault.phone} · ${left(fault)}` })),
    this.ending(desk.stop, () => api.endFault(fault.number), words.end(label)));
  }

  ending(text, act, label = null) {
    return el("button", {
      class: "button", type: "button", "aria-label": label, text,
      on: { click: () => this.doing(act()) },
    });
  }

  async doing(request) {
    try {
      await request;
      this.failure.textContent = "";
    } catch (refused) {
      this.failure.textContent = refused.message;
    }
  }
}

function left({ times, seconds }) {
  if (seconds !== null) return words.seconds(seconds);
  return times === null ? words.untilEnded : words.times(times);
}
