// Things to press, and the small picture: button, overflow menu, image element.
import { fileAddress } from "../api.js";
import { confirmed } from "../confirm.js";
import { el } from "../dom.js";
import { icon } from "../icons.js";
import { attachMenu } from "../menu.js";
import { plain } from "../mrkdwn.js";

const SAFE_LINK = /^https?:\/\//i;

export const button = { draw: drawButton };
export const overflow = { draw: drawOverflow };
export const image = { draw: (element) => picture(element, "image-element") };

/** A picture from a file of the workspace or an address on it; one from elsewhere is only linked, never loaded. */
export function picture({ slack_file: file, image_url: url, alt_text: alt }, kind) {
  const source = file ? (file.id ? fileAddress(file.id) : file.url) : url;
  if (!source) return el("span", { class: `${kind} picture-missing` }, alt);
  const address = new URL(source, location.href);
  if (address.origin === location.origin || address.protocol === "data:")
    return el("img", { class: kind, src: address.href, alt, loading: "lazy" });
  return el(
    "a",
    { class: `${kind} picture-elsewhere`, href: address.href, target: "_blank", rel: "noopener noreferrer" },
    alt || address.host,
  );
}

function drawButton(element, field) {
  const styles = { primary: "button button-primary", danger: "button button-danger" };
  const node = el(
    "button",
    {
      type: "button",
      class: styles[element.style] ?? "button",
      "aria-label": element.accessibility_label,
      data: { ...field.data, value: element.value },
      on: { click: () => press(node, element, field) },
    },
    el("span", { class: "button-text" }, plain(element.text)),
  );
  return node;
}

async function press(node, element, field) {
  if (node.getAttribute("aria-busy") || !(await confirmed(element.confirm, field.reader))) return;
  if (element.url && SAFE_LINK.test(element.url)) window.open(element.url, "_blank", "noopener");
  node.setAttribute("aria-busy", "true");
  await field.send(element.value === undefined ? {} : { value: element.value });
  node.removeAttribute("aria-busy");
}

function drawOverflow(element, field) {
  const node = el(
    "button",
    { type: "button", class: "icon-button overflow", "aria-label": "More choices", data: field.data },
    icon("dots"),
  );
  attachMenu(node, {
    label: "More choices",
    items: () => element.options.map((option) => itemOf(option, element, field)),
  });
  return node;
}

function itemOf(option, element, field) {
  const pick = async () => (await confirmed(element.confirm, field.reader)) && field.send({ selected_option: option });
  const href = option.url && SAFE_LINK.test(option.url) ? option.url : null;
  return { label: plain(option.text), detail: plain(option.description), value: option.value, href, onPick: pick };
}
