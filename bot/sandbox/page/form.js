// The values of the fields on one surface, in Slack's shape: {block_id: {action_id: {type, …}}}.

/** An empty form. One that `remembers` gives a rebuilt field back what was entered before, as Slack's modals do. */
export function createForm({ remembers }) {
  const values = new Map();
  return {
    errors: {},
    get: (blockId, actionId, type) => (remembers ? valueOf(values, blockId, actionId, type) : undefined),
    set: (blockId, actionId, value) => values.set(blockId, { ...values.get(blockId), [actionId]: value }),
    values: (blocks) =>
      Object.fromEntries(
        blocks.filter(({ block_id: id }) => values.has(id)).map(({ block_id: id }) => [id, values.get(id)]),
      ),
    value: (blockId, actionId) => values.get(blockId)?.[actionId],
  };
}

function valueOf(values, blockId, actionId, type) {
  const value = values.get(blockId)?.[actionId];
  return value?.type === type ? value : undefined;
}
