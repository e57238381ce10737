// Slack's mrkdwn as elements: text in, nodes out.
import { el } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { slackDate } from "./format.js";

const FENCE = /```\n?([\s\S]*?)\n?```/;
const QUOTE = /^(?:>|&gt;) ?/;
const BULLET = /^\s*[•◦▪–-]\s+/;
const SAFE_LINK = /^(?:https?:\/\/|mailto:)/i;
const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<token>[^<>\\n]+)>",
    between("\\*", "bold"),
    between("_", "italic"),
    between("~", "strike"),
    ":(?<emoji>[a-z0-9_+-]+):",
  ].join("|"),
  "gu",
);

/** The nodes of a mrkdwn text. `reader` knows names, places, the clock and the zone of who reads it. */
export function mrkdwn(text, reader) {
  return text.split(FENCE).flatMap((part, index) => {
    if (index % 2) return [el("pre", { class: "pre" }, unescape(part))];
    return paragraphs(trimNewlines(part, text, index), reader);
  });
}

/** The text of a plain_text object, with its emoji. */
export function plain(object) {
  return object?.text ? withEmoji(object.text) : "";
}

/** A text object of either kind as nodes. */
export function textNodes(object, reader) {
  if (!object) return [];
  return object.type === "mrkdwn" ? mrkdwn(object.text, reader) : plainLines(plain(object));
}

/** A mrkdwn text without its marks, for labels. */
export function bare(text, reader) {
  return el("div", {}, mrkdwn(text, reader)).textContent;
}

/** A link that opens elsewhere, or plain text where the address is none that may be opened. */
export function link(url, label) {
  if (!SAFE_LINK.test(url)) return label;
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** A person's name as a mention; one's own stands out. */
export function personMention(id, reader) {
  const person = reader.person(id);
  return el("span", { class: id === reader.me.id ? "mention mention-me" : "mention" }, `@${person?.real_name ?? id}`);
}

/** A channel's name as a link to it. */
export function channelMention(id, label, reader) {
  const channel = reader.channel(id);
  const name = `#${channel?.name ?? label ?? id}`;
  return channel
    ? el("a", { class: "mention", href: `#${reader.me.id}/${id}` }, name)
    : el("span", { class: "mention" }, name);
}

/** The pattern of a text between two equal signs that stand at the edges of words. */
function between(sign, name) {
  const edge = `[\\p{L}\\p{N}${sign}]`;
  const inner = `[^\\s${sign}\\n](?:[^${sign}\\n]*[^\\s${sign}\\n])?`;
  return `(?<!${edge})${sign}(?<${name}>${inner})${sign}(?!${edge})`;
}

function trimNewlines(part, text, index) {
  const afterFence = index > 0 ? part.replace(/^\n/, "") : part;
  return text.includes("```") ? afterFence.replace(/\n$/, "") : afterFence;
}

function plainLines(text) {
  return text.split("\n").map((line) => el("div", { class: line ? "line" : "gap" }, line));
}

function paragraphs(text, reader) {
  if (!text) return [];
  const nodes = [];
  let quote = null;
  for (const line of text.split("\n")) {
    if (!QUOTE.test(line)) quote = null;
    else if (!quote) nodes.push((quote = el("blockquote", { class: "quote" })));
    const node = lineNode(line.replace(QUOTE, ""), reader);
    if (quote) quote.append(node);
    else nodes.push(node);
  }
  return nodes;
}

function lineNode(line, reader) {
  const kind = BULLET.test(line) ? "line bullet" : "line";
  return el("div", { class: line.trim() ? kind : "gap" }, inline(line, reader));
}

function inline(text, reader) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(unescape(text.slice(from, match.index)), styled(match, reader));
    from = match.index + match[0].length;
  }
  return [...nodes, unescape(text.slice(from))];
}

function styled(match, reader) {
  const { code, token, bold, italic, strike, emoji: name } = match.groups;
  if (code) return el("code", { class: "code" }, unescape(code));
  if (token) return tokenNode(token, reader);
  if (bold) return el("strong", {}, inline(bold, reader));
  if (italic) return el("em", {}, inline(italic, reader));
  if (strike) return el("s", {}, inline(strike, reader));
  return emoji(name) ?? unescape(match[0]);
}

function tokenNode(token, reader) {
  const [target, label] = splitOnce(token, "|");
  if (target.startsWith("@")) return personMention(target.slice(1), reader);
  if (target.startsWith("#")) return channelMention(target.slice(1), label && unescape(label), reader);
  if (target.startsWith("!date^")) return dateNode(target, label, reader);
  if (target.startsWith("!")) return el("span", { class: "mention" }, label ? unescape(label) : `@${target.slice(1)}`);
  return link(unescape(target), unescape(label ?? target));
}

function dateNode(target, fallback, reader) {
  const [, epoch, pattern, url] = target.split("^");
  if (!/^\d{1,11}$/.test(epoch ?? "") || !pattern) return unescape(fallback ?? target);
  const text = slackDate(unescape(pattern), Number(epoch), reader);
  const time = el("time", { datetime: new Date(epoch * 1000).toISOString() }, text);
  return url ? link(unescape(url), time) : time;
}

function splitOnce(text, sign) {
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function unescape(text) {
  return text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);
}
