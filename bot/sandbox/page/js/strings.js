/**
 * Every label of the page. `desk` is the developer's tool and speaks English; `app` is what a
 * phone itself says, in the language its owner has set.
 */

export const LANGUAGES = { en: "English", km: "ភាសាខ្មែរ", ur: "اردو" };
export const LOCALES = { en: "en-GB", km: "km-KH-u-nu-latn", ur: "ur-PK-u-nu-latn" };
/** Months where a browser may not know the language; elsewhere its own names are used. */
export const MONTHS = {
  km: ["មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា",
    "វិច្ឆិកា", "ធ្នូ"],
};
export const RIGHT_TO_LEFT = new Set(["ur"]);

export const desk = {
  title: "Rollcall",
  subtitle: "sandbox",
  clock: "The clock of this sandbox",
  move: "Move the clock",
  jumps: [
    { label: "+1 day", long: "1 day", move: { days: 1 } },
    { label: "+1 week", long: "1 week", move: { weeks: 1 } },
    { label: "+1 month", long: "1 month", move: { months: 1 } },
    { label: "+9 months", long: "9 months", move: { months: 9 } },
  ],
  play: (span) => `Move the clock on by ${span}, playing everything that falls due on the way`,
  outage: "Outage",
  outageHint: "Jump while Rollcall is down: nothing is played on the way. When it is back,"
    + " everybody should get one sensible message, not thirty.",
  outageJump: (span) => `Down for ${span}`,
  playingTo: (day) => `Playing to ${day}`,
  playing: "Playing",
  stop: "Stop",
  running: "Rollcall is running",
  down: "Rollcall is down",
  crowdJoin: "Let the class join",
  crowdHint: "The other trainees of the first class link their phones and answer by themselves",
  crowdIn: (count) => `${count} others answer by themselves`,
  kill: "Kill",
  killHint: "End the Rollcall process at once, as a crash would",
  start: "Start",
  refusals: "Refused",
  refusalsTitle: "Refused by the Bot API",
  refusalsNone: "Nothing has been refused. A request of Rollcall that Telegram would refuse"
    + " is listed here with the reason.",
  refusalTo: (name) => `to ${name}`,
  addPhone: "Add a phone",
  fromRoster: "From the roster",
  stranger: "A stranger",
  strangerHint: "Somebody who is not in the roster, or not with this number.",
  search: "Name, staff number, office or post",
  searchNone: "Nobody in the roster matches.",
  onPage: "on the page",
  name: "Name",
  phoneNumber: "Phone number",
  language: "Language of the app",
  add: "Add",
  cancel: "Cancel",
  close: "Close",
  controls: "Clock and controls",
  lost: "The sandbox does not answer. Trying again…",
  failed: "That did not work.",
  noPhones: "No phones yet. Add the first one.",
  loading: "Waiting for the sandbox…",
  phoneOf: (name) => `Phone of ${name}`,
  unread: (count) => `${count} unread`,
  roles: {
    officer: "Officer", supervisor: "Supervisor", trainer: "Trainer", unit: "Training unit",
    executive: "Director-General", director: "Director-General", hr: "Human resources",
    focal_point: "Focal point", guest: "Guest", stranger: "Stranger",
  },
  online: "online",
  offline: "offline",
  blockedBot: "has blocked the bot",
  queued: (count) => `offline, ${count} waiting to be sent`,
  menu: {
    open: "Settings of this phone",
    goOffline: "No connection",
    goOfflineHint: "Messages wait and arrive later, presses are lost",
    block: "Block the bot",
    language: "Language of the app",
    shareOwn: "Share my number",
    shareOther: "Share somebody else's number…",
    shareOtherHint: "A bot must not take it for the sender's own.",
    link: "Open an invite link…",
    linkLabel: "Link or code",
    linkHint: "A link such as https://t.me/name?start=code, or the code alone.",
    person: "Whose number",
    remove: "Remove this phone",
    removeSure: (name) => `Remove the phone of ${name} from the page? Its chat is forgotten here.`,
  },
};

