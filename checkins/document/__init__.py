"""The organisation document: what ``trueline import`` reads and ``trueline export`` writes, version 1."""

from checkins.document.apply import Counts, ImportSummary, apply
from checkins.document.export import dumps, export
from checkins.document.form import Document
from checkins.document.parse import parse, parse_for

__all__ = ["Counts", "Document", "ImportSummary", "apply", "dumps", "export", "parse", "parse_for"]
