/** All phones side by side, or one at a time on a narrow screen. */

import { api } from "../api.js";
import { el } from "../dom.js";
import { PhoneView } from "../phone/phone.js";
import { desk } from "../strings.js";
import { enlarge } from "./lightbox.js";

export class Board {
  constructor(node, clock, tabs) {
    Object.assign(this, { node, clock, tabs, views: new Map(), unreadBy: new Map() });
    this.inView = new Set();
    this.none = el("p", { class: "none", text: desk.noPhones });
    this.watcher = new IntersectionObserver((entries) => this.seen(entries), {
      root: node, threshold: 0.6,
    });
  }

  phones() {
    return [...this.views.values()].map(({ phone }) => phone);
  }

  view(id) {
    return this.views.get(id);
  }

  nameOf(id) {
    return this.views.get(id)?.phone.name;
  }

  /** Makes the board show exactly these phones, the cast first; keeps the views it has. */
  set({ phones: told, bot, cast }) {
    this.bot = bot;
    this.cast = cast;
    const place = (phone) => (cast.findIndex(({ key }) => key === phone.key) + 1) || Infinity;
    const phones = told.map((phone) => this.named(phone));
    phones.sort((one, other) => place(one) - place(other) || 0);
    const wanted = new Set(phones.map(({ id }) => id));
    [...this.views.keys()].filter((id) => !wanted.has(id)).forEach((id) => this.drop(id));
    for (const phone of phones) {
      if (this.views.has(phone.id)) this.views.get(phone.id).reset(phone);
      else this.add(phone);
    }
    this.node.append(...phones.map(({ id }) => this.views.get(id).node));
    this.refresh();
  }

  /** The phone with its owner's name in their own script, where the cast tells it. */
  named(phone) {
    const known = this.cast.find(({ staff_no: number }) => number && number === phone.staff_no);
    return { name_local: known?.name_local ?? "", ...phone };
  }

  /** Takes a phone's new state, or a new phone. */
  put(told) {
    const phone = this.named(told);
    if (this.views.has(phone.id)) this.views.get(phone.id).update(phone);
    else this.add({ messages: [], ...phone });
    this.refresh();
  }

  add(phone) {
    const view = new PhoneView(phone, this.office());
    this.views.set(phone.id, view);
    this.node.append(view.node);
    this.watcher.observe(view.node);
  }

  office() {
    const board = this;
    return {
      get bot() { return board.bot; },
      clock: this.clock,
      enlarge,
      others: (id) => this.phones().filter((phone) => phone.id !== id),
      remove: async (id) => {
        await api.removePhone(id);
        this.drop(id);
        this.refresh();
      },
      unread: (id, count) => {
        this.unreadBy.set(id, count);
        this.tabs.unread(id, count);
      },
    };
  }

  drop(id) {
    this.views.get(id)?.node.remove();
    this.views.delete(id);
    this.unreadBy.delete(id);
  }

  refresh() {
    this.tabs.set(this.phones());
    this.unreadBy.forEach((count, id) => this.tabs.unread(id, count));
    if (this.views.size) this.none.remove();
    else this.node.append(this.none);
  }

  seen(entries) {
    entries.forEach(({ target, isIntersecting }) => {
      if (isIntersecting) this.inView.add(target);
      else this.inView.delete(target);
    });
    const first = [...this.views].find(([, view]) => this.inView.has(view.node));
    if (first) this.tabs.select(first[0]);
  }

  /** Brings a phone into view. */
  show(id) {
    this.views.get(id)?.node.scrollIntoView({ behavior: "smooth", inline: "center" });
  }
}
