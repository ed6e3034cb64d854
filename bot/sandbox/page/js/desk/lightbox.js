/** A photo enlarged over the whole page. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { desk } from "../strings.js";

/** Opens `photo` large; a click, Escape or the cross closes it. */
export function enlarge(photo) {
  const close = () => dialog.close();
  const dialog = el("dialog", {
    class: "lightbox", "aria-label": photo.name,
    on: { click: close, close: () => dialog.remove() },
  }, el("img", { src: photo.url, alt: photo.name }),
  el("div", { class: "tools" },
    el("a", {
      class: "round", href: photo.url, download: photo.name, "aria-label": photo.name,
      on: { click: (event) => event.stopPropagation() },
    }, icon("download")),
    el("button", { class: "round", type: "button", "aria-label": desk.close }, icon("close"))));
  document.body.append(dialog);
  dialog.showModal();
}
