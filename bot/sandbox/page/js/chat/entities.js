/**
 * Text with entities as nodes. Offsets count UTF-16 units, as JavaScript strings do; user
 * text only ever becomes text nodes.
 */

import { el } from "../dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SAFE_LINK = /^(https?|tg|mailto|tel):/i;

function address(entity, words) {
  if (entity.type === "text_link") return entity.url ?? "";
  if (entity.type === "email") return `mailto:${words}`;
  if (entity.type === "phone_number") return `tel:${words}`;
  return /^[a-z]+:/i.test(words) ? words : `https://${words}`;
}

/** A link that opens outside, or that the phone follows itself when `follow` takes it. */
export function linkTo(url, attributes, follow) {
  const href = SAFE_LINK.test(url) ? url : "about:blank";
  const open = (event) => {
    if (follow(url)) event.preventDefault();
  };
  return el("a", {
    ...attributes, href, target: "_blank", rel: "noopener noreferrer", on: { click: open },
  });
}

function spoiler() {
  const reveal = ({ currentTarget }) => currentTarget.classList.add("shown");
  return el("span", { class: "spoiler", on: { click: reveal } });
}

function wrapper(entity, words, acts) {
  if (TAGS[entity.type]) return el(TAGS[entity.type]);
  if (["url", "text_link", "email", "phone_number"].includes(entity.type)) {
    return linkTo(address(entity, words), { class: "link" }, acts.follow);
  }
  if (entity.type === "bot_command") {
    const say = () => acts.command(words);
    return el("button", { class: "link", type: "button", on: { click: say } });
  }
  if (entity.type === "spoiler") return spoiler();
  return el("span", { class: entity.type === "mention" ? "mention" : null });
}

function fill(parent, text, from, to, entities, acts) {
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    const inside = others.filter((other) => other.offset < end);
    rest = others.filter((other) => other.offset >= end);
    if (end <= start) continue;
    parent.append(text.slice(at, start));
    const node = wrapper(entity, text.slice(start, end), acts);
    fill(node, text, start, end, inside, acts);
    parent.append(node);
    at = end;
  }
  parent.append(text.slice(at, to));
}

/**
 * The nodes of `text`. `acts.follow(url)` says whether the phone opened the link itself;
 * `acts.command(words)` sends a tapped command.
 */
export function richText(text, entities, acts) {
  const fragment = document.createDocumentFragment();
  const ordered = [...(entities ?? [])].sort(
    (a, b) => a.offset - b.offset || b.length - a.length,
  );
  fill(fragment, text, 0, text.length, ordered, acts);
  return fragment;
}
