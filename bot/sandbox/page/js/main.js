/** The page: builds the desk, follows the server, hands every event to whom it concerns. */

import { api } from "./api.js";
import { Clock } from "./clock.js";
import { AddPhone } from "./desk/add_phone.js";
import { Board } from "./desk/board.js";
import { ClockControls } from "./desk/clock_controls.js";
import { Crowd } from "./desk/crowd.js";
import { Process } from "./desk/process.js";
import { Refusals } from "./desk/refusals.js";
import { Tabs } from "./desk/tabs.js";
import { TopBar } from "./desk/top_bar.js";
import { Troubles } from "./desk/troubles.js";
import { follow } from "./stream.js";
import { desk } from "./strings.js";

const at = (id) => document.getElementById(id);

const clock = new Clock();
const tabs = new Tabs(at("tabs"), (id) => board.show(id));
const board = new Board(at("phones"), clock, tabs);
const refusals = new Refusals(at("refusals"), clock, (id) => board.nameOf(id));
const bar = new TopBar(at("bar"), at("banner"));
const controls = new ClockControls(clock, bar.doing);
const process = new Process(bar.doing);
const crowd = new Crowd(bar.doing);
const addPhone = new AddPhone({
  present: () => board.phones(),
  show: (phone) => {
    if (!board.view(phone.id)) board.put(phone);
    board.show(phone.id);
  },
});
const troubles = new Troubles({
  phones: () => board.phones(), nameOf: (id) => board.nameOf(id),
});
bar.build({ controls, process, refusals, troubles, crowd, add: () => addPhone.open() });
bar.say(desk.loading);

function setClock(told) {
  clock.set(told);
  controls.show();
}

const on = {
  message: ({ phone, message }) => board.view(phone)?.put(message),
  edit: ({ phone, message }) => board.view(phone)?.put(message),
  delete: ({ phone, id }) => board.view(phone)?.removeMessage(id),
  toast: (event) => {
    if (event.phone) board.view(event.phone)?.toast(event);
    else bar.fail(event.text);
  },
  typing: ({ phone }) => board.view(phone)?.head.typing(),
  phone: ({ phone }) => board.put(phone),
  keyboard: ({ phone, reply_keyboard: keyboard }) => {
    board.view(phone)?.update({ reply_keyboard: keyboard });
  },
  commands: ({ phone, commands }) => board.view(phone)?.update({ commands }),
  clock: (event) => setClock(event.clock),
  refusal: ({ refusal }) => refusals.add(refusal),
  faults: ({ faults }) => troubles.set(faults),
  rollcall: ({ running }) => process.show(running),
};

let invited = false;

/** Puts the cast on an empty page, once: what the newcomer sees first. */
async function inviteCast(cast) {
  if (invited) return;
  invited = true;
  for (const { staff_no: number } of cast) await bar.doing(api.addPhone({ staff_no: number }));
}

follow({
  onState: (state) => {
    setClock(state.clock);
    board.set(state);
    if (!state.phones.length) inviteCast(state.cast);
    refusals.set(state.refusals);
    troubles.set(state.faults);
    process.show(state.rollcall.running);
    crowd.show(state.crowd);
    bar.say("");
  },
  onEvent: (event) => on[event.type]?.(event),
  onLost: () => bar.say(desk.lost),
});
