// Dates and times by the browser's own pickers.
import { el } from "../dom.js";
import { plain } from "../mrkdwn.js";

export const datepicker = picker({ type: "date", value: "selected_date", initial: "initial_date" });
export const timepicker = picker({ type: "time", value: "selected_time", initial: "initial_time" });

export const datetimepicker = {
  initial: (element) => ({ selected_date_time: element.initial_date_time ?? null }),
  draw: (element, field) => {
    const offset = field.reader.me.tz_offset ?? 0;
    const epoch = field.payload.selected_date_time;
    const shown = epoch ? new Date((epoch + offset) * 1000).toISOString().slice(0, 16) : "";
    const read = (text) => ({ selected_date_time: text ? Date.parse(`${text}Z`) / 1000 - offset : null });
    return pickerNode(element, field, { type: "datetime-local", shown, read });
  },
};

function picker({ type, value, initial }) {
  return {
    initial: (element) => ({ [value]: element[initial] ?? null }),
    draw: (element, field) =>
      pickerNode(element, field, {
        type,
        shown: field.payload[value] ?? "",
        read: (text) => ({ [value]: text || null }),
      }),
  };
}

function pickerNode(element, field, { type, shown, read }) {
  const node = el("input", {
    type,
    class: "input input-date",
    title: plain(element.placeholder) || null,
    ...field.names,
    data: field.data,
    on: { change: () => field.change(read(node.value)) },
  });
  node.value = shown;
  return node;
}
