/** The dialog that puts another phone on the page: from the roster, or a stranger's. */

import { api } from "../api.js";
import { avatar } from "../avatar.js";
import { afterPause, el } from "../dom.js";
import { icon } from "../icons.js";
import { field } from "../phone/sheet.js";
import { LANGUAGES, desk } from "../strings.js";

const TYPING_PAUSE_MS = 180;

export class AddPhone {
  /** `present()` are the phones on the page, `show(id)` brings one into view. */
  constructor({ present, show }) {
    Object.assign(this, { present, show });
    this.failure = el("p", { class: "failure", role: "alert" });
    this.dialog = el("dialog", { class: "add-phone", "aria-label": desk.addPhone },
      el("header", {}, el("h2", { text: desk.addPhone }), el("button", {
        class: "round", type: "button", "aria-label": desk.close,
        on: { click: () => this.dialog.close() },
      }, icon("close"))), this.roster(), this.stranger(), this.failure);
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    document.body.append(this.dialog);
  }

  open() {
    this.failure.textContent = "";
    this.dialog.showModal();
    this.query.select();
    this.search();
  }

  roster() {
    const search = afterPause(() => this.search(), TYPING_PAUSE_MS);
    this.query = el("input", {
      type: "search", placeholder: desk.search, "aria-label": desk.search, dir: "auto",
      autofocus: true, on: { input: search },
    });
    this.found = el("ul", { class: "people", "aria-label": desk.fromRoster });
    return el("div", { class: "from-roster" }, this.query, this.found);
  }

  async search() {
    const asked = this.query.value.trim();
    const people = await api.roster(asked).catch((refused) => this.fail(refused));
    if (!people || asked !== this.query.value.trim()) return;
    const there = (who) => Number(this.phoneOf(who) !== undefined);
    people.sort((one, other) => there(one) - there(other));
    const none = el("li", { class: "none", text: desk.searchNone });
    this.found.replaceChildren(...(people.length ? people.map((who) => this.row(who)) : [none]));
  }

  phoneOf(who) {
    return this.present().find((phone) => phone.staff_no === who.staff_no);
  }

  row(who) {
    const phone = this.phoneOf(who);
    const take = () => (phone ? this.leave(phone) : this.add({ staff_no: who.staff_no }));
    const name = who.name_local || who.name;
    const latin = who.name_local && who.name_local !== who.name ? ` · ${who.name}` : "";
    const about = [who.position, who.unit].filter(Boolean).join(", ");
    return el("li", {}, el("button", { type: "button", class: "bare person", on: { click: take } },
      avatar(name),
      el("span", { class: "about" },
        el("strong", {}, el("bdi", { text: name }), el("small", { text: latin })),
        el("small", { dir: "auto", text: `${who.staff_no} · ${about}` })),
      el("span", { class: "tag", text: phone ? desk.onPage : LANGUAGES[who.language] ?? "" })));
  }

  stranger() {
    const name = el("input", { type: "text", required: true, dir: "auto", autocomplete: "off" });
    const number = el("input", { type: "tel", required: true, autocomplete: "off" });
    const language = el("select", {}, Object.entries(LANGUAGES).map(([code, label]) =>
      el("option", { value: code, text: label })));
    const submit = (event) => {
      event.preventDefault();
      this.add({ name: name.value, phone_number: number.value, language: language.value });
    };
    return el("details", { class: "stranger" }, el("summary", { text: desk.stranger }),
      el("form", { on: { submit } }, el("p", { text: desk.strangerHint }),
        field(desk.name, name), field(desk.phoneNumber, number), field(desk.language, language),
        el("button", { class: "button main", type: "submit", text: desk.add })));
  }

  async add(person) {
    const phone = await api.addPhone(person).catch((refused) => this.fail(refused));
    if (phone) this.leave(phone);
  }

  leave(phone) {
    this.dialog.close();
    this.show(phone);
  }

  fail(refused) {
    this.failure.textContent = refused.message;
    return null;
  }
}
