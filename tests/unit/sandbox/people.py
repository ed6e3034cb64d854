"""A small cast for the sandbox's own tests."""

from __future__ import annotations

from bot.sandbox.cast import Cast

CAST = Cast(
    (
        {
            "key": "thida",
            "role": "officer",
            "staff_no": "KH-1001",
            "name": "Sok Thida",
            "name_local": "សុខ ធីតា",
            "language": "km",
            "phone_number": "+85512000111",
            "unit": "Poipet",
            "position": "Examination officer",
        },
        {
            "key": "chan",
            "role": "supervisor",
            "staff_no": "KH-2002",
            "name": "Chan Rithy",
            "name_local": "",
            "language": "en",
            "phone_number": "+85512000222",
            "unit": "Poipet",
            "position": "Team leader",
        },
        {
            "key": None,
            "role": None,
            "staff_no": "KH-3003",
            "name": "Maly Keo",
            "name_local": "",
            "language": "en",
            "phone_number": "+85512000333",
            "unit": "Bavet",
            "position": "Officer",
        },
    )
)
