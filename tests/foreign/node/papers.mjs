// What every desk hands out; the same as bots/papers.py.
export const PAPER = Buffer.concat(Array(8).fill(Buffer.from(Array.from({ length: 256 }, (_, at) => at))));
export const NAME = "Hesabat ğış ៣.txt";
export const CAPTION = "The list, ready";
export const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
export const MENU = [
  { command: "start", description: "Begin" },
  { command: "papers", description: "Send me the papers" },
];

export const escaped = (words) =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
