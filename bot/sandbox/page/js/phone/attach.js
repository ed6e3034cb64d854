/** Sending files: chosen, dropped on the phone, or pasted. */

import { saySize } from "../dates.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { openSheet } from "./sheet.js";

function preview(file) {
  if (!file.type.startsWith("image/")) return icon("file");
  const address = URL.createObjectURL(file);
  const drop = () => URL.revokeObjectURL(address);
  return el("img", { src: address, alt: "", on: { load: drop, error: drop } });
}

async function offer(screen, file, words, upload) {
  const caption = el("input", {
    type: "text", placeholder: words.caption, "aria-label": words.caption, dir: "auto",
    maxlength: "1024",
  });
  const about = el("div", { class: "chosen" }, preview(file), el("span", { class: "about" },
    el("strong", { dir: "auto", text: file.name }),
    el("small", { text: saySize(file.size) })));
  const sent = await openSheet(screen, {
    title: words.sendFile, body: [about, caption],
    choices: [
      { label: words.cancel, value: null }, { label: words.send, value: true, main: true },
    ],
  });
  if (sent) await upload(file, caption.value.trim());
}

/** Makes `screen` take dropped files; returns {button, input, take(files)} for the composer. */
export function attaching(screen, words, upload) {
  const take = async (files) => {
    for (const file of files) await offer(screen, file, words, upload);
  };
  const input = el("input", {
    type: "file", multiple: true, class: "unseen", tabindex: "-1", "aria-label": words.attach,
    on: { change: ({ target }) => { take([...target.files]); target.value = ""; } },
  });
  const button = el("button", {
    class: "round", type: "button", "aria-label": words.attach, title: words.attach,
    on: { click: () => input.click() },
  }, icon("attach"));
  catchDrops(screen, words, take);
  return { button, input, take };
}

function catchDrops(screen, words, take) {
  const target = el("div", { class: "drop", hidden: true, text: words.drop });
  screen.append(target);
  const over = (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    target.hidden = false;
  };
  const leave = (event) => {
    if (!screen.contains(event.relatedTarget)) target.hidden = true;
  };
  const drop = (event) => {
    event.preventDefault();
    target.hidden = true;
    take([...event.dataTransfer.files]);
  };
  screen.addEventListener("dragover", over);
  screen.addEventListener("dragleave", leave);
  screen.addEventListener("drop", drop);
}
