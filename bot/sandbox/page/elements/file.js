// Choosing files; each is uploaded at once and travels with the form by its id, as in Slack.
import { upload } from "../api.js";
import { el, fill, freshId } from "../dom.js";
import { icon } from "../icons.js";

export const fileInput = { initial: () => ({ files: [] }), draw };

function draw(element, field) {
  const id = freshId("file");
  const names = el("span", { class: "file-names", role: "status" });
  const input = el("input", {
    type: "file",
    id,
    class: "file-input",
    ...field.names,
    data: field.data,
    multiple: (element.max_files ?? 10) > 1,
    accept: element.filetypes?.map((type) => `.${type}`).join(",") || null,
    on: { change: () => take(input, field, names) },
  });
  showNames(names, field.payload.files);
  return el(
    "div",
    { class: "file" },
    input,
    el("label", { for: id, class: "button" }, icon("file"), "Choose a file"),
    names,
  );
}

async function take(input, field, names) {
  fill(names, "Uploading…");
  const answers = await Promise.all([...input.files].map((file) => upload(field.reader.me.id, file)));
  const refused = answers.find((answer) => !answer.ok);
  if (refused) field.app.complain(refused.error ?? "That file cannot be taken.");
  const files = answers.filter((answer) => answer.ok).map((answer) => answer.file);
  field.change({ files });
  showNames(names, files);
}

function showNames(node, files) {
  fill(node, files.length ? files.map(({ name }) => name).join(", ") : "No file chosen");
}
