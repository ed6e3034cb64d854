/** The buttons under a message, with the wait for an answer on the one that was pressed. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { linkTo } from "./entities.js";

const PATIENCE_MS = 5000;

function waitOn(button, waits) {
  button.setAttribute("aria-busy", "true");
  const settle = () => {
    clearTimeout(timer);
    waits.delete(settle);
    button.removeAttribute("aria-busy");
  };
  const timer = setTimeout(settle, PATIENCE_MS);
  waits.add(settle);
  return settle;
}

function pressButton(key, message, acts) {
  const press = ({ currentTarget: button }) => {
    if (button.getAttribute("aria-busy")) return;
    const settle = waitOn(button, acts.waits);
    acts.press(message.id, key.data).catch(settle);
  };
  return el("button", { class: "key", type: "button", on: { click: press } });
}

function keyNode(key, message, acts) {
  const button = key.url
    ? linkTo(key.url, { class: "key" }, acts.follow)
    : pressButton(key, message, acts);
  if (key.style) button.dataset.style = key.style;
  button.append(el("span", { dir: "auto", text: key.text }));
  if (key.url) button.append(icon("open", "small"));
  return button;
}

/** The keyboard of a message, or null. `acts.waits` holds what ends each pending wait. */
export function inlineKeyboard(message, acts) {
  if (!message.rows?.length) return null;
  const rows = message.rows.map((row) =>
    el("div", { class: "row" }, row.map((key) => keyNode(key, message, acts))));
  return el("div", { class: "keys" }, rows);
}
