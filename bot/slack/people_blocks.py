"""`/align people` as blocks: a page of those without an account, each with a click that links them, and the admins."""

from collections.abc import Iterable, Sequence

from bot.escaping import escape
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.ids import Action, pack
from bot.texts import people as texts
from checkins.linking_people import Admin, People, Unlinked

MOST_ADMINS = 15  # with a button; a message has 50 blocks


def people(state: People, *, said: str = "") -> list[Block]:
    """said: what was just done."""
    done = [blocks.section(said)] if said else []
    return [*done, *_unlinked(state), blocks.divider(), *_admins(state.admins)]


def _unlinked(state: People) -> list[Block]:
    if not state.total:
        return [blocks.section(texts.NOBODY)]
    intro = texts.intro(state.total, page=state.page, pages=state.pages)
    rows = [block for one in state.unlinked for block in _row(one, state.page)]
    return [blocks.header(texts.UNLINKED), blocks.context(intro), *rows, *_pager(state)]


def _row(one: Unlinked, page: int) -> list[Block]:
    person, account = one.person, one.proposal
    choose = blocks.user_select(Action.PEOPLE_CHOOSE, placeholder=texts.CHOOSE)
    where = {"block_id": pack(person=person.id, page=str(page))}
    if account is None:
        said = texts.not_proposed(escape(person.name), _address(person.email))
        return [blocks.section(said), blocks.actions(choose) | where]
    link = blocks.button(
        texts.LINK, Action.PEOPLE_LINK, value=pack(person=person.id, user=account.user, page=str(page)), style="primary"
    )
    said = texts.proposed(escape(person.name), account.user, _address(account.email))
    return [blocks.section(said), blocks.actions(link, choose) | where]


def _address(email: str | None) -> str | None:
    return escape(email) if email else None


def _pager(state: People) -> list[Block]:
    buttons = [
        *([blocks.button(texts.BACK, Action.PEOPLE_BACK, value=str(state.page - 1))] if state.page else []),
        *([blocks.button(texts.NEXT, Action.PEOPLE_NEXT, value=str(state.page + 1))] if _more(state) else []),
    ]
    return [blocks.actions(*buttons)] if buttons else []


def _more(state: People) -> bool:
    return state.page + 1 < state.pages


def _admins(admins: Sequence[Admin]) -> list[Block]:
    here = [admin for admin in admins if not admin.by_account]
    left = len(here) - MOST_ADMINS
    return [
        blocks.header(texts.ADMINS),
        *_by_account(admin.person.name for admin in admins if admin.by_account),
        *(_named(admin) for admin in here[:MOST_ADMINS]),
        *([blocks.context(texts.more_admins(left))] if left > 0 else []),
        blocks.actions(blocks.user_select(Action.ADMIN_NAME, placeholder=texts.MAKE_ADMIN)),
    ]


def _by_account(names: Iterable[str]) -> list[Block]:
    listed = ", ".join(map(escape, names))
    return [blocks.section(listed), blocks.context(texts.BY_ACCOUNT)] if listed else []


def _named(admin: Admin) -> Block:
    name = escape(admin.person.name)
    sure = blocks.confirm(title=texts.REMOVE_TITLE, text=texts.remove(name), yes=texts.REMOVE, no=texts.KEEP)
    button = blocks.button(texts.REMOVE, Action.ADMIN_REMOVE, value=admin.person.id, confirm=sure)
    return blocks.section(texts.admin(name), accessory=button)
