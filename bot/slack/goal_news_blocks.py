"""Changes of goals and of the strategy as messages and as parts of App Home."""

from collections.abc import Sequence

from bot.escaping import escape
from bot.slack import blocks, goal_detail_blocks
from bot.slack.blocks import Block
from bot.slack.ids import Action
from bot.texts import goal_detail as goal_detail_texts
from bot.texts import goal_news as texts
from checkins.forms import shortened
from checkins.goal_changes import Change
from checkins.goal_voices import About, News
from checkins.model import DeliveryKind
from checkins.wording import one_line, title

MOST_GOALS = 8
QUOTED, PART_QUOTED = 120, 300  # characters of a text that changed, and of a part of the strategy


def summary(news: News) -> str:
    """One sentence: who changed what."""
    goals = [escape(title(about.title)) for about in news.about if about.goal]
    return texts.changed(_who(news), goals=goals, strategy=len(goals) < len(news.about))


def voices(news: News) -> str:
    """One sentence: whose work it changes."""
    return texts.voices([(_clean(voice.name), _clean(voice.team or "") or None) for voice in news.voices])


def told(news: News, *, command: str) -> list[Block]:
    """What was changed, goal by goal, and the button for those whose work that changes. command: that of goals."""
    answer = blocks.context(texts.SAID) if news.said else blocks.actions(_button(news))
    return [blocks.section(summary(news)), *_lines(news.about, command), answer]


def passed_on(news: News, *, command: str) -> list[Block]:
    """For whoever answers for the changes: whose work they change."""
    whose = blocks.context(texts.whose(_who(news), own=news.own))
    return [blocks.section(voices(news)), whose, *_lines(news.about, command)]


def waiting(news: News, *done: Block, kind: DeliveryKind) -> list[Block]:
    """The same in App Home. done: buttons that end the waiting."""
    told = kind is DeliveryKind.NEWS
    said = [summary(news) if told else voices(news), *(f"• {_line(about)}" for about in news.about[:MOST_GOALS])]
    return [blocks.section("\n".join(said)), blocks.actions(*([_button(news)] if told else []), *done)]


def _button(news: News) -> Block:
    return blocks.button(texts.CONCERNS_ME, Action.CONCERNS_ME, value=news.key)


def _lines(about: Sequence[About], command: str) -> list[Block]:
    shown = [
        goal_detail_blocks.named(each.goal, _line(each)) if each.goal else blocks.section(_line(each))
        for each in about[:MOST_GOALS]
    ]
    left = len(about) - len(shown)
    return [*shown, *([blocks.context(texts.more(left, command))] if left else [])]


def _line(about: About) -> str:
    whys = dict.fromkeys(change.why for change in about.changes if change.why)
    why = texts.why(" ".join(map(_clean, whys))) if whys else ""
    said = _of_goal(about) if about.goal else _of_strategy(about)
    return "\n".join(filter(None, [said, why]))


def _of_strategy(about: About) -> str:
    parts = ((change.what, _clean(shortened(change.after, PART_QUOTED))) for change in about.changes)
    return "\n".join(texts.part(part, text) for part, text in parts)


def _of_goal(about: About) -> str:
    return texts.goal(escape(title(about.title)), [_field(change) for change in about.changes])


def _field(change: Change) -> str:
    before, after = (_clean(shortened(text, QUOTED)) for text in (change.before, change.after))
    return goal_detail_texts.change(change.what, _clean(change.team or "") or None, before, after)


def _who(news: News) -> str | None:
    return _clean(news.who) if news.who else None


def _clean(text: str) -> str:
    return escape(one_line(text))
