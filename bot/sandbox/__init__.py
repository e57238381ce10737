"""A Slack-compatible workspace on localhost: the demo's stage and the tests' far end."""
