"""`/align people`: who has no chat account yet, and who is an admin. Names are escaped by the caller."""

from checkins.wording import counted

TITLE = "People"

UNLINKED = "Without a Slack account"
NOBODY = "Everybody who is in a team has a Slack account."
LINK, CHOOSE, NEXT, BACK = "Link", "Choose an account", "Next", "Back"
NO_PROPOSAL = "no account looks like theirs"

ADMINS = "Admins"
MAKE_ADMIN = "Make somebody an admin"
REMOVE, KEEP = "Remove", "Keep"
REMOVE_TITLE = "Remove this admin?"
BY_ACCOUNT = "Slack's owners and admins, and the addresses in TRUELINE_ADMINS, are admins here too."


def intro(total: int, *, page: int, pages: int) -> str:
    which = f" Page {page + 1} of {pages}." if pages > 1 else ""
    who = "1 person is" if total == 1 else f"{total} people are"
    return f"{who} in a team and cannot be asked: no Slack account has their e-mail address.{which}"


def proposed(name: str, user: str, email: str | None) -> str:
    return f"*{name}* → <@{user}>" + (f" ({email})" if email else "")


def not_proposed(name: str, email: str | None) -> str:
    return f"*{name}*" + (f" ({email})" if email else "") + f": {NO_PROPOSAL}"


def linked(name: str, user: str) -> str:
    return f"{name} is linked to <@{user}> and is asked from the next round on."


def admin(name: str) -> str:
    return f"*{name}*, named here"


def remove(name: str) -> str:
    return f"{name} can change teams, schedule and digest no more."


def more_admins(count: int) -> str:
    return f"and {counted(count, 'admin')} more; they show when others are removed"


def named(name: str) -> str:
    return f"{name} is an admin now."


def removed(name: str) -> str:
    return f"{name} is no admin any more."
