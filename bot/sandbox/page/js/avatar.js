/** Round avatars with initials, coloured by name. */

import { el } from "./dom.js";

const COLOURS = [
  ["#f0806c", "#d4405b"], ["#e8a24e", "#c96f22"], ["#8d8cf0", "#5f55cf"], ["#62b864", "#2f8f4a"],
  ["#3fb9b5", "#1c8a93"], ["#58abe6", "#1f7ac4"], ["#d685cb", "#a8479f"],
];
const clusters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function first(word) {
  return [...clusters.segment(word)][0]?.segment ?? "";
}

/** Up to two letters of a Latin name, one letter of a name in another script. */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (!words.length) return "?";
  const latin = /^\p{Script=Latin}/u.test(words[0]);
  return latin ? words.slice(0, 2).map(first).join("").toUpperCase() : first(words[0]);
}

/** The picture of the bot. */
export function botPicture() {
  return el("img", { class: "avatar", src: "/static/pictures/rollcall.svg", alt: "" });
}

/** An avatar for `name`; decoration only, the name always stands beside it. */
export function avatar(name) {
  const sum = [...name].reduce((total, letter) => total + letter.codePointAt(0), 0);
  const [from, to] = COLOURS[sum % COLOURS.length];
  const node = el("span", { class: "avatar", "aria-hidden": "true", text: initials(name) });
  node.style.setProperty("--from", from);
  node.style.setProperty("--to", to);
  return node;
}
