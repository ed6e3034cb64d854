/** A small menu under a button: arrow keys, Escape, a press outside closes it. */

import { el } from "./dom.js";
import { icon } from "./icons.js";

let openMenu = null;

function closeMenu(giveBack = false) {
  if (!openMenu) return;
  const { list, anchor } = openMenu;
  openMenu = null;
  list.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (giveBack) anchor.focus();
}

document.addEventListener("pointerdown", (event) => {
  if (!openMenu) return;
  const inside = openMenu.list.contains(event.target) || openMenu.anchor.contains(event.target);
  if (!inside) closeMenu();
});

function onKey(event) {
  const items = [...openMenu.list.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  if (event.key === "Escape") closeMenu(true);
  else if (event.key === "Tab") closeMenu();
  else if (event.key in steps) {
    event.preventDefault();
    items.at(steps[event.key] % items.length).focus();
  }
}

function itemNode(item) {
  if (item.heading) return el("div", { class: "heading", text: item.heading });
  const checkable = item.checked !== undefined;
  const choose = () => {
    closeMenu(true);
    item.act();
  };
  return el("button", {
    type: "button", role: checkable ? "menuitemcheckbox" : "menuitem", lang: item.lang,
    class: item.bad ? "bad" : null, "aria-checked": checkable ? String(item.checked) : null,
    on: { click: choose },
  }, icon(item.icon, "small"), el("span", { class: "about" },
    el("span", { text: item.label }),
    item.hint ? el("small", { text: item.hint }) : null),
  checkable ? el("span", { class: "tick" }, item.checked ? icon("done", "small") : null) : null);
}

/** Opens a menu of `items` ({label, icon, act, hint?, checked?, bad?} or {heading}). */
export function toggleMenu(anchor, items, label) {
  const wasOpen = openMenu?.anchor === anchor;
  closeMenu();
  if (wasOpen) return;
  const list = el("div", {
    class: "menu", role: "menu", "aria-label": label, on: { keydown: onKey },
  }, items.map(itemNode));
  openMenu = { list, anchor };
  anchor.setAttribute("aria-expanded", "true");
  anchor.after(list);
  list.querySelector("button")?.focus({ preventScroll: true });
}

/** A button that opens a menu; `items()` is asked each time. */
export function menuButton(attributes, items, ...children) {
  const open = ({ currentTarget }) => {
    toggleMenu(currentTarget, items(), attributes["aria-label"]);
  };
  return el("button", {
    type: "button", "aria-haspopup": "menu", "aria-expanded": "false", ...attributes,
    on: { click: open },
  }, ...children);
}
