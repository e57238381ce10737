"""Goals as a table (CSV): what spreadsheets and tools for objectives and key results exchange."""

from checkins.tabular.reading import Reading, read
from checkins.tabular.sheet import MOST_BYTES
from checkins.tabular.writing import export, template

__all__ = ["MOST_BYTES", "Reading", "export", "read", "template"]
