"""The organisation document: what ``trueline import`` reads and ``trueline export`` writes, version 1."""

from checkins.document.apply import apply
from checkins.document.export import dumps, export
from checkins.document.form import Document
from checkins.document.parse import parse, parse_for
from checkins.document.preview import Counts, Part, Preview, preview

__all__ = ["Counts", "Document", "Part", "Preview", "apply", "dumps", "export", "parse", "parse_for", "preview"]
