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


def parse(text: str, *, store: Store | None = None) -> Document:
    """Read JSON or YAML. Raises BadDocument naming every fault by its path.

    Ids may point to rows that are stored already. With a store those are looked up too; without one, what depends
    on them is left to ``apply``.
    """
    raw = decode(text)
    document, faults = _validated(raw)
    faults += cross_faults(raw, _known(store, raw))
    if document is None or faults:
        raise BadDocument(sorted(faults, key=_place))
    return document


def _known(store: Store | None, raw: dict[str, Any]) -> Known | None:
    if store is None:
        return None
    with store.snapshot() as tx:
        return known_in(tx, raw)


def _validated(raw: dict[str, Any]) -> tuple[Document | None, list[Fault]]:
    try:
        return Document.model_validate(raw), []
    except ValidationError as error:
        return None, shape_faults(error)


def _place(fault: Fault) -> list[str | int]:
    """Orders ``goals[10]`` after ``goals[9]``."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"\[(\d+)\]", fault.path)]
