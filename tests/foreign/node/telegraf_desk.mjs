// The small desk as telegraf's pages tell it: command, action and message filters.
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { CAPTION, MENU, NAME, PAPER, PICTURE, escaped } from "./papers.mjs";

const require = createRequire(process.env.NODE_CLIENTS + "/");
const { Markup, Telegraf, TelegramError } = require("telegraf");
const { message } = require("telegraf/filters");

const { API_URL, TOKEN, WEBHOOK_URL, WEBHOOK_PORT, WEBHOOK_SECRET } = process.env;
const bot = new Telegraf(TOKEN, { telegram: { apiRoot: API_URL, webhookReply: false } });

bot.start(async (ctx) => {
  const buttons = [
    Markup.button.callback("Yes", "going:yes"),
    Markup.button.callback("No", "going:no"),
  ];
  const words = `Welcome, <b>${escaped(ctx.from.first_name)}</b>. You came with ${ctx.payload}.`;
  await ctx.replyWithHTML(words, Markup.inlineKeyboard(buttons));
});

bot.action(/^going:(.+)$/, async (ctx) => {
  await ctx.answerCbQuery(`Noted: ${ctx.match[1]}`);
  await ctx.editMessageText(`Going: ${ctx.match[1]}`);
});

bot.command("share", async (ctx) => {
  const keyboard = Markup.keyboard([Markup.button.contactRequest("Share my number")]).resize();
  await ctx.reply("Who are you?", keyboard);
});

bot.on(message("contact"), async (ctx) => {
  const { user_id, phone_number } = ctx.message.contact;
  const whose = user_id === ctx.from.id ? "yours" : "not yours";
  await ctx.reply(`${phone_number} is ${whose}`, Markup.removeKeyboard());
});

bot.on(message("document"), async (ctx) => {
  const answer = await fetch(await ctx.telegram.getFileLink(ctx.message.document.file_id));
  const content = Buffer.from(await answer.arrayBuffer());
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
  const words = `${ctx.message.document.file_name}: ${content.length} bytes, ${digest}`;
  await ctx.reply(words, { reply_parameters: { message_id: ctx.message.message_id } });
});

bot.command("papers", async (ctx) => {
  await ctx.replyWithDocument({ source: PAPER, filename: NAME }, { caption: CAPTION });
  await ctx.replyWithPhoto({ source: PICTURE, filename: "chart.png" });
});

bot.command("menu", async (ctx) => {
  await ctx.telegram.setMyCommands(MENU, { scope: { type: "all_private_chats" } });
  await ctx.reply("The menu is set");
});

async function explained(ctx, act) {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof TelegramError)) throw error;
    await ctx.reply(`TelegramError: ${error.description}`);
  }
}

bot.command("broken", (ctx) => explained(ctx, () => ctx.replyWithHTML("a < b")));
bot.command("tell", (ctx) =>
  explained(ctx, () => ctx.telegram.sendMessage(Number(ctx.payload), "Good morning")),
);

bot.command("busy", async (ctx) => {
  try {
    await ctx.reply("After the wait");
  } catch (error) {
    if (!(error instanceof TelegramError) || error.code !== 429) throw error;
    await new Promise((awake) => setTimeout(awake, error.parameters.retry_after * 1000));
    await ctx.reply("After the wait");
  }
});

bot.on(message("text"), (ctx) => ctx.reply(`You wrote: ${ctx.message.text}`));

if (WEBHOOK_URL) {
  const server = createServer(bot.webhookCallback("/hook", { secretToken: WEBHOOK_SECRET }));
  server.listen(Number(WEBHOOK_PORT), "127.0.0.1");
  await bot.telegram.setWebhook(WEBHOOK_URL, { secret_token: WEBHOOK_SECRET });
  process.once("SIGTERM", () => {
    server.close();
    server.closeAllConnections();
  });
} else {
  process.once("SIGTERM", () => bot.stop("SIGTERM"));
  await bot.launch();
}
