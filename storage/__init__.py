"""Persistence: tables, migrations and the store that implements the ports of the domain."""
