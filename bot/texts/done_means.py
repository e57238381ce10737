"""What is said about the statements on what "done" means. Titles are escaped by the caller."""

OPEN = "What done means"
TITLE = "What done means"
SAVE, CANCEL = "Save", "Cancel"


def about(goal: str) -> str:
    return (
        f"*{goal}*: write up to four ways in which people may understand “done”. Now and then a check-in asks which "
        "one comes nearest, so that you hear early when people mean different things."
    )


def label(number: int) -> str:
    return "“Done” could mean" if number == 1 else "Or"
