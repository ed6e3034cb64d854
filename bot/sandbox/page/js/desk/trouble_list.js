/**
 * The troubles that the page offers, in plain words. `fault` is what the server plans;
 * `whole` ones strike the bot and cannot be for one phone only.
 */

const TEN_MINUTES = 600;

export const TROUBLES = [
  {
    label: "Presses are lost",
    hint: "Eight presses of ten never reach Telegram. Press again, or type the answer.",
    fault: { trouble: "link", presses_lost: 0.8 },
  },
  {
    label: "Texts arrive late",
    hint: "Each takes up to 20 hours of the sandbox's clock. Move the clock to let them arrive.",
    fault: { trouble: "link", messages_late: 20 * 3600 },
  },
  {
    label: "Texts arrive twice",
    hint: "Every second text is sent two times.",
    fault: { trouble: "link", messages_doubled: 0.5 },
  },
  {
    label: "Rollcall hears everything twice",
    hint: "Telegram repeats what was confirmed already. Nothing may be done twice. Ten minutes.",
    fault: { trouble: "update", copies: 1, seconds: TEN_MINUTES },
  },
  {
    label: "Rollcall hears everything late",
    hint: "Half a minute after it was sent. Ten minutes.",
    fault: { trouble: "update", late: 30, seconds: TEN_MINUTES },
  },
  {
    label: "The answer to a message is lost",
    hint: "The next three messages are shown, but Rollcall never learns that they were.",
    fault: { trouble: "call", method: "sendMessage", cut: true, times: 3 },
  },
  {
    label: "The connection breaks",
    hint: "The next three messages of Rollcall do not arrive.",
    fault: { trouble: "call", method: "sendMessage", cut_before: true, times: 3 },
  },
  {
    label: "Telegram asks for 5 seconds' patience",
    hint: "Too many messages: Rollcall is told to wait, once.",
    fault: { trouble: "call", method: "sendMessage", code: 429, retry_after: 5, times: 1 },
  },
  {
    label: "Telegram asks for an hour's patience",
    hint: "The same, with a wait that is very long.",
    fault: { trouble: "call", method: "sendMessage", code: 429, retry_after: 3600, times: 1 },
  },
  {
    label: "Telegram is out of order",
    hint: "Seven calls of ten are answered with an error, for half a minute.",
    fault: { trouble: "call", code: 502, share: 0.7, seconds: 30 },
  },
  {
    label: "Telegram is slow",
    hint: "Every message takes three seconds, for a minute.",
    fault: { trouble: "call", method: "sendMessage", slow: 3, seconds: 60 },
  },
  {
    label: "Another program uses the token",
    hint: "It fetches Rollcall's messages, for 20 seconds. The operator must hear of it.",
    fault: { trouble: "call", method: "getUpdates", code: 409, seconds: 20 },
    whole: true,
  },
];
