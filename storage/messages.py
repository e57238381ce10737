"""The columns in which a row keeps the message it led to."""

from checkins.model import MessageRef
from storage.scope import Record

COLUMNS = {"message_channel", "message_id"}


def message_columns(message: MessageRef | None) -> Record:
    return {"message_channel": message and message.channel, "message_id": message and message.id}


def with_message(row: Record) -> Record:
    """The row with ``message`` in the place of its columns."""
    channel, identifier = row["message_channel"], row["message_id"]
    message = None if channel is None else MessageRef(channel=channel, id=identifier)
    return {name: value for name, value in row.items() if name not in COLUMNS} | {"message": message}
