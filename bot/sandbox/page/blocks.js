// Blocks as elements of the page; one function for each type of block.
import { el, freshId, reconcile, setAttributes, fill } from "./dom.js";
import { drawElement } from "./elements/index.js";
import { picture } from "./elements/buttons.js";
import { icon } from "./icons.js";
import { bare, mrkdwn, plain, textNodes } from "./mrkdwn.js";
import { richText } from "./richtext.js";

const BLOCKS = {
  section: sectionNode,
  header: headerNode,
  divider: () => el("hr", { class: "divider" }),
  context: contextNode,
  actions: actionsNode,
  image: imageNode,
  input: inputNode,
  rich_text: richTextNode,
  markdown: markdownNode,
  table: tableNode,
};

/**
 * Draws blocks into a container and keeps the nodes of those that did not change.
 * ctx: app, reader, form, dispatch(block_id, element, payload), options(block_id, element, query), touched(block_id).
 */
export function drawBlocks(container, blocks, ctx) {
  const named = blocks.map((block, index) => ({ ...block, block_id: block.block_id ?? `block-${index}` }));
  reconcile(container, named, {
    key: (block) => block.block_id,
    stamp: (block) => JSON.stringify(block) + ctx.reader.stamp,
    build: (block) => blockNode(block, ctx),
  });
}

/** Shows errors at the fields of a form and removes those that no longer hold. */
export function showErrors(container, errors) {
  for (const node of container.querySelectorAll(".block-input")) {
    const text = errors[node.dataset.block] ?? "";
    const place = node.querySelector(".field-error");
    if (place.dataset.text === text) continue;
    place.dataset.text = text;
    fill(place, text ? [icon("alert"), el("span", {}, text)] : null);
    setAttributes(node.querySelector("[data-action-id], [role=radiogroup], [role=group]"), {
      "aria-invalid": text ? "true" : null,
    });
  }
}

function blockNode(block, ctx) {
  const draw = BLOCKS[block.type];
  const content = draw
    ? draw(block, ctx)
    : el("p", { class: "unknown" }, `A block of type “${block.type}” is not drawn here.`);
  return el(
    "div",
    { class: `block block-${block.type.replaceAll("_", "-")}`, data: { block: block.block_id } },
    content,
  );
}

function sectionNode(block, ctx) {
  const names = { "aria-label": sectionName(block, ctx) };
  const fields = block.fields?.map((field) => el("div", { class: "section-field" }, textNodes(field, ctx.reader)));
  return [
    el(
      "div",
      { class: "section-body" },
      block.text ? el("div", { class: "section-text" }, textNodes(block.text, ctx.reader)) : null,
      fields ? el("div", { class: "section-fields" }, fields) : null,
    ),
    block.accessory
      ? el("div", { class: "section-accessory" }, drawElement(block.accessory, block, ctx, { names }))
      : null,
  ];
}

function sectionName(block, ctx) {
  return plain(block.accessory?.placeholder) || (block.text ? bare(block.text.text, ctx.reader) : null);
}

function headerNode(block) {
  return el("h3", { class: "header" }, plain(block.text));
}

function contextNode(block, ctx) {
  return block.elements.map((element) =>
    element.type === "image"
      ? picture(element, "context-image")
      : el("div", { class: "context-text" }, textNodes(element, ctx.reader)),
  );
}

function actionsNode(block, ctx) {
  return block.elements.map((element) =>
    drawElement(element, block, ctx, { names: { "aria-label": plain(element.placeholder) || "Choose" } }),
  );
}

function imageNode(block) {
  const shown = picture(block, "figure-image");
  return el(
    "figure",
    { class: "figure" },
    block.title ? el("figcaption", { class: "figure-title" }, plain(block.title)) : null,
    shown.matches("img") ? largerOnClick(shown) : shown,
  );
}

function largerOnClick(image) {
  const names = { class: "figure-link", title: "Open the picture" };
  return el("a", { ...names, href: image.src, target: "_blank", rel: "noopener" }, image);
}

function inputNode(block, ctx) {
  const [labelId, noteId] = [freshId("label"), freshId("note")];
  const names = {
    "aria-labelledby": labelId,
    "aria-describedby": noteId,
    "aria-required": block.optional ? null : "true",
  };
  const node = drawElement(block.element, block, ctx, {
    names,
    sends: Boolean(block.dispatch_action),
    optional: Boolean(block.optional),
  });
  const field = node.matches("[data-action-id]") ? node : node.querySelector("input, textarea");
  const focus = () => field?.focus();
  return [
    el(
      "div",
      { class: "field-label", id: labelId, on: { click: focus } },
      plain(block.label),
      block.optional ? el("span", { class: "field-optional" }, " (optional)") : null,
    ),
    node,
    el(
      "div",
      { id: noteId },
      block.hint ? el("div", { class: "field-hint" }, plain(block.hint)) : null,
      el("div", { class: "field-error", role: "alert" }),
    ),
  ];
}

function richTextNode(block, ctx) {
  return richText(block.elements, ctx.reader);
}

function markdownNode(block, ctx) {
  const escaped = block.text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const text = escaped
    .replace(/^#{1,6} +(.+)$/gm, "*$1*")
    .replace(/\*\*(.+?)\*\*/g, "*$1*")
    .replace(/^(\s*)[-*] +/gm, "$1• ")
    .replace(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, "<$2|$1>");
  return mrkdwn(text, ctx.reader);
}

function tableNode(block, ctx) {
  const [head, ...rows] = block.rows;
  return el(
    "div",
    { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Table" },
    el(
      "table",
      { class: "table" },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          head.map((cell) => el("th", { scope: "col" }, cellNodes(cell, ctx))),
        ),
      ),
      el(
        "tbody",
        {},
        rows.map((row) =>
          el(
            "tr",
            {},
            row.map((cell) => el("td", {}, cellNodes(cell, ctx))),
          ),
        ),
      ),
    ),
  );
}

function cellNodes(cell, ctx) {
  return cell.type === "rich_text" ? richText(cell.elements, ctx.reader) : String(cell.text ?? "");
}
