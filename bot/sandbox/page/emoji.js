// The short codes that show up in work chat. Anything else stays as it was typed.

const EMOJI = {
  "+1": "👍", "-1": "👎", art: "🎨", bar_chart: "📊", bell: "🔔", bulb: "💡", calendar: "📅", chart_with_downwards_trend: "📉",
  chart_with_upwards_trend: "📈", clap: "👏", clipboard: "📋", clock3: "🕒", compass: "🧭", coffee: "☕", dart: "🎯",
  eyes: "👀", fire: "🔥", gear: "⚙️", grin: "😁", handshake: "🤝", hammer_and_wrench: "🛠️", heart: "❤️",
  heavy_check_mark: "✔️", hourglass: "⌛", hourglass_flowing_sand: "⏳", house: "🏠", information_source: "ℹ️", key: "🔑",
  large_green_circle: "🟢", large_yellow_circle: "🟡", link: "🔗", lock: "🔒", mag: "🔍", memo: "📝", mega: "📣",
  no_entry: "⛔", ok_hand: "👌", palm_tree: "🌴", pencil: "✏️", pencil2: "✏️", point_right: "👉", pray: "🙏",
  pushpin: "📌", question: "❓", raised_hands: "🙌", red_circle: "🔴", rocket: "🚀", rotating_light: "🚨", scales: "⚖️",
  seedling: "🌱", slightly_smiling_face: "🙂", smile: "😄", sparkles: "✨", star: "⭐", stopwatch: "⏱️", tada: "🎉",
  thinking_face: "🤔", thumbsup: "👍", thumbsdown: "👎", triangular_flag_on_post: "🚩", trophy: "🏆", warning: "⚠️",
  wave: "👋", white_check_mark: "✅", wrench: "🔧", x: "❌", zap: "⚡",
};

/** The character behind a short code such as "tada", or undefined. */
export function emoji(name) {
  return Object.hasOwn(EMOJI, name) ? EMOJI[name] : undefined;
}

/** Text in which the known :short_codes: are drawn. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (code, name) => emoji(name) ?? code);
}
