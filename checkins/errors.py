"""Errors that a person can cause. The message is the sentence that person reads; front ends show it where they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class TruelineError(Exception):
    """A mistake with a remedy; ``str(error)`` says both."""


class NotAllowed(TruelineError):
    """The actor may not do this."""


class NotFound(TruelineError):
    """Something was named that does not exist (any more)."""


class RoundClosed(TruelineError):
    """The answer came after the next round had opened."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a document: where and what."""

    path: str
    problem: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}" if self.path else self.problem


class BadDocument(TruelineError):
    """A document was refused whole; ``faults`` names every reason."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class BadForm(TruelineError):
    """A form was refused; ``problems`` maps the field's name to its sentence."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(self.problems.values()))
