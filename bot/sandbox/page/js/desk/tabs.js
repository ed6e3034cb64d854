/** The strip of the cast on a narrow screen: whose phone is shown, and who has news. */

import { avatar } from "../avatar.js";
import { el } from "../dom.js";
import { roleWords } from "../phone/plate.js";
import { desk } from "../strings.js";

export class Tabs {
  /** `show(id)` brings a phone into view. */
  constructor(node, show) {
    this.node = node;
    this.show = show;
    this.tabs = new Map();
    node.setAttribute("role", "tablist");
    node.addEventListener("keydown", (event) => this.key(event));
  }

  set(phones) {
    this.tabs = new Map(phones.map((phone) => [phone.id, this.tab(phone)]));
    this.node.replaceChildren(...[...this.tabs.values()].map(({ node }) => node));
    this.select(this.current);
  }

  tab(phone) {
    const badge = el("span", { class: "badge", hidden: true });
    const node = el("button", {
      class: "tab", type: "button", role: "tab", "aria-controls": `phone-${phone.id}`,
      on: { click: () => this.show(phone.id) },
    }, el("span", { class: "face" }, avatar(phone.name_local || phone.name),
      el("i", { class: phone.offline ? "dot off" : "dot", "aria-hidden": "true" })),
    el("span", { class: "about" },
      el("strong", {}, el("bdi", { text: phone.name_local || phone.name })),
      el("small", { text: roleWords(phone) })), badge);
    return { node, badge };
  }

  select(id) {
    const chosen = this.tabs.has(id) ? id : this.tabs.keys().next().value;
    this.current = chosen;
    for (const [each, { node }] of this.tabs) {
      node.setAttribute("aria-selected", String(each === chosen));
      node.tabIndex = each === chosen ? 0 : -1;
    }
    const shown = this.tabs.get(chosen)?.node;
    if (!shown) return;
    const middle = shown.offsetLeft - (this.node.clientWidth - shown.offsetWidth) / 2;
    this.node.scrollTo({ left: middle, behavior: "smooth" });
  }

  unread(id, count) {
    const badge = this.tabs.get(id)?.badge;
    if (!badge) return;
    badge.textContent = count;
    badge.hidden = count === 0;
    badge.setAttribute("aria-label", desk.unread(count));
  }

  key(event) {
    const ids = [...this.tabs.keys()];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = ids.at((ids.indexOf(this.current) + step) % ids.length);
    this.show(next);
    this.tabs.get(next).node.focus();
  }
}
