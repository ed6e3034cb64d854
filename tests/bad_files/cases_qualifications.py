"""Files of curricula and of what posts require, refused and taken."""

from __future__ import annotations

import datetime as dt

from tests.bad_files.building import book, text
from tests.bad_files.cases_training import refused, taken

CURRICULUM = "code,title,items"
CASES = (
    refused(
        "curricula",
        "curriculum of a course that is not there",
        text(CURRICULUM, "VALUER,Valuer,VAL-1; HS1"),
        (2, "items", "bad-items"),
    ),
    refused(
        "curricula",
        "more items needed than there are",
        text(f"{CURRICULUM},needed", "VALUER,Valuer,VAL-1; HS-1?,3"),
        (2, "needed", "needed-wrong"),
    ),
    refused(
        "curricula",
        "end on a fixed day that is not given",
        text(f"{CURRICULUM},expiry_rule,fixed_day", "VALUER,Valuer,VAL-1,fixed,31 December"),
        (2, "fixed_day", "bad-day-of-year"),
        (2, "expiry_rule", "rule-unfinished"),
    ),
    taken(
        "curricula",
        "fixed day that the spreadsheet has made a date",
        book(
            ("code", "title", "items", "expiry_rule", "fixed_day"),
            ("VALUER", "Valuer", "VAL-1", "fixed", dt.date(2026, 12, 31)),
        ),
        after={("VALUER", "fixed_day"): "12-31"},
    ),
    taken(
        "curricula",
        "items with the separators of an Urdu keyboard",
        text(CURRICULUM, "VALUER,Valuer,VAL-1؛ HS-1؟"),
        after={("VALUER", "items"): "VAL-1; HS-1?"},
    ),
    taken(
        "curricula",
        "validity in words and a renewal that nobody knows",
        text(f"{CURRICULUM},valid_months,renewed_by", "VALUER,Valuer,VAL-1,two years,REF"),
        (2, "valid_months", "bad-number"),
        (2, "renewed_by", "name-unknown"),
        after={("VALUER", "valid_months"): None, ("VALUER", "renewed_by"): ""},
    ),
    refused(
        "requirements",
        "post that requires what is not there",
        text("position,curriculum", "Inspector,VALUER"),
        (2, "curriculum", "key-unknown"),
    ),
)
