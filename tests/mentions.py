"""Texts that mention tickets, issues and cards, and what comes close to that."""

from hypothesis import strategies as st

JIRA = "https://acme.atlassian.net/browse/"
MENTIONS = ("PAY-12", "Acme/pay#7", "https://github.com/a/b/pull/1", "https://trello.com/c/aB3xY9", f"{JIRA}PAY-1")
AROUND = ("UTF-8", " ", "<", ">", "|", "&", "```", "https://x.example/", "PAY", "-", "1", "\n", "…", "*", "_")
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(MENTIONS + AROUND), max_size=12).map("".join))
