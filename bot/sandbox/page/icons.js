// The page's own line icons, drawn on a 24 by 24 grid in the colour of the text around them.
import { svg } from "./dom.js";

const PATHS = {
  alert: ["M12 8v5", "M12 16.5v.1", "M12 3.5 2.8 20h18.4z"],
  bolt: ["M13 3 5 13.5h6L10 21l8-10.5h-6z"],
  chat: ["M4 5.5h16v11H10l-4.5 3.5v-3.5H4z"],
  check: ["m5 12.5 4.5 4.5L19 7.5"],
  chevron: ["m6.5 9.5 5.5 5.5 5.5-5.5"],
  clock: ["M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z", "M12 7.5V12l3 2"],
  close: ["m6 6 12 12", "M18 6 6 18"],
  dots: ["M5 12h.1", "M12 12h.1", "M19 12h.1"],
  down: ["M12 5v14", "m6 13 6 6 6-6"],
  eye: [
    "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z",
    "M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  ],
  file: ["M6 3.5h8l4 4v13H6z", "M14 3.5v4h4"],
  hash: ["M9.5 4 7.5 20", "M16.5 4l-2 16", "M4.5 9h16", "M3.5 15h16"],
  menu: ["M4 7h16", "M4 12h16", "M4 17h16"],
  people: [
    "M9 5a3.3 3.3 0 1 0 0 6.6A3.3 3.3 0 0 0 9 5z",
    "M3 19c.5-3.5 2.8-5 6-5s5.5 1.5 6 5",
    "M16 5.5a3 3 0 0 1 0 5.8",
    "M17.5 14.3c2 .6 3.2 2.2 3.5 4.7",
  ],
  search: ["M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z", "m15.5 15.5 5 5"],
  send: ["M4 5l16.5 7L4 19l2.5-7z", "M6.5 12h7"],
};

/** One icon by name, hidden from screen readers: the control it stands in has its own label. */
export function icon(name) {
  return svg(PATHS[name], { class: `icon icon-${name}` });
}

/** The mark of the bot: a straight line, and a second one that finds its way to it. */
export function mark() {
  return svg(["M4.5 17.5h15", "M4.5 12.8c4 0 4-6.6 7.7-6.6 2.8 0 3 3.8 7.3 3.8"], { class: "mark" });
}
