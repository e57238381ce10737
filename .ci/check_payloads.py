"""check_payloads.py VALIDATOR FOLDER: run the validator over every payload the tests sent, and miss none.

Fails on an invalid payload, and when a feature that speaks through a kind of payload left none of that kind behind.
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.slack.ids import Callback
from checkins.model import DeliveryKind

ANSWERS = ("goals", "align", "checkin")  # commands, answered by ephemeral messages


def expected() -> set[tuple[str, str]]:
    """(kind, feature) pairs as the files' names begin."""
    messages = {("message", f"trueline_{kind}") for kind in DeliveryKind}
    modals = {("modal", str(view)) for view in Callback}
    return messages | modals | {("ephemeral", command) for command in ANSWERS} | {("home", "home")}


def check(validator: str, file: Path) -> str:
    ran = subprocess.run([sys.executable, validator, str(file)], capture_output=True, text=True)
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


def main(validator: str, folder: str) -> int:
    files = sorted(Path(folder).glob("*.json"))
    seen = {tuple(file.name.split("-")[:2]) for file in files}
    missing = sorted(f"{kind} of {feature}" for kind, feature in expected() - seen)
    with ThreadPoolExecutor(2) as pool:
        faults = [fault for fault in pool.map(lambda file: check(validator, file), files) if fault]
    for line in [*faults, *(f"no payload was sent: {name}" for name in missing)]:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"payloads: {len(files)} checked, {len(faults)} invalid, {len(missing)} kinds missing\n")
    return 1 if faults or missing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
