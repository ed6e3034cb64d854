/** What an empty chat shows: what the bot is for, until START is pressed. */

import { botPicture } from "../avatar.js";
import { el } from "../dom.js";

/** The card in the middle of a chat without messages. */
export function welcome(bot, words) {
  return el("div", { class: "welcome" }, botPicture(),
    el("strong", { dir: "auto", text: bot.description ? words.what : bot.name }),
    el("p", { dir: "auto", text: bot.description || words.nothing }));
}
