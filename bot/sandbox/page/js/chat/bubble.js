/** One message as a node: bubble, what it replies to, its content, its buttons. */

import { say } from "../dates.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { contactNode, documentNode, photoNode } from "./attachments.js";
import { richText } from "./entities.js";
import { inlineKeyboard } from "./inline_keyboard.js";

/** A short line that stands for a message in quotes and in the reply strip. */
export function summaryOf(message, words) {
  if (!message) return words.unknownMessage;
  if (message.text) return message.text.split("\n").find((line) => line.trim()) ?? message.text;
  if (message.photo) return words.photo;
  if (message.document) return message.document.name;
  return message.contact ? words.contact : "";
}

function quote(message, acts) {
  if (!message.reply_to) return null;
  const original = acts.find(message.reply_to);
  const author = original?.from === "me" ? acts.words.you : acts.botName;
  const jump = () => acts.jump(message.reply_to);
  return el("button", { class: "quote", type: "button", on: { click: jump } },
    el("b", { dir: "auto", text: author }),
    el("span", { dir: "auto", text: summaryOf(original, acts.words) }));
}

function meta(message, acts) {
  const { words, zone, language } = acts;
  const node = el("span", { class: "meta" });
  if (message.edited) node.append(el("span", { text: words.edited }), " ");
  const time = say("time", message.date, zone(), language);
  node.append(el("time", { datetime: message.date, dir: "ltr", text: time }));
  if (message.from === "me") {
    const sign = icon(message.pending ? "clock" : "done", "small");
    const mark = el("span", { class: "mark", title: message.pending ? words.pending : null });
    if (message.pending) mark.append(el("span", { class: "unseen", text: words.pending }));
    mark.append(sign);
    node.append(mark);
  }
  return node;
}

function content(message, acts) {
  const parts = [quote(message, acts)];
  if (message.photo) parts.push(photoNode(message.photo, acts.words, acts.enlarge));
  if (message.document) parts.push(documentNode(message.document, acts.words));
  if (message.contact) parts.push(contactNode(message.contact));
  const words = el("div", { class: "words", dir: "auto" },
    richText(message.text ?? "", message.entities, acts));
  words.append(meta(message, acts));
  if (!message.text) words.classList.add("empty");
  return [...parts, words];
}

function replyButton(message, acts) {
  return el("button", {
    class: "reply round", type: "button", tabindex: "-1", "aria-label": acts.words.reply,
    title: acts.words.reply, on: { click: () => acts.reply(message) },
  }, icon("reply", "small"));
}

function classOf(message) {
  const names = ["message", message.from];
  if (message.pending) names.push("pending");
  if (message.photo) names.push("with-photo");
  if (message.rows?.length) names.push("with-keys");
  return names.join(" ");
}

/** The node of a message; `acts` is what the chat offers it to do (see chat/log.js). */
export function messageNode(message, acts) {
  if (message.from === "system") {
    return el("div", { class: "system pill", dir: "auto", text: message.text });
  }
  const bubble = el("div", { class: "bubble" }, content(message, acts));
  const column = el("div", { class: "column" }, bubble, inlineKeyboard(message, acts));
  const reply = (event) => {
    if (event.target.closest("a, button, .key")) return;
    getSelection()?.removeAllRanges();
    acts.reply(message);
  };
  const who = message.from === "me" ? acts.words.you : acts.botName;
  return el("article", {
    class: classOf(message), "aria-label": who, dataset: { id: message.id },
    on: { dblclick: reply },
  }, column, replyButton(message, acts));
}
