"""What the bot says: one file per subject, plain constants and small functions."""
