"""The page is complete in itself: what it names is there, and nothing comes from elsewhere."""

import re
from pathlib import Path

import pytest

import bot.sandbox

PAGE = Path(bot.sandbox.__file__).parent / "page"
SCRIPTS = sorted(path.relative_to(PAGE) for path in PAGE.rglob("*.js"))
STYLES = sorted(path.relative_to(PAGE) for path in PAGE.rglob("*.css"))
SVG_NAMESPACE = "http://www.w3.org/2000/svg"


def named_in(index: str) -> list[str]:
    """Addresses in src and href attributes, without jumps inside the page."""
    return [name for name in re.findall(r'(?:src|href)="([^"]+)"', index) if not name.startswith("#")]


def test_index_names_only_files_of_the_page() -> None:
    names = named_in((PAGE / "index.html").read_text("utf-8"))
    assert names
    assert [name for name in names if not name.startswith("/page/")] == []
    assert [name for name in names if not (PAGE / name.removeprefix("/page/")).is_file()] == []


def test_index_names_every_stylesheet() -> None:
    names = named_in((PAGE / "index.html").read_text("utf-8"))
    assert {f"/page/{style.as_posix()}" for style in STYLES} == {name for name in names if name.endswith(".css")}


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_scripts_import_only_their_neighbours(script: Path) -> None:
    text = (PAGE / script).read_text("utf-8")
    imports = re.findall(r'from "([^"]+)"', text)
    assert [name for name in imports if not (PAGE / script.parent / name).is_file()] == []


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES, Path("index.html"), Path("mark.svg")], ids=str)
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    text = (PAGE / path).read_text("utf-8").replace(SVG_NAMESPACE, "").replace("such as https://example.org", "")
    assert re.findall(r"(?:https?:)?//[a-z0-9][\w.-]*\.[a-z]{2,}", text) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_texts_never_become_markup(script: Path) -> None:
    text = (PAGE / script).read_text("utf-8")
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text) == []
