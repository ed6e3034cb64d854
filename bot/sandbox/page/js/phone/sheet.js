/** A question or an alert laid over one phone, as Telegram's own small windows. */

import { el } from "../dom.js";

function keepFocusInside(event, sheet) {
  const stops = [...sheet.querySelectorAll("button, input, select, textarea")];
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0]).focus();
}

/**
 * Shows a sheet over `host` and resolves to the pressed choice's value, null when dismissed.
 * `choices` are [{label, value, main?, bad?}], the last one is the default.
 */
export function openSheet(host, { title, body = [], choices, alert = false }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const finish = (value) => {
      cover.remove();
      if (document.activeElement === document.body) before?.focus?.({ preventScroll: true });
      resolve(value);
    };
    const buttons = choices.map(({ label, value, main, bad }) => el("button", {
      type: value && main ? "submit" : "button", text: label,
      class: `bare choice${main ? " main" : ""}${bad ? " bad" : ""}`,
      on: { click: (event) => { event.preventDefault(); finish(value); } },
    }));
    const submit = (event) => {
      event.preventDefault();
      finish(choices.at(-1).value);
    };
    const sheet = el("form", {
      class: "sheet", role: alert ? "alertdialog" : "dialog", "aria-modal": "true",
      "aria-label": title || null, on: { submit },
    }, title ? el("h3", { dir: "auto", text: title }) : null, body,
    el("div", { class: "choices" }, buttons));
    const onKey = (event) => {
      if (event.key === "Escape") finish(null);
      if (event.key === "Tab") keepFocusInside(event, sheet);
    };
    const cover = el("div", { class: "cover", on: { keydown: onKey } }, sheet);
    host.append(cover);
    const focus = sheet.querySelector("input, select, textarea") ?? buttons.at(-1);
    focus.focus({ preventScroll: true });
  });
}

/** A labelled field for the body of a sheet. */
export function field(label, input) {
  return el("label", { class: "field" }, el("span", { text: label }), input);
}
