"""Slack's accounts as the roster knows them."""

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from checkins.roster import Profile


def profile_of(user: Mapping[str, Any], *, admins: frozenset[str] = frozenset()) -> Profile:
    """A user object of users.info or users.list. admins: e-mail addresses that count as admins besides Slack's."""
    profile = user.get("profile", {})
    email = profile.get("email")
    outsider = ("is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "deleted", "is_app_user")
    return Profile(
        platform="slack",
        user=user["id"],
        name=profile.get("real_name") or user.get("real_name") or user.get("name") or user["id"],
        email=email,
        zone=user.get("tz"),
        admin=bool(user.get("is_admin") or user.get("is_owner") or (email or "").casefold() in admins),
        member=user["id"] != "USLACKBOT" and not any(user.get(flag) for flag in outsider),
    )


async def everybody(client: AsyncWebClient, *, admins: frozenset[str]) -> list[Profile]:
    """Every account of the workspace, page by page."""
    found: list[Profile] = []
    cursor = ""
    while True:
        page = await client.users_list(limit=200, cursor=cursor)
        found += [profile_of(user, admins=admins) for user in page["members"]]
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return found


async def profiles_of(client: AsyncWebClient, users: tuple[str, ...], *, admins: frozenset[str]) -> list[Profile]:
    """The accounts with these ids."""
    answers = await asyncio.gather(*(client.users_info(user=user) for user in users))
    return [profile_of(answer["user"], admins=admins) for answer in answers]
