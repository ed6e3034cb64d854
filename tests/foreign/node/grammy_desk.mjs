// The small desk as grammY's guide tells it: filter queries, its polling, its webhookCallback.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { CAPTION, MENU, NAME, PAPER, PICTURE, escaped } from "./papers.mjs";

const require = createRequire(process.env.NODE_CLIENTS + "/");
const { Bot, GrammyError, InlineKeyboard, InputFile, Keyboard, webhookCallback } = require("grammy");
const { autoRetry } = require("@grammyjs/auto-retry");

const { API_URL, TOKEN, WEBHOOK_URL, WEBHOOK_PORT, WEBHOOK_SECRET } = process.env;
const bot = new Bot(TOKEN, { client: { apiRoot: API_URL } });
bot.api.config.use(autoRetry());

bot.command("start", async (ctx) => {
  const keyboard = new InlineKeyboard().text("Yes", "going:yes").text("No", "going:no");
  const words = `Welcome, <b>${escaped(ctx.from.first_name)}</b>. You came with ${ctx.match}.`;
  await ctx.reply(words, { parse_mode: "HTML", reply_markup: keyboard });
});

bot.callbackQuery(/^going:(.+)$/, async (ctx) => {
  await ctx.answerCallbackQuery(`Noted: ${ctx.match[1]}`);
  await ctx.editMessageText(`Going: ${ctx.match[1]}`);
});

bot.command("share", async (ctx) => {
  const keyboard = new Keyboard().requestContact("Share my number").resized();
  await ctx.reply("Who are you?", { reply_markup: keyboard });
});

bot.on("message:contact", async (ctx) => {
  const { user_id, phone_number } = ctx.message.contact;
  const whose = user_id === ctx.from.id ? "yours" : "not yours";
  await ctx.reply(`${phone_number} is ${whose}`, { reply_markup: { remove_keyboard: true } });
});

bot.on("message:document", async (ctx) => {
  const file = await ctx.getFile();
  const answer = await fetch(`${API_URL}/file/bot${TOKEN}/${file.file_path}`);
  const content = Buffer.from(await answer.arrayBuffer());
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const words = `${ctx.message.document.file_name}: ${content.length} bytes, ${digest}`;
  await ctx.reply(words, { reply_parameters: { message_id: ctx.message.message_id } });
});

bot.command("papers", async (ctx) => {
  await ctx.replyWithDocument(new InputFile(PAPER, NAME), { caption: CAPTION });
  await ctx.replyWithPhoto(new InputFile(PICTURE, "chart.png"));
});

bot.command("menu", async (ctx) => {
  await ctx.api.setMyCommands(MENU, { scope: { type: "all_private_chats" } });
  await ctx.reply("The menu is set");
});

async function explained(ctx, act) {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
    await ctx.reply(`${error.name}: ${error.description}`);
  }
}

bot.command("broken", (ctx) => explained(ctx, () => ctx.reply("a < b", { parse_mode: "HTML" })));
bot.command("tell", (ctx) =>
  explained(ctx, () => ctx.api.sendMessage(Number(ctx.match), "Good morning")),
);
bot.command("busy", (ctx) => ctx.reply("After the wait"));
bot.on("message:text", (ctx) => ctx.reply(`You wrote: ${ctx.message.text}`));

if (WEBHOOK_URL) {
  const server = createServer(webhookCallback(bot, "http", { secretToken: WEBHOOK_SECRET }));
  server.listen(Number(WEBHOOK_PORT), "127.0.0.1");
  await bot.api.setWebhook(WEBHOOK_URL, { secret_token: WEBHOOK_SECRET });
  process.once("SIGTERM", () => {
    server.close();
    server.closeAllConnections();
  });
} else {
  process.once("SIGTERM", () => bot.stop());
  await bot.start();
}
