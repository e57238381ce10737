"""What is wrong with a document's shape, as plain sentences with the path of each."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from checkins.document.form import (
    CheckInForm,
    Document,
    Form,
    GoalForm,
    IceForm,
    ItemForm,
    MeasureForm,
    PersonForm,
    StrategyForm,
    TeamForm,
)
from checkins.errors import Fault

MAPS = frozenset({"weights", "contacts", "confidence", "clarity", "done"})

_FORMS: dict[str, type[Form]] = {
    "teams": TeamForm,
    "people": PersonForm,
    "goals": GoalForm,
    "check_ins": CheckInForm,
    "items": ItemForm,
    "measure": MeasureForm,
    "ice": IceForm,
    "strategy": StrategyForm,
}

_SENTENCES = {
    "missing": "is missing",
    "string_type": "must be text, not {value}",
    "string_too_short": "must not be empty",
    "string_too_long": "is too long; at most {max_length} characters are allowed",
    "too_long": "holds {actual_length}; at most {max_length} are allowed",
    "float_type": "must be a number, not {value}",
    "finite_number": "must be a number, not {value}",
    "int_type": "must be a whole number, not {value}",
    "bool_type": "must be true or false, not {value}",
    "tuple_type": "must be a list, not {value}",
    "dict_type": "must be an object, not {value}",
    "model_type": "must be an object, not {value}",
    "value_error": "{error}",
}


def path_of(parts: Iterable[str | int]) -> str:
    """``("goals", 3, "weights", "lang")`` as ``goals[3].weights["lang"]``."""
    path, in_map = "", False
    for part in parts:
        if isinstance(part, int):
            path += f"[{part}]"
        elif in_map:
            path += f'["{part}"]'
        else:
            path += f".{part}" if path else part
        in_map = part in MAPS
    return path


def shape_faults(error: ValidationError) -> list[Fault]:
    """One fault for each thing that the form refuses."""
    return [_fault(detail) for detail in error.errors(include_url=False)]


def _fault(detail: Mapping[str, Any]) -> Fault:
    loc = [part for part in detail["loc"] if part != "[key]"]
    if detail["type"] == "extra_forbidden":
        return Fault(path_of(loc), _no_such_field(loc))
    return Fault(path_of(loc), _sentence(detail))


def _sentence(detail: Mapping[str, Any]) -> str:
    context, value, kind = detail.get("ctx", {}), detail["input"], detail["type"]
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"is {value}; allowed is {_bounds(detail['loc'], context)}"
    if kind in ("enum", "literal_error"):
        return f"is {shown(value)}; allowed is {context['expected'].replace(chr(39), '')}"
    template = _SENTENCES.get(kind)
    if template is None:
        message = str(detail["msg"])
        return message[:1].lower() + message[1:]
    return template.format(value=shown(value), **context)


def _bounds(loc: Sequence[str | int], context: Mapping[str, Any]) -> str:
    if "ice" in loc:
        return "1 to 10"
    return "1 to 5" if context.get("ge") == 1 or context.get("le") == 5 else "0 to 1"


def shown(value: Any) -> str:
    """A value as a sentence can name it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, str):
        return f'"{value[:60]}…"' if len(value) > 60 else f'"{value}"'
    return str(value)


def _no_such_field(loc: Sequence[str | int]) -> str:
    owner = next((part for part in reversed(loc[:-1]) if isinstance(part, str)), None)
    form: type[BaseModel] = _FORMS.get(owner, Document) if owner else Document
    near = get_close_matches(str(loc[-1]), form.model_fields, n=1, cutoff=0.6)
    return f'no such field; did you mean "{near[0]}"?' if near else "no such field"
