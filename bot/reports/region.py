"""What the administrations of the region said of themselves, to compare one's own with.

Compendium of Training Management in Asia-Pacific, ROCB A/P, 2026, chapter 8: shares of those that
replied to the survey of the WCO in October 2023 and face difficulties. They are printed with their
source and year only.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.i18n import Percent, Text, Words, _

SOURCE = _(
    "Region: shares of respondents to the WCO survey of October 2023 in Asia and the Pacific who"
    " face difficulties. Source: Compendium of Training Management in Asia-Pacific, ROCB A/P,"
    " 2026, chapter 8."
)


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What so large a share of the respondents found difficult."""

    code: str
    share: Percent
    words: Text

    @property
    def sentence(self) -> Words:
        return _(
            "{share} of respondents face difficulties in {what}.",
            share=self.share,
            what=self.words,
        )


DIFFICULTIES = (
    Difficulty("evaluating", Percent(0.59), _("evaluating training effectiveness")),
    Difficulty("using", Percent(0.55), _("using the results for future training courses")),
    Difficulty("afterwards", Percent(0.50), _("evaluating participants' performance afterwards")),
)
