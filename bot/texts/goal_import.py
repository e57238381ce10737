"""What is said while goals come in from a file. Names of files, titles and headings are escaped by the caller."""

from collections.abc import Sequence

from checkins.document import Counts
from checkins.wording import counted, listed

TITLE = "Import goals"
FILE = "File"
HINT = "CSV, or an organisation document as JSON or YAML; up to 10 MB."
LOOK, IMPORT, CANCEL, CLOSE = "Show what it does", "Import", "Cancel", "Close"
ABOUT = (
    "Put in a file with goals. You see what it would add, change and close before anything is stored. "
    "What the file leaves out stays as it is."
)
TABLES = (
    "A CSV needs a column `title`; exports with the columns Objective, Key Result, Owner and Progress are read too. "
    "A CSV may hold 5,000 rows."
)
TEMPLATE = "Send me a template"
TEMPLATE_TITLE = "Template for goals"
TEMPLATE_FILE = "goals.csv"
TEMPLATE_COMES = "A table for goals: write over the two examples, save it as CSV and put it in with “Import goals”."
TEMPLATE_SENT = "The template is in our direct messages."
NOT_SENT = "The file could not be sent to you. Please try again in a minute."
READING, IMPORTING = "Reading the file. This takes a moment.", "Importing. This takes a moment."
NOTHING_NEW = "Everything in this file is stored like this already. There is nothing to import."
NOT_STORED = "Nothing is stored yet."
TOO_LARGE = "This file is larger than 10 MB. Split it and import the parts."
NOT_YOURS = "Only the person who put a file in can import it. Put it in again."
NOT_THERE = "The file could not be fetched from Slack. Put it in again; if that does not help, tell an admin."

KINDS = {"workspace": "workspace", "teams": "team", "people": "person", "goals": "goal", "check-ins": "check-in"}
LISTS = {"added": "New", "changed": "Changed", "closed": "Closed"}
_PLURALS = {"person": "people"}


def summary(kind: str, counts: Counts) -> str:
    """``12 goals new, 3 changed, 1 closed``; empty where nothing happens."""
    numbers = [(counts.added, "new"), (counts.changed, "changed"), (counts.closed, "closed")]
    told = [(number, word) for number, word in numbers if number]
    if not told:
        return ""
    (first, word), *rest = told
    return ", ".join([f"{_counted(first, KINDS[kind])} {word}", *(f"{number} {word}" for number, word in rest)])


def _counted(number: int, noun: str) -> str:
    return f"{number} {_PLURALS[noun]}" if noun in _PLURALS and number != 1 else counted(number, noun)


def names(word: str, listed_names: Sequence[str], more: int) -> str:
    lines = [f"• {name}" for name in listed_names]
    return "\n".join([f"*{word}*", *lines, *([and_more(more)] if more else [])])


def and_more(count: int) -> str:
    return f"and {count:,} more"


def ignored(headings: Sequence[str]) -> str:
    return f"Columns that I do not read: {listed(headings)}."


def faults(count: int) -> str:
    return f"*{counted(count, 'fault')} in the file. Nothing was changed.* Correct it and put it in again."


def done(summaries: Sequence[str]) -> str:
    return f"Imported: {'; '.join(summaries)}."
