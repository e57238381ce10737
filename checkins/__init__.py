"""The domain: what Trueline is about, without I/O, clock, chat or SQL."""
