"""Trueline on Slack: one Bolt app, one file per feature, each with ``register(app, context)``."""
