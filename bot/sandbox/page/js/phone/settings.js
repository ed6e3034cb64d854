/** The menu of one phone: connection, block, language, numbers, invite links, removal. */

import { el } from "../dom.js";
import { icon } from "../icons.js";
import { menuButton } from "../menu.js";
import { LANGUAGES, desk } from "../strings.js";
import { field, openSheet } from "./sheet.js";

const words = desk.menu;

function items(view) {
  const { phone, doing, api } = view;
  const languages = Object.entries(LANGUAGES).map(([code, label]) => ({
    icon: "language", label, lang: code, checked: phone.language === code,
    act: () => doing(api.language(code)),
  }));
  return [
    {
      icon: "offline", label: words.goOffline, hint: words.goOfflineHint, checked: phone.offline,
      act: () => doing(api.offline(!phone.offline)),
    },
    {
      icon: "block", label: words.block, checked: phone.blocked,
      act: () => doing(api.block(!phone.blocked)),
    },
    { heading: words.language }, ...languages, { heading: phone.phone_number },
    { icon: "contact", label: words.shareOwn, act: () => doing(api.contact()) },
    {
      icon: "contact", label: words.shareOther, hint: words.shareOtherHint,
      act: () => shareOther(view),
    },
    { icon: "link", label: words.link, act: () => openLink(view) },
    { icon: "warning", label: words.forge, hint: words.forgeHint, act: () => forge(view) },
    { icon: "remove", label: words.remove, bad: true, act: () => remove(view) },
  ];
}

/** The ⋮ button of a phone. */
export function settingsButton(view) {
  return menuButton({
    class: "round", "aria-label": `${words.open}: ${view.phone.name}`, title: words.open,
  }, () => items(view), icon("more"));
}

const choices = (label) => [
  { label: desk.cancel, value: null }, { label, value: true, main: true },
];

async function shareOther(view) {
  const others = view.others();
  const select = el("select", {}, others.map((phone) =>
    el("option", { value: phone.id, text: `${phone.name} ${phone.phone_number}` })));
  const sure = await openSheet(view.screen, {
    title: words.shareOther.replace("…", ""), body: [field(words.person, select)],
    choices: choices(words.shareOwn.split(" ")[0]),
  });
  const other = others.find((phone) => String(phone.id) === select.value);
  if (sure && other) {
    view.doing(view.api.contact({ phone_number: other.phone_number, user_id: other.id }));
  }
}

async function openLink(view) {
  const input = el("input", { type: "text", dir: "ltr", placeholder: "https://t.me/…?start=…" });
  const sure = await openSheet(view.screen, {
    title: words.link.replace("…", ""),
    body: [field(words.linkLabel, input), el("small", { text: words.linkHint })],
    choices: choices(desk.start),
  });
  const typed = input.value.trim();
  if (sure && typed) view.say(`/start ${typed.split("start=").at(-1)}`);
}

async function forge(view) {
  const input = el("input", { type: "text", dir: "ltr", autocomplete: "off" });
  const sure = await openSheet(view.screen, {
    title: words.forge.replace("…", ""), body: [field(words.forgeLabel, input)],
    choices: choices(words.forgeSend),
  });
  if (sure && input.value) view.doing(view.api.forge(view.lastFromBot()?.id ?? 1, input.value));
}

async function remove(view) {
  const sure = await openSheet(view.screen, {
    title: words.remove, body: [el("p", { text: words.removeSure(view.phone.name) })],
    choices: [
      { label: desk.cancel, value: null },
      { label: words.remove.split(" ")[0], value: true, main: true, bad: true },
    ],
  });
  if (sure) view.doing(view.remove());
}
