"""Front ends and wiring: Slack, command line, local sandbox."""
