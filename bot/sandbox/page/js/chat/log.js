/**
 * The messages of one chat: put, edited and removed by id, with day separators, a scroll
 * position that follows the newest message only while one is reading it, and an unread count.
 */

import { dayOf, sayDay } from "../dates.js";
import { el, flash } from "../dom.js";
import { icon } from "../icons.js";
import { messageNode } from "./bubble.js";

const FIRST_SHOWN = 200;
const MORE_SHOWN = 100;
const NEAR_END_PX = 60;

export class ChatLog {
  /**
   * `acts`: press, reply, command, follow, enlarge, words, language, botName, zone(), now(),
   * unread(count). The log adds find and jump, and `waits` for pending presses.
   */
  constructor(acts) {
    this.acts = Object.assign(acts, {
      find: (id) => this.messages.get(id), jump: (id) => this.jump(id), waits: new Set(),
    });
    this.messages = new Map();
    this.nodes = new Map();
    this.pinned = true;
    this.top = 0;
    this.seen = true;
    this.unread = 0;
    this.draw();
    this.watch();
  }

  draw() {
    const { words } = this.acts;
    this.earlier = el("button", {
      class: "pill earlier", type: "button", text: words.earlier, hidden: true,
      on: { click: () => this.showEarlier() },
    });
    this.list = el("div", { class: "list" }, this.earlier);
    this.view = el("div", {
      class: "log", role: "log", tabindex: "0", "aria-label": words.messages,
      on: { scroll: () => this.scrolled() },
    }, this.list);
    this.count = el("span", { class: "badge", hidden: true });
    this.down = el("button", {
      class: "jump", type: "button", "aria-label": words.jump, hidden: true,
      on: { click: () => this.toEnd(true) },
    }, this.count, icon("down"));
    this.node = el("div", { class: "chat" }, this.view, this.down);
  }

  watch() {
    const keep = new ResizeObserver(() => this.pinned && this.toEnd());
    keep.observe(this.list);
    keep.observe(this.view);
    new IntersectionObserver(([entry]) => {
      this.seen = entry.intersectionRatio > 0.5;
      this.scrolled();
    }, { threshold: [0, 0.51] }).observe(this.view);
  }

  /** Replaces everything, keeping the reading position where one is not at the end. */
  reset(messages) {
    const fromEnd = this.view.scrollHeight - this.view.scrollTop;
    this.messages = new Map(messages.map((message) => [message.id, message]));
    this.first = Math.max(0, messages.length - FIRST_SHOWN);
    this.redraw();
    if (!this.pinned) this.view.scrollTop = this.view.scrollHeight - fromEnd;
  }

  redraw() {
    const shown = [...this.messages.values()].slice(this.first);
    this.nodes = new Map(shown.map((message) => [message.id, messageNode(message, this.acts)]));
    this.earlier.hidden = this.first === 0;
    this.list.replaceChildren(this.earlier);
    shown.forEach((message) => this.place(this.nodes.get(message.id), message));
  }

  /** Puts a node at the end, under the day it belongs to. */
  place(node, message) {
    const { zone, now, language } = this.acts;
    const day = dayOf(message.date, zone());
    if (this.list.lastChild.dataset.day !== day) {
      const words = sayDay(message.date, zone(), language, now());
      this.list.append(el("section", { class: "day", dataset: { day } },
        el("div", { class: "date" }, el("span", { class: "pill", text: words }))));
    }
    this.list.lastChild.append(node);
  }

  /** Shows a new message, or the new state of one that is there. */
  put(message) {
    this.settle();
    const before = this.nodes.get(message.id);
    const known = this.messages.has(message.id);
    this.messages.set(message.id, message);
    if (known && !before) return;
    const node = messageNode(message, this.acts);
    this.nodes.set(message.id, node);
    if (before) before.replaceWith(node);
    else this.append(node, message);
  }

  append(node, message) {
    node.classList.add("fresh");
    this.place(node, message);
    if (message.from === "me") this.toEnd();
    else if (!this.pinned || !this.seen) this.setUnread(this.unread + 1);
  }

  remove(id) {
    if (this.messages.delete(id)) this.redraw();
  }

  /** Ends the waiting signs on pressed buttons: an answer has come. */
  settle() {
    [...this.acts.waits].forEach((settle) => settle());
  }

  showEarlier() {
    const fromEnd = this.view.scrollHeight - this.view.scrollTop;
    this.first = Math.max(0, this.first - MORE_SHOWN);
    this.redraw();
    this.view.scrollTop = this.view.scrollHeight - fromEnd;
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.view;
    const atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    // Messages may come while a scroll of ours is still under way: only a move up lets go.
    this.pinned = atEnd || (this.pinned && scrollTop >= this.top);
    this.top = scrollTop;
    this.down.hidden = this.pinned;
    if (this.pinned && this.seen) this.setUnread(0);
  }

  setUnread(count) {
    if (count === this.unread) return;
    this.unread = count;
    this.count.textContent = count;
    this.count.hidden = count === 0;
    this.acts.unread(count);
  }

  toEnd(smooth = false) {
    this.pinned = true;
    this.view.scrollTo({ top: this.view.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  jump(id) {
    const node = this.nodes.get(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    flash(node, "lit", 1500);
  }
}
