/** Whose phone it is: the plate above each phone. */

import { avatar } from "../avatar.js";
import { el } from "../dom.js";
import { desk } from "../strings.js";

/** The role in words; a role the table does not know is shown as it came. */
export function roleWords(phone) {
  return desk.roles[phone.role] ?? phone.role ?? "";
}

/** The connection in words. */
export function connectionWords(phone) {
  if (phone.offline && phone.queued) return desk.queued(phone.queued);
  if (phone.offline) return desk.offline;
  return phone.blocked ? desk.blockedBot : desk.online;
}

export class Plate {
  constructor(phone, menu) {
    this.name = el("bdi");
    this.latin = el("bdi", { class: "latin" });
    this.role = el("span", { class: "role" });
    this.state = el("span", { class: "state" });
    this.badge = el("span", { class: "badge", hidden: true });
    this.face = avatar(phone.name_local || phone.name);
    this.node = el("header", { class: "plate" },
      el("span", { class: "face" }, this.face, el("i", { class: "dot", "aria-hidden": "true" })),
      el("span", { class: "about" }, el("strong", {}, this.name, " ", this.latin),
        el("small", {}, this.role, this.state)), this.badge, menu);
    this.show(phone);
  }

  show(phone) {
    const own = phone.name_local || phone.name;
    this.name.textContent = own;
    this.latin.textContent = own === phone.name ? "" : phone.name;
    this.node.title = [phone.name, phone.staff_no, phone.phone_number].filter(Boolean).join(" · ");
    const role = roleWords(phone);
    this.role.textContent = role && `${role} · `;
    this.state.textContent = connectionWords(phone);
    this.node.classList.toggle("offline", phone.offline);
    this.node.classList.toggle("blocked", phone.blocked);
  }

  unread(count) {
    this.badge.hidden = count === 0;
    this.badge.textContent = count;
    this.badge.setAttribute("aria-label", desk.unread(count));
  }
}
