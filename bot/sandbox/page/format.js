// Instants as a person reads them: in that person's own time zone, against the moved clock.

const DAY = 86400;
const formats = new Map();

const SHAPES = {
  key: ["en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }],
  time: ["en-GB", { hour: "2-digit", minute: "2-digit" }],
  timeSecs: ["en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }],
  short: ["en-US", { month: "short", day: "numeric", year: "numeric" }],
  medium: ["en-US", { month: "long", day: "numeric", year: "numeric" }],
  long: ["en-US", { weekday: "long", month: "long", day: "numeric", year: "numeric" }],
  divider: ["en-GB", { weekday: "long", day: "numeric", month: "long" }],
  clock: ["en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric" }],
};

/** An epoch in seconds, formatted by one of the named shapes. */
export function format(shape, epoch, tz) {
  const name = `${shape}|${tz}`;
  if (!formats.has(name)) {
    const [locale, options] = SHAPES[shape];
    formats.set(name, new Intl.DateTimeFormat(locale, { ...options, timeZone: tz }));
  }
  return formats.get(name).format(new Date(epoch * 1000));
}

/** "Today", "Yesterday" or "Monday 12 October" for the line between two days of messages. */
export function dayLabel(epoch, now, tz) {
  const near = nearDay(epoch, now, tz);
  return near ? near[0].toUpperCase() + near.slice(1) : format("divider", epoch, tz);
}

/** The place a zone is named after: "Europe/Berlin" gives "Berlin". */
export function cityOf(tz) {
  return tz.split("/").at(-1).replaceAll("_", " ");
}

/** Fills the placeholders of a <!date^…> format, as {date_short_pretty} and {time}. */
export function slackDate(pattern, epoch, { now, tz }) {
  const dates = { num: "key", short: "short", long: "long" };
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    if (name === "time") return format("time", epoch, tz);
    if (name === "time_secs") return format("timeSecs", epoch, tz);
    const match = /^date(?:_(num|short|long))?(_pretty)?$/.exec(name);
    if (!match) return whole;
    return (match[2] && nearDay(epoch, now, tz)) || format(dates[match[1]] ?? "medium", epoch, tz);
  });
}

function nearDay(epoch, now, tz) {
  const day = format("key", epoch, tz);
  const names = [
    ["yesterday", -DAY],
    ["today", 0],
    ["tomorrow", DAY],
  ];
  return names.find(([, shift]) => format("key", now + shift, tz) === day)?.[0];
}
