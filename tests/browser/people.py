"""The few people of the browser tests: three of the cast, two of the roster only."""

from __future__ import annotations

from bot.sandbox.cast import Cast

CAST = Cast(
    (
        {
            "key": "officer",
            "role": "officer",
            "staff_no": "C1001",
            "name": "Sok Dara",
            "name_local": "សុខ ដារ៉ា",
            "language": "en",
            "phone_number": "+85512000001",
            "unit": "Bavet Border Post",
            "position": "Inspector",
        },
        {
            "key": "supervisor",
            "role": "supervisor",
            "staff_no": "C1002",
            "name": "Keo Bopha",
            "name_local": "កែវ បុប្ផា",
            "language": "en",
            "phone_number": "+85512000002",
            "unit": "Bavet Border Post",
            "position": "Head of post",
        },
        {
            "key": "trainer",
            "role": "trainer",
            "staff_no": "C1003",
            "name": "Chan Sophea",
            "name_local": "ចាន់ សុភា",
            "language": "km",
            "phone_number": "+85512000003",
            "unit": "Training Centre",
            "position": "Trainer",
        },
        {
            "staff_no": "C2001",
            "name": "Amina Khan",
            "name_local": "آمنہ خان",
            "language": "ur",
            "phone_number": "+923001234567",
            "unit": "Karachi Port",
            "position": "Appraiser",
        },
        {
            "staff_no": "C2002",
            "name": "Chea Vannak",
            "name_local": "ជា វណ្ណៈ",
            "language": "km",
            "phone_number": "+85512000005",
            "unit": "Poipet Border Post",
            "position": "Inspector",
        },
    )
)
