// Fields for words, numbers and addresses.
import { el } from "../dom.js";
import { plain } from "../mrkdwn.js";

const NEAR_LIMIT = 0.8;

export const textInput = { initial, draw: drawText };
export const numberInput = {
  initial,
  draw: (element, field) => drawLine(element, field, { type: "text", inputmode: "decimal" }),
};
export const emailInput = { initial, draw: (element, field) => drawLine(element, field, { type: "email" }) };
export const urlInput = { initial, draw: (element, field) => drawLine(element, field, { type: "url" }) };

function initial(element) {
  return { value: element.initial_value || null };
}

function drawText(element, field) {
  const counter = el("span", { class: "counter", "aria-live": "polite" });
  const node = element.multiline
    ? drawArea(element, field, counter)
    : drawLine(element, field, { type: "text" }, counter);
  count(counter, node.value, element.max_length);
  return element.max_length ? el("div", { class: "counted" }, node, counter) : node;
}

function drawArea(element, field, counter) {
  const node = el("textarea", {
    class: "input textarea",
    rows: "4",
    ...common(element, field),
    on: { input: () => changed(node, element, field, counter) },
  });
  node.value = field.payload.value ?? "";
  return node;
}

function drawLine(element, field, kind, counter) {
  const node = el("input", {
    class: "input",
    autocomplete: "off",
    ...kind,
    ...common(element, field),
    on: { input: () => changed(node, element, field, counter) },
  });
  node.value = field.payload.value ?? "";
  return node;
}

function common(element, field) {
  return {
    placeholder: plain(element.placeholder) || null,
    ...field.names,
    data: { ...field.data, focus: element.focus_on_load ? "yes" : null },
  };
}

function changed(node, element, field, counter) {
  field.change({ value: node.value || null });
  if (counter) count(counter, node.value, element.max_length);
}

function count(counter, text, limit) {
  if (!limit) return;
  const left = limit - text.length;
  counter.textContent = left < 0 ? `${-left} too many` : text.length >= limit * NEAR_LIMIT ? `${left} left` : "";
  counter.classList.toggle("counter-over", left < 0);
}
