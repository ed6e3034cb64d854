/** Photos, documents and contacts inside a bubble. */

import { avatar } from "../avatar.js";
import { saySize } from "../dates.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";

const WIDEST = 330;

/** A photo shown inline; a click enlarges it. Its space is kept before it has loaded. */
export function photoNode(photo, words, enlarge) {
  const picture = el("img", {
    src: photo.url, alt: photo.name || words.photo, loading: "lazy", draggable: "false",
    width: photo.width || null, height: photo.height || null,
  });
  const open = () => enlarge(photo, picture);
  const frame = el("button", {
    class: "photo", type: "button", "aria-label": words.openPhoto, on: { click: open },
  }, picture);
  if (photo.width && photo.height) {
    frame.style.aspectRatio = `${photo.width} / ${photo.height}`;
    frame.style.inlineSize = `${Math.min(WIDEST, photo.width)}px`;
  }
  return frame;
}

/** A document to download, with its kind and size. */
export function documentNode(file, words) {
  const kind = /\.([A-Za-z0-9]{1,4})$/.exec(file.name)?.[1] ?? "";
  const sign = el("span", { class: "kind", "aria-hidden": "true" });
  sign.append(kind ? el("b", { text: kind.toUpperCase() }) : icon("file"), icon("download"));
  return el("a", {
    class: "document", href: file.url, download: file.name,
    "aria-label": `${words.download}: ${file.name}, ${saySize(file.size)}`,
  }, sign, el("span", { class: "about" },
    el("span", { class: "name", dir: "auto", text: file.name }),
    el("span", { class: "size", text: saySize(file.size) })));
}

/** A shared contact. */
export function contactNode(contact) {
  const digits = contact.phone_number.replace(/\D/g, "");
  return el("div", { class: "contact" }, avatar(contact.first_name),
    el("span", { class: "about" },
      el("strong", { dir: "auto", text: contact.first_name }),
      el("span", { class: "size", dir: "ltr", text: `+${digits}` })));
}
