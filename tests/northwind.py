"""A small organisation document that names every field of the format once."""

import json
from typing import Any


def company(**changes: Any) -> dict[str, Any]:
    """The document as a fresh value, its top-level fields replaced by the changes."""
    return {
        "format": "trueline-organisation",
        "version": 1,
        "name": "Northwind",
        "cadence": "fortnightly",
        "strategy": {
            "vision": "Calm shops",
            "mission": "",
            "target_market": "Corner shops",
            "value_proposition": "Time",
        },
        "teams": [
            {
                "id": "pay",
                "name": "Payments",
                "parent": None,
                "leads": ["ben"],
                "members": ["ben", "ana"],
                "reserve": 0.2,
            },
            {"id": "app", "name": "App", "parent": "pay", "leads": [], "members": ["ana", "kiri"], "reserve": None},
        ],
        "people": [
            {
                "id": "ana",
                "name": "Ana Łuczak",
                "email": "ana@northwind.example",
                "timezone": "Europe/Berlin",
                "country": "DE",
                "slack": "U0ANA",
                "home_team": "app",
            },
            {"id": "ben", "name": "Ben", "home_team": "pay"},
            {"id": "kiri", "name": "Kiri"},
        ],
        "goals": [
            {"id": "grow", "title": "Grow", "level": "organisation"},
            {
                "id": "fast",
                "title": "Payouts within an hour",
                "description": "From click to money.",
                "level": "team",
                "supports": ["grow"],
                "owner": "ben",
                "team": "pay",
                "contributing_teams": ["app"],
                "depends_on": ["app"],
                "starts": "2026-10-01",
                "ends": "2026-12-31",
                "weight": 0.4,
                "weights": {"app": 0.15},
                "measure": {
                    "name": "Median time",
                    "framework": "okr",
                    "baseline": 26.0,
                    "target": 1.0,
                    "unit": "h",
                    "current": 9.5,
                },
                "status": "paused",
                "done": ["The median says so", "Nobody asks where the money is"],
                "ice": {"impact": 8, "confidence": 5, "ease": 3},
            },
        ],
        "check_ins": [
            {
                "id": "c1",
                "person": "ana",
                "team": "app",
                "date": "2026-11-16",
                "items": [
                    {"text": "Retry queue", "goal": "fast", "reason": None, "share": 0.7},
                    {"text": "Old bills", "goal": None, "reason": "technical_debt", "share": 0.3},
                ],
                "worked_with": ["pay"],
                "waiting_on": ["pay"],
                "contacts": {"pay": "not_needed"},
                "confidence": {"fast": 4},
                "clarity": {"fast": 5},
                "done": {"fast": "An hour for everybody"},
                "priorities": ["fast", "grow"],
                "entered": "form",
                "late": True,
                "note": "Slow week",
            }
        ],
    } | changes


def text(**changes: Any) -> str:
    return json.dumps(company(**changes))
