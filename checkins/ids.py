"""Names for new rows. Derived, not random: doing the same thing twice names the same row."""

import re
import unicodedata
from collections.abc import Container
from hashlib import sha256
from itertools import count


def derived(*parts: str) -> str:
    """20 hexadecimal digits that depend on the parts alone."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def slug(name: str, taken: Container[str] = ()) -> str:
    """A readable id for a name: lower case, hyphens, numbered when it is taken; at most 60 characters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:56].rstrip("-") or derived(name)[:8]
    if stem not in taken:
        return stem
    return next(f"{stem}-{n}" for n in count(2) if f"{stem}-{n}" not in taken)
