// Checkboxes and radio buttons, as the browser's own.
import { el, freshId } from "../dom.js";
import { textNodes } from "../mrkdwn.js";

export const checkboxes = {
  initial: (element) => ({ selected_options: element.initial_options ?? [] }),
  draw: (element, field) =>
    drawChoices(element, field, {
      role: "group",
      type: "checkbox",
      chosen: field.payload.selected_options,
      read: readMany,
    }),
};

export const radioButtons = {
  initial: (element) => ({ selected_option: element.initial_option ?? null }),
  draw: (element, field) =>
    drawChoices(element, field, {
      role: "radiogroup",
      type: "radio",
      chosen: [field.payload.selected_option].filter(Boolean),
      read: readOne,
    }),
};

function drawChoices(element, field, { role, type, chosen, read }) {
  const name = freshId("choice");
  const inputs = element.options.map((option) =>
    el("input", {
      type,
      name,
      id: freshId("input"),
      class: "choice-input",
      checked: chosen.some(({ value }) => value === option.value),
      data: { ...field.data, value: option.value },
      on: { change: () => field.change(read(element.options, inputs)) },
    }),
  );
  const lines = element.options.map((option, index) => choiceNode(option, inputs[index], field.reader));
  return el("div", { role, class: "choices", ...field.names }, lines);
}

function choiceNode(option, input, reader) {
  return el(
    "label",
    { class: "choice", for: input.id },
    input,
    el(
      "span",
      { class: "choice-text" },
      textNodes(option.text, reader),
      option.description ? el("span", { class: "choice-detail" }, textNodes(option.description, reader)) : null,
    ),
  );
}

function readMany(options, inputs) {
  return { selected_options: options.filter((_, index) => inputs[index].checked) };
}

function readOne(options, inputs) {
  return { selected_option: options.find((_, index) => inputs[index].checked) ?? null };
}
