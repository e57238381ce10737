"""Revisions of the tables, oldest first by the chain in their heads."""
