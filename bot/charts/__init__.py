"""Pictures, drawn with matplotlib. Nothing here is imported by the bot's own process."""
