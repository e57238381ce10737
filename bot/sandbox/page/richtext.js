// Slack's rich_text block as elements.
import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { slackDate } from "./format.js";
import { channelMention, link, personMention } from "./mrkdwn.js";

const STYLES = [
  ["code", "code"],
  ["strike", "s"],
  ["italic", "em"],
  ["bold", "strong"],
];

const PARTS = {
  rich_text_section: (part, reader) => el("div", { class: "line" }, inlines(part.elements, reader)),
  rich_text_quote: (part, reader) => el("blockquote", { class: "quote" }, inlines(part.elements, reader)),
  rich_text_preformatted: (part, reader) => el("pre", { class: "pre" }, inlines(part.elements, reader)),
  rich_text_list: listNode,
};

const INLINES = {
  text: (piece) => piece.text,
  link: (piece) => link(piece.url, piece.text ?? piece.url),
  user: (piece, reader) => personMention(piece.user_id, reader),
  channel: (piece, reader) => channelMention(piece.channel_id, undefined, reader),
  emoji: (piece) => emoji(piece.name) ?? `:${piece.name}:`,
  broadcast: (piece) => el("span", { class: "mention" }, `@${piece.range}`),
  usergroup: (piece) => el("span", { class: "mention" }, `@${piece.usergroup_id}`),
  date: (piece, reader) => slackDate(piece.format, piece.timestamp, reader),
};

/** The nodes of a rich_text block's elements. */
export function richText(elements, reader) {
  return elements.map((part) => PARTS[part.type]?.(part, reader));
}

function listNode(part, reader) {
  const tag = part.style === "ordered" ? "ol" : "ul";
  const items = part.elements.map((item) => el("li", {}, inlines(item.elements, reader)));
  const start = part.style === "ordered" && part.offset ? part.offset + 1 : null;
  return el(tag, { class: "rich-list", start, data: { indent: part.indent || null } }, items);
}

function inlines(pieces, reader) {
  return pieces.map((piece) => {
    const wanted = STYLES.filter(([name]) => piece.style?.[name]);
    const content = INLINES[piece.type]?.(piece, reader) ?? "";
    return wanted.reduce((node, [, tag]) => el(tag, { class: tag === "code" ? "code" : null }, node), content);
  });
}
