/** The clock in the top bar: what time it is here, and the jumps. */

import { api } from "../api.js";
import { say, sayZone } from "../dates.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { menuButton } from "../menu.js";
import { desk } from "../strings.js";

const TICK_MS = 1000;

export class ClockControls {
  /** `doing(request)` shows a refusal. */
  constructor(clock, doing) {
    this.clock = clock;
    this.doing = doing;
    this.time = el("time", { class: "now", "aria-label": desk.clock });
    this.zone = el("small");
    this.face = el("div", { class: "clock" }, icon("clock"),
      el("span", { class: "about" }, this.time, this.zone));
    this.node = el("div", { class: "jumps", role: "group", "aria-label": desk.move },
      this.jumps(), this.progress());
    setInterval(() => this.tick(), TICK_MS);
  }

  jumps() {
    const plain = desk.jumps.map(({ label, long, move }) => el("button", {
      class: "button", type: "button", text: label, title: desk.play(long),
      on: { click: () => this.move(move, "play") },
    }));
    const outage = menuButton({
      class: "button outage", "aria-label": desk.outage, title: desk.outageHint,
    }, () => this.outages(), icon("outage", "small"), desk.outage);
    this.still = el("div", { class: "group" }, plain, el("span", { class: "holder" }, outage));
    return this.still;
  }

  outages() {
    const jumps = desk.jumps.map(({ long, move }) => ({
      icon: "outage", label: desk.outageJump(long), act: () => this.move(move, "outage"),
    }));
    return [{ heading: desk.outageHint }, ...jumps];
  }

  progress() {
    this.words = el("span", { class: "words" });
    this.meter = el("progress", { max: "1", "aria-label": desk.playing });
    const stop = el("button", {
      class: "button", type: "button", on: { click: () => this.doing(api.clock({ stop: true })) },
    }, icon("stop", "small"), desk.stop);
    this.moving = el("div", { class: "group playing", hidden: true },
      el("span", { class: "about" }, this.words, this.meter), stop);
    return this.moving;
  }

  /** Asks for a jump; the buttons wait until the server has taken it up. */
  async move(span, mode) {
    this.still.inert = true;
    await this.doing(api.clock({ ...span, mode }));
    this.still.inert = false;
  }

  /** Shows the clock as it now stands. */
  show() {
    const { playing, target, zone } = this.clock;
    this.still.hidden = playing;
    this.moving.hidden = !playing;
    document.body.classList.toggle("time-moves", playing);
    this.words.textContent = target ? desk.playingTo(say("date", target, zone)) : desk.playing;
    const done = this.clock.progress();
    if (done === null) this.meter.removeAttribute("value");
    else this.meter.value = done;
    this.tick();
  }

  tick() {
    const now = this.clock.now();
    this.time.textContent = say("full", now, this.clock.zone);
    this.time.dateTime = now.toISOString();
    const names = new Set([this.clock.zone, sayZone(now, this.clock.zone)]);
    this.zone.textContent = [...names].join(" · ");
  }
}
