"""What is stored about a person, and what becomes of it at their word. Names are escaped by the caller."""

from datetime import date

from checkins.wording import counted, listed

STORED = "What is stored about you"
NOTHING = "Nothing is stored about you."
SEND, ERASE = "Send me everything", "Erase my data"
SENDING = "*Send me everything* puts a file with all of it into your direct messages with me."

CONFIRM_TITLE = "Erase your data?"
CONFIRM = (
    "Your name, accounts, texts, notes and ratings go for good. The numbers of past weeks stay, without your name. "
    "You are not asked again. This cannot be undone."
)
CONFIRM_YES, CONFIRM_NO = "Erase my data", "Keep it"

FILE_TITLE = "Everything Trueline stores about you"
FILE_COMES = "Here is everything I store about you, as you asked. Only you and I see this conversation."
SENT = "The file with your data is in your direct messages with me."
NOT_SENT = (
    "Slack did not take the file into your direct messages, so nothing was sent. Please try again in a few minutes; "
    "if it fails again, ask an admin to run `trueline doctor`."
)
HOME_ERASED = "Your data was erased."
COME_BACK = "Use Trueline again"


def name(person: str, email: str | None) -> str:
    return f"• Name: {person}" + (f", e-mail address: {email}" if email else "")


def accounts(platforms: list[str]) -> str:
    return f"• Accounts: {listed(platforms)}" if platforms else "• Accounts: none"


def place(zone: str | None, country: str | None) -> str:
    return f"• Time zone: {zone or 'none'}" + (f", country: {country}" if country else "")


def teams(names: list[str]) -> str:
    return f"• Teams: {listed(names) if names else 'none'}"


def asked(times: int, absences: int) -> str:
    away = f", {counted(absences, 'absence')}" if absences else ""
    return f"• Asked {counted(times, 'time')}{away}"


def linked(number: int) -> str:
    return f"• {counted(number, 'linked message')} for your next check-in"


def answers(number: int, since: date | None, *, earlier: int, notes: int, ratings: int) -> str:
    if since is None:
        return "• No answers yet"
    versions = f" (and {counted(earlier, 'earlier version')})" if earlier else ""
    given = f"{counted(number, 'answer')}{versions} since {since:%-d %B %Y}"
    return f"• {given}, {counted(notes, 'note')}, {counted(ratings, 'rating')}"


def erased(number: int) -> str:
    """What was done. number: of answers."""
    kept = (
        f" The shares of {counted(number, 'answer')} stay, without your name, so that past weeks remain true."
        if number
        else ""
    )
    return (
        f"Done. Your name, accounts, texts, notes and ratings are gone.{kept} You are not asked again. "
        "Messages and files here in Slack are not mine to delete; you can delete the files. "
        "If you use me again, you start as somebody new."
    )
