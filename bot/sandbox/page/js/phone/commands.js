/** The command menu: the whole list from the button, the matching ones while typing "/". */

import { el } from "../dom.js";

export class CommandList {
  /** `choose(command)` gets the command without its slash. */
  constructor(choose) {
    this.choose = choose;
    this.commands = [];
    this.at = 0;
    this.node = el("div", { class: "commands", role: "listbox", hidden: true });
  }

  get open() {
    return !this.node.hidden;
  }

  /** Shows the commands that begin with what has been typed; nothing to show closes. */
  filter(typed) {
    const match = /^\/(\w*)$/.exec(typed);
    this.show(match ? this.commands.filter(({ command }) => command.startsWith(match[1])) : []);
  }

  toggle() {
    this.show(this.open ? [] : this.commands);
  }

  show(commands) {
    this.shown = commands;
    this.at = 0;
    this.node.hidden = commands.length === 0;
    this.node.replaceChildren(...commands.map((command, index) => this.row(command, index)));
  }

  close() {
    this.show([]);
  }

  row({ command, description }, index) {
    return el("button", {
      type: "button", role: "option", tabindex: "-1", class: "bare",
      "aria-selected": String(index === this.at),
      on: { click: () => this.take(command) },
    }, el("b", { dir: "ltr", text: `/${command}` }),
    el("span", { dir: "auto", text: description }));
  }

  take(command) {
    this.close();
    this.choose(command);
  }

  /** Handles a key typed in the composer; true when it was meant for the list. */
  key(event) {
    if (!this.open) return false;
    const count = this.shown.length;
    const steps = { ArrowDown: 1, ArrowUp: count - 1 };
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.shown[this.at].command);
    else if (event.key in steps) this.select((this.at + steps[event.key]) % count);
    else return false;
    event.preventDefault();
    return true;
  }

  select(index) {
    this.at = index;
    [...this.node.children].forEach((row, at) => {
      row.setAttribute("aria-selected", String(at === index));
      if (at === index) row.scrollIntoView({ block: "nearest" });
    });
  }
}
