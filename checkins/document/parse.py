"""Text to a document that is sound in itself."""

import re
from typing import Any

from pydantic import ValidationError

from checkins.document.checks import Known, cross_faults, known_in
from checkins.document.decoding import decode
from checkins.document.faults import shape_faults
from checkins.document.form import Document
from checkins.errors import BadDocument, Fault
from checkins.ports import Store


def parse(text: str) -> Document:
    """Read JSON or YAML. Raises BadDocument naming every fault by its path.

    Ids may point to rows that are stored already, so that an id which the document does not hold is left to ``apply``.
    """
    return sound(decode(text), None)


def parse_for(store: Store | None, text: str) -> Document:
    """Read a document for a workspace, None for one that does not exist yet; ids that point nowhere are faults too."""
    raw = decode(text)
    if store is None:
        return sound(raw, Known())
    with store.snapshot() as tx:
        return sound(raw, known_in(tx, raw))


def sound(raw: dict[str, Any], known: Known | None) -> Document:
    """The document that decoded values make. known: what is stored, None where nobody has looked yet.

    Raises BadDocument with every fault, in the order of the rows.
    """
    document, faults = _validated(raw)
    faults += cross_faults(raw, known)
    if document is None or faults:
        raise BadDocument(sorted(faults, key=_place))
    return document


def _validated(raw: dict[str, Any]) -> tuple[Document | None, list[Fault]]:
    try:
        return Document.model_validate(raw), []
    except ValidationError as error:
        return None, shape_faults(error)


def _place(fault: Fault) -> list[str | int]:
    """Orders ``goals[10]`` after ``goals[9]``."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"\[(\d+)\]", fault.path)]
