// The conversation of the chosen channel: its messages, and the composer below them.
import { createComposer } from "./composer.js";
import { el } from "./dom.js";
import { createMessageList } from "./messages.js";
import { channelTitle, currentChannel, topMessages } from "./state.js";

/** Messages and composer; what is shown counts as read. */
export function createStage(app) {
  const list = createMessageList(app, { label: "Messages", testid: "message-list" });
  const composer = createComposer(app, { testid: "composer", target: () => composerTarget(app) });
  const node = el("section", { class: "stage", "aria-label": "Conversation" }, list.node, composer.node);
  const seen = { place: null };
  return { node, update: () => updateStage(app, { list, composer, seen }) };
}

function updateStage(app, { list, composer, seen }) {
  const channel = currentChannel(app);
  if (!channel || app.place.tab !== "messages") return;
  const messages = topMessages(app.state, channel.id);
  list.update({
    channel: channel.id,
    messages,
    place: `${app.state.me.id}|${channel.id}`,
    unread: channel.unread,
    empty: "Nothing has been said here yet.",
  });
  composer.update();
  const state = `${app.state.me.id}|${channel.id}|${app.state.messages[channel.id]?.at(-1)?.ts}`;
  if (!channel.unread || document.hidden || seen.place === state) return;
  seen.place = state;
  app.act("read", { channel: channel.id });
}

function composerTarget(app) {
  const channel = currentChannel(app);
  const title = channel && (channel.kind === "channel" ? `#${channel.name}` : channelTitle(channel, app.state));
  return { channel: channel?.id, title };
}
