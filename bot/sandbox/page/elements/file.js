// Choosing files; their content travels with the form.
import { el, fill, freshId } from "../dom.js";
import { icon } from "../icons.js";

export const fileInput = { initial: () => ({ files: [] }), draw };

function draw(element, field) {
  const id = freshId("file");
  const names = el("span", { class: "file-names", role: "status" });
  const input = el("input", {
    type: "file", id, class: "file-input", ...field.names, data: field.data, multiple: (element.max_files ?? 10) > 1,
    accept: element.filetypes?.map((type) => `.${type}`).join(",") || null,
    on: { change: () => take(input, field, names) },
  });
  showNames(names, field.payload.files);
  return el("div", { class: "file" }, input, el("label", { for: id, class: "button" }, icon("file"), "Choose a file"), names);
}

async function take(input, field, names) {
  const files = await Promise.all([...input.files].map(contentOf));
  field.change({ files });
  showNames(names, files);
}

async function contentOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const content = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return { name: file.name, mimetype: file.type || "text/plain", size: file.size, content };
}

function showNames(node, files) {
  fill(node, files.length ? files.map(({ name }) => name).join(", ") : "No file chosen");
}
