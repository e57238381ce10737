// People: their pictures, and the menu in which the visitor chooses who to be.
import { el, fill } from "./dom.js";
import { createFinder } from "./finder.js";
import { icon, mark } from "./icons.js";
import { closePopup, isOpen, openPopup } from "./popup.js";

/** A round picture: initials on the person's colour, the mark for a bot. */
export function avatar(user, size = "medium") {
  const node = el("span", { class: `avatar avatar-${size}${user.is_bot ? " avatar-bot" : ""}`, "aria-hidden": "true" });
  if (user.is_bot) return fill(node, mark());
  node.style.setProperty("background-color", user.color ?? "#6b7780");
  node.style.setProperty("color", isLight(user.color ?? "#6b7780") ? "#000000" : "#ffffff");
  return fill(node, initials(user.real_name ?? user.name ?? "?"));
}

/** One person as a line of a list, with what tells them apart. */
export function personLine(user, detail) {
  return [
    avatar(user),
    el(
      "span",
      { class: "option-text" },
      user.real_name,
      detail ? el("span", { class: "option-detail" }, detail) : null,
    ),
    user.is_admin ? el("span", { class: "badge" }, "Admin") : null,
  ];
}

/** Whether a person fits the words of a search, by name, job title or team. */
export function personFits(user, words) {
  const text = [user.real_name, user.name, user.title, user.team].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The button "You are: …" with its searchable list. */
export function createPersonPicker(app) {
  const button = el("button", {
    type: "button",
    class: "person-picker",
    "aria-haspopup": "dialog",
    "aria-expanded": "false",
    data: { testid: "person-picker" },
  });
  const finder = createFinder({
    label: "Choose a person",
    placeholder: "Name, job title or team",
    testid: "person-search",
    groups: (words) => peopleGroups(app, words),
  });
  const panel = el("div", { role: "dialog", "aria-label": "Choose a person", class: "finder-panel" }, finder.nodes);
  button.addEventListener("click", () => (isOpen(panel) ? closePopup(panel) : openPicker(button, panel, finder)));
  return { node: button, update: () => showMe(button, app.state.me) };
}

function openPicker(button, panel, finder) {
  button.setAttribute("aria-expanded", "true");
  openPopup(button, panel, {
    align: "end",
    focus: finder.input,
    onClose: () => button.setAttribute("aria-expanded", "false"),
  });
  finder.start();
}

function showMe(button, me) {
  if (button.dataset.person === me.id) return;
  button.dataset.person = me.id;
  fill(
    button,
    avatar(me, "small"),
    el(
      "span",
      { class: "person-words" },
      el("span", { class: "person-caption" }, "You are: "),
      el("span", { class: "person-name" }, me.real_name),
    ),
    icon("chevron"),
  );
  button.title = [me.title, me.team].filter(Boolean).join(" · ");
}

function peopleGroups(app, words) {
  const { users, me } = app.state;
  const shown = users.filter((user) => !user.is_bot && !user.deleted && personFits(user, words));
  const teams = [...new Set(shown.map((user) => user.team ?? ""))];
  const unnamed = teams.length > 1 ? "No team" : null;
  return teams.map((team) => ({
    label: team || unnamed,
    options: shown.filter((user) => (user.team ?? "") === team).map((user) => personOption(app, user, me)),
  }));
}

function personOption(app, user, me) {
  const onPick = () => {
    closePopup();
    app.go({ user: user.id });
  };
  return {
    key: user.id,
    testid: `person-option-${user.id}`,
    selected: user.id === me.id,
    content: personLine(user, user.title),
    onPick,
  };
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  return (words.length > 1 ? words[0][0] + words.at(-1)[0] : name.slice(0, 2)).toUpperCase();
}

function isLight(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => channel(parseInt(color.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18;
}

function channel(value) {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
