// The demo's own controls: the moved clock, what just happened, "Next day" and its like.
import { el, fill, reconcile, setAttributes } from "./dom.js";
import { cityOf, format } from "./format.js";
import { icon } from "./icons.js";

/** Clock, status line and buttons. */
export function createControls(app) {
  const clock = el("p", { class: "clock", title: "The demo's clock", data: { testid: "clock" } });
  const status = el("p", { class: "status", role: "status", "aria-live": "polite", data: { testid: "status" } });
  const buttons = el("div", { class: "control-buttons", role: "group", "aria-label": "Move the demo on" });
  const node = el(
    "section",
    { class: "controls", "aria-label": "Demo" },
    el("div", { class: "controls-words" }, clock, status),
    buttons,
  );
  const running = new Set();
  return { node, update: () => update(app, { clock, status, buttons, running }) };
}

function update(app, { clock, status, buttons, running }) {
  const { now, me, status: text, controls } = app.state;
  const stamp = `${format("clock", now, me.tz)} · ${format("time", now, me.tz)}`;
  if (clock.dataset.stamp !== stamp + me.tz) {
    clock.dataset.stamp = stamp + me.tz;
    fill(
      clock,
      icon("clock"),
      el("time", { datetime: new Date(now * 1000).toISOString() }, stamp),
      el("span", { class: "clock-zone" }, cityOf(me.tz)),
    );
  }
  if (status.textContent !== (text ?? "")) fill(status, text ?? "");
  status.title = text ?? "";
  reconcile(buttons, controls, {
    key: (control) => control.id,
    stamp: ({ label, hint }) => label + hint,
    build: (control) => controlNode(app, control, running),
  });
  const busy = running.size > 0 || controls.some((control) => control.busy);
  controls.forEach((control, index) =>
    showBusy(buttons.children[index], { busy, mine: control.busy || running.has(control.id) }),
  );
}

function controlNode(app, { id, label, hint }, running) {
  const run = async () => {
    if (running.size || node.getAttribute("aria-disabled")) return;
    running.add(id);
    showBusy(node, { busy: true, mine: true });
    await app.control(id);
    running.delete(id);
    showBusy(node, { busy: false, mine: false });
  };
  const node = el(
    "button",
    {
      type: "button",
      class: "button control",
      title: hint,
      data: { testid: `control-${id}`, value: id },
      on: { click: run },
    },
    el("span", { class: "button-text" }, label),
  );
  return node;
}

function showBusy(node, { busy, mine }) {
  setAttributes(node, { "aria-disabled": busy ? "true" : null, "aria-busy": mine ? "true" : null });
}
