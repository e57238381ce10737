"""The three floors and who may import whom, read from the import statements."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("bot", "checkins", "storage")
PURE = {"annotated_types"} | set(sys.stdlib_module_names)

# Where a library may be imported; a folder ends in "/".
ROOMS = {
    "jinja2": ("bot/rendering",),
    "apscheduler": ("bot/jobs.py", "bot/app.py"),
    "matplotlib": ("bot/charts/",),
    "numpy": ("checkins/analysis/", "bot/charts/"),
    "scipy": ("checkins/analysis/",),
    "sklearn": ("checkins/analysis/",),
    "sqlmodel": ("storage/",),
    "sqlalchemy": ("storage/",),
    "alembic": ("storage/",),
    "slack_bolt": ("bot/slack/", "bot/app.py", "bot/web.py"),
    "dateutil": ("checkins/cadence.py",),
    "holidays": ("checkins/workdays.py",),
    "rapidfuzz": ("checkins/phrases.py",),
    "pydantic": ("checkins/document/", "bot/settings.py", "bot/commands/"),
    "pydantic_core": ("checkins/document/",),
    "yaml": ("checkins/document/", "bot/commands/", "bot/sandbox/"),
}
SEES_STORAGE = ("storage/", "bot/app.py", "bot/analyst.py", "bot/doctor.py", "bot/commands/", "bot/sandbox/play")


def files() -> list[Path]:
    return sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", files(), ids=name)
def test_imports_stay_in_their_rooms(path: Path) -> None:
    here = name(path)
    for imported in imports(path):
        top = imported.partition(".")[0]
        if top in ROOMS:
            assert here.startswith(ROOMS[top]), f"{here} imports {imported}"
        if top == "storage":
            assert here.startswith(SEES_STORAGE), f"{here} imports {imported}"
        if here.startswith("checkins/"):
            assert top not in ("bot", "storage"), f"the domain imports {imported}"
            assert top in PURE | {"checkins"} | set(ROOMS), f"the domain imports {imported}"
        if here.startswith("storage/"):
            assert top != "bot", f"storage imports {imported}"
            if top == "checkins":
                assert imported.split(".")[1] in ("model", "ports", "errors", "cadence"), imported
        if here.startswith("bot/slack/"):
            assert not imported.startswith(("bot.teams", "bot.sandbox")), f"{here} imports {imported}"


@pytest.mark.parametrize("path", files(), ids=name)
def test_broad_excepts_stand_only_at_the_borders(path: Path) -> None:
    borders = ("bot/slack/listening.py", "bot/jobs.py", "bot/delivery.py")
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            assert caught not in ("Exception", "BaseException", "everything") or name(path) in borders, name(path)


@pytest.mark.parametrize("path", files(), ids=name)
def test_now_comes_from_one_clock(path: Path) -> None:
    # The sandbox plays Slack, whose deadlines and signatures run in real time; the doctor compares real clocks.
    exempt = ("bot/clock.py", "bot/doctor.py", "bot/sandbox/")
    if name(path).startswith(exempt):
        return
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = ast.unparse(node.func)
            assert called not in ("datetime.now", "datetime.utcnow", "date.today", "time.time"), (
                f"{name(path)}: {called}"
            )


def test_the_bots_own_process_stays_light() -> None:
    heavy = ("numpy", "matplotlib", "scipy", "sklearn", "holidays")
    code = f"import sys, bot.app; print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "[]"