export const app = {
  en: {
    bot: "bot", typing: "typing…", waiting: "waiting for network…", message: "Message",
    send: "Send", attach: "Attach a file", commands: "Menu", keyboard: "Show the keyboard",
    hideKeyboard: "Hide the keyboard", start: "START", restart: "RESTART BOT", edited: "edited",
    reply: "Reply", replyTo: "Reply to", you: "You", newMessages: "New messages",
    jump: "Go to the newest message", earlier: "Earlier messages", ok: "OK", cancel: "Cancel",
    what: "What can this bot do?", nothing: "No messages here yet.",
    shareTitle: "Share your phone number?",
    shareText: "The bot will see your number:", share: "Share", download: "Download",
    photo: "Photo", file: "File", contact: "Contact", caption: "Caption", sendFile: "Send a file",
    drop: "Drop the file here", openPhoto: "Open the photo", pending: "not yet sent",
    noNetwork: "No connection. This press was lost.", unknownMessage: "Deleted message",
    messages: "Messages",
  },
  km: {
    bot: "បុត", typing: "កំពុងវាយអក្សរ…", waiting: "កំពុងរង់ចាំបណ្តាញ…", message: "សារ",
    send: "ផ្ញើ", attach: "ភ្ជាប់ឯកសារ", commands: "ម៉ឺនុយ", keyboard: "បង្ហាញក្តារចុច",
    hideKeyboard: "លាក់ក្តារចុច", start: "ចាប់ផ្តើម", restart: "ចាប់ផ្តើមឡើងវិញ",
    edited: "បានកែ", reply: "ឆ្លើយតប", replyTo: "ឆ្លើយតបទៅ", you: "អ្នក",
    newMessages: "សារថ្មី", jump: "ទៅកាន់សារថ្មីបំផុត", earlier: "សារមុនៗ", ok: "យល់ព្រម",
    cancel: "បោះបង់", what: "តើបុតនេះអាចធ្វើអ្វីបាន?", nothing: "មិនទាន់មានសារនៅទីនេះទេ។",
    shareTitle: "ចែករំលែកលេខទូរសព្ទរបស់អ្នកឬ?", shareText: "បុតនឹងឃើញលេខរបស់អ្នក៖",
    share: "ចែករំលែក", download: "ទាញយក", photo: "រូបភាព", file: "ឯកសារ",
    contact: "ទំនាក់ទំនង", caption: "ពាក្យពន្យល់", sendFile: "ផ្ញើឯកសារ",
    drop: "ទម្លាក់ឯកសារនៅទីនេះ", openPhoto: "បើករូបភាព", pending: "មិនទាន់បានផ្ញើ",
    noNetwork: "គ្មានការតភ្ជាប់។ ការចុចនេះមិនបានផ្ញើទេ។", unknownMessage: "សារដែលបានលុប",
    messages: "សារ",
  },
  ur: {
    bot: "بوٹ", typing: "لکھ رہا ہے…", waiting: "نیٹ ورک کا انتظار ہے…", message: "پیغام",
    send: "بھیجیں", attach: "فائل منسلک کریں", commands: "مینیو", keyboard: "کی بورڈ دکھائیں",
    hideKeyboard: "کی بورڈ چھپائیں", start: "شروع کریں", restart: "بوٹ دوبارہ شروع کریں",
    edited: "ترمیم شدہ", reply: "جواب دیں", replyTo: "جواب بنام", you: "آپ",
    newMessages: "نئے پیغامات", jump: "تازہ ترین پیغام پر جائیں", earlier: "پچھلے پیغامات",
    ok: "ٹھیک ہے", cancel: "منسوخ کریں", what: "یہ بوٹ کیا کر سکتا ہے؟",
    nothing: "یہاں ابھی کوئی پیغام نہیں۔",
    shareTitle: "اپنا فون نمبر بھیجیں؟", shareText: "بوٹ آپ کا نمبر دیکھ سکے گا:",
    share: "بھیجیں", download: "ڈاؤن لوڈ کریں", photo: "تصویر", file: "فائل",
    contact: "رابطہ", caption: "وضاحت", sendFile: "فائل بھیجیں",
    drop: "فائل یہاں چھوڑیں", openPhoto: "تصویر کھولیں", pending: "ابھی نہیں بھیجا گیا",
    noNetwork: "کنکشن نہیں ہے۔ آپ کا بٹن دبانا ضائع ہو گیا۔", unknownMessage: "حذف شدہ پیغام",
    messages: "پیغامات",
  },
};

/** The app's own words in `language`, English where the table has none. */
export function wordsOf(language) {
  return app[language] ?? app.en;
}
