"""The demo: a made-up company in the sandbox, played week by week with the real bot."""
