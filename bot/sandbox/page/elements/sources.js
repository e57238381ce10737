// Where a select menu's choices come from, and how a choice is told to the bot.
import { channelTitle } from "../state.js";
import { plain } from "../mrkdwn.js";

const SEARCHES = {
  static: searchOptions,
  external: searchBot,
  users: searchPeople,
  conversations: searchPlaces,
  channels: searchPlaces,
};
const NOUNS = {
  static: "option",
  external: "option",
  users: "user",
  conversations: "conversation",
  channels: "channel",
};
const NEEDED = 3;

/** What a select element is: its family, whether it takes several, and where Slack's payloads keep its values. */
export function describe(type) {
  const [, multi, family] = /^(multi_)?(\w+)_select$/.exec(type);
  const noun = NOUNS[family] + (multi ? "s" : "");
  return { family, multiple: Boolean(multi), selected: `selected_${noun}`, initial: `initial_${noun}` };
}

/** Groups of choices that fit the query: [{label, options: [{value, label, detail, raw}]}]. */
export async function search(element, field, query) {
  return SEARCHES[describe(element.type).family](element, field, query);
}

/** How many letters the bot wants before it is asked. */
export function lettersNeeded(element) {
  return describe(element.type).family === "external" ? (element.min_query_length ?? NEEDED) : 0;
}

/** A raw value (an option object or an id) as a choice. */
export function choiceOf(raw, field) {
  if (typeof raw === "object") return { value: raw.value, label: plain(raw.text), detail: plain(raw.description), raw };
  const person = field.reader.person(raw);
  const channel = field.reader.channel(raw);
  const label = person?.real_name ?? (channel ? placeName(channel, field) : raw);
  return { value: raw, label, detail: person?.title ?? "", raw };
}

function searchOptions(element, field, query) {
  return narrowed(groupsOf(element, field), query);
}

async function searchBot(element, field, query) {
  return groupsOf(await field.options(query), field);
}

function searchPeople(_, field, query) {
  const people = field.app.state.users.filter((user) => !user.deleted && !user.is_bot);
  return narrowed([{ label: null, options: people.map(({ id }) => choiceOf(id, field)) }], query);
}

function searchPlaces(element, field, query) {
  const everywhere = describe(element.type).family === "conversations" && includesPeople(element.filter);
  const places = field.app.state.channels.filter((channel) => everywhere || channel.kind === "channel");
  return narrowed([{ label: null, options: places.map(({ id }) => choiceOf(id, field)) }], query);
}

function includesPeople(filter) {
  return !filter?.include || filter.include.includes("im") || filter.include.includes("mpim");
}

function groupsOf({ option_groups: groups, options }, field) {
  if (!groups) return [{ label: null, options: (options ?? []).map((raw) => choiceOf(raw, field)) }];
  return groups.map((group) => ({
    label: plain(group.label),
    options: group.options.map((raw) => choiceOf(raw, field)),
  }));
}

function narrowed(groups, query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ label, detail }) => words.every((word) => `${label} ${detail}`.toLowerCase().includes(word));
  return groups.map((group) => ({ ...group, options: group.options.filter(fits) }));
}

function placeName(channel, field) {
  return channel.kind === "channel" ? `#${channel.name}` : channelTitle(channel, field.app.state);
}
