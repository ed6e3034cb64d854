"""The return on training by Phillips, as arithmetic: pure.

Return = (benefits − costs) / costs. Benefits are those of one year: the change of a month times
twelve, of which only the share that is put down to the training counts, and of that share only
as much as people are sure of. Source: C ch.8 case 8, “Phillips model”.
"""

from __future__ import annotations

MONTHS_OF_A_YEAR = 12
WHOLE = 100


def of_a_year(change_a_month: float, worth: float) -> float:
    """The money that a change by so much each month is worth in a year."""
    return change_a_month * MONTHS_OF_A_YEAR * worth


def share_counted(due_to_training: float, confidence: float) -> float:
    """The share, 0 to 1, that is counted: both as percentages, multiplied."""
    return due_to_training / WHOLE * confidence / WHOLE


def return_on(benefits: float, costs: float) -> float:
    """The return as a share: 0.76 is 76 %. Refuses (ValueError) training that cost nothing."""
    if costs <= 0:
        raise ValueError("what cost nothing has no return")
    return (benefits - costs) / costs


def ratio(benefits: float, costs: float) -> float:
    """What came back for each unit of money that was spent."""
    return return_on(benefits, costs) + 1
