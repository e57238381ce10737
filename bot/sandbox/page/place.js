// Where the visitor is: the person, the channel, its tab and the open thread, kept in the address after "#".

const TABS = new Set(["home", "messages", "about"]);

/** "#U1/D2", "#U1/D2/home" or "#U1/C2/1793600000.000100" as a place. */
export function readPlace(hash) {
  const [user, channel, detail] = hash.replace(/^#/, "").split("/").map(decodeURIComponent);
  const tab = TABS.has(detail) ? detail : "messages";
  return { user: user || null, channel: channel || null, tab, thread: detail && !TABS.has(detail) ? detail : null };
}

/** The address of a place. */
export function writePlace({ user, channel, tab, thread }) {
  const detail = thread ?? (tab === "messages" ? null : tab);
  return `#${[user, channel, detail].filter(Boolean).map(encodeURIComponent).join("/")}`;
}

/** The place as it can be shown: one that is missing or gone gives way to the bot's messages. */
export function settlePlace(place, state) {
  const user = state.me.id;
  const channel = state.channels.find((each) => each.id === place.channel);
  if (channel) return { ...place, user, tab: isBotChannel(channel, state) ? place.tab : "messages" };
  const start = state.channels.find((channel) => isBotChannel(channel, state)) ?? state.channels[0];
  return { user, channel: start?.id ?? null, tab: "messages", thread: null };
}

/** Who is on the other side of a direct message. `with` is the bot or, as in Slack's im objects, its partner: me. */
export function partnerOf(channel, state) {
  if (channel?.kind !== "dm") return undefined;
  if (channel.with === state.me.id) return state.bots[0];
  return [...state.bots, ...state.users].find((user) => user.id === channel.with);
}

/** Whether a channel is the direct messages with the bot. */
export function isBotChannel(channel, state) {
  return Boolean(partnerOf(channel, state)?.is_bot);
}
