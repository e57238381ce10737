// One message: who, when, what, and what can be done with it.
import { fileAddress } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { el } from "./dom.js";
import { createForm } from "./form.js";
import { format } from "./format.js";
import { icon } from "./icons.js";
import { attachMenu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { authorOf } from "./state.js";

/** The node of a message. `joined`: it follows one by the same author; `inThread`: it stands in the thread panel. */
export function messageNode(app, { message, channel, joined, inThread, replies }) {
  const author = authorOf(message, app.state);
  const kinds = ["message", joined && "message-joined", message.ephemeral && "message-ephemeral"]
    .filter(Boolean)
    .join(" ");
  return el(
    "article",
    {
      class: kinds,
      "aria-label": labelOf(author, message, app.reader),
      data: { testid: `${inThread ? "thread-message" : "message"}-${message.ts}`, ts: message.ts },
    },
    el("div", { class: "message-side" }, joined ? timeNode(message, app.reader, "message-time-side") : avatar(author)),
    el(
      "div",
      { class: "message-main" },
      joined ? null : headNode(author, message, app.reader),
      message.ephemeral ? el("p", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
      bodyNode(app, message, channel),
      replies?.length ? threadLink(app, message, replies) : null,
    ),
    toolbar(app, { message, channel, inThread }),
  );
}

function labelOf(author, message, reader) {
  return `${author.real_name}, ${format("time", Number(message.ts), reader.tz)}`;
}

function headNode(author, message, reader) {
  return el(
    "div",
    { class: "message-head" },
    el("span", { class: "message-author" }, author.real_name),
    author.is_bot ? el("span", { class: "badge" }, "App") : null,
    timeNode(message, reader, "message-time"),
    message.edited ? el("span", { class: "edited" }, "edited") : null,
  );
}

function timeNode(message, { tz }, kind) {
  const epoch = Number(message.ts);
  return el(
    "time",
    {
      class: kind,
      datetime: new Date(epoch * 1000).toISOString(),
      title: `${format("long", epoch, tz)}, ${format("time", epoch, tz)}`,
    },
    format("time", epoch, tz),
  );
}

function bodyNode(app, message, channel) {
  const files = message.files?.map(fileNode);
  if (!message.blocks?.length)
    return el("div", { class: "message-text" }, mrkdwn(message.text ?? "", app.reader), files);
  const card = el("div", { class: message.bot_id || authorOf(message, app.state).is_bot ? "card" : "message-text" });
  drawBlocks(card, message.blocks, contextOf(app, message, channel));
  return el("div", {}, card, files);
}

function contextOf(app, message, channel) {
  const form = createForm({ remembers: false });
  const where = { channel, ts: message.ts };
  const value = (payload, blocks) => ({ value: payload, state: { values: form.values(blocks) } });
  return {
    app,
    form,
    reader: app.reader,
    dispatch: (blockId, element, payload) =>
      app.act("click", {
        ...where,
        block_id: blockId,
        action_id: element.action_id,
        ...value(payload, message.blocks),
      }),
    options: (blockId, element, query) =>
      app.act("options", { ...where, block_id: blockId, action_id: element.action_id, query }),
  };
}

function fileNode(file) {
  const address = fileAddress(file.id, file.name ?? "picture");
  const picture = (file.mimetype ?? "image/png").startsWith("image/");
  if (picture)
    return el("img", {
      class: "figure-image",
      src: address,
      alt: file.alt_txt ?? file.title ?? file.name ?? "Picture",
      loading: "lazy",
    });
  return el("a", { class: "file-link", href: address, download: file.name }, icon("file"), file.title ?? file.name);
}

function threadLink(app, message, replies) {
  const authors = [
    ...new Map(replies.map((reply) => [authorOf(reply, app.state).id, authorOf(reply, app.state)])).values(),
  ].slice(0, 4);
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  return el(
    "button",
    {
      type: "button",
      class: "thread-link",
      data: { testid: `thread-link-${message.ts}`, key: `thread-${message.ts}` },
      on: { click: () => app.go({ thread: message.ts }) },
    },
    el(
      "span",
      { class: "thread-faces" },
      authors.map((author) => avatar(author, "tiny")),
    ),
    el("span", { class: "thread-count" }, count),
    el("span", { class: "thread-open" }, "View thread"),
  );
}

function toolbar(app, { message, channel, inThread }) {
  const shortcuts = shortcutItems(app, message, channel);
  if (message.ephemeral || (inThread && !shortcuts.length)) return null;
  const more = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "More actions",
      data: { testid: `more-${message.ts}`, key: `more-${message.ts}` },
    },
    icon("dots"),
  );
  const thread = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": "Reply in thread",
      data: { testid: `reply-${message.ts}`, key: `reply-${message.ts}` },
      on: { click: () => app.go({ thread: message.thread_ts ?? message.ts }) },
    },
    icon("chat"),
  );
  attachMenu(more, { label: "More actions", items: () => shortcuts });
  return el(
    "div",
    { class: "message-tools", role: "toolbar", "aria-label": "Message" },
    inThread ? null : thread,
    shortcuts.length ? more : null,
  );
}

function shortcutItems(app, message, channel) {
  return app.state.shortcuts
    .filter(({ type }) => type === "message")
    .map(({ callback_id: id, name }) => ({
      label: name,
      testid: `message-shortcut-${id}`,
      onPick: () => app.act("message_shortcut", { callback_id: id, channel, ts: message.ts }),
    }));
}
