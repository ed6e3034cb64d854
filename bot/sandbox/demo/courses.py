"""Courses and classes as one administration of the region plans them (C ch.3 case 1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

PLACE = "Training School"
START, END = dt.time(8, 0), dt.time(9, 30)


@dataclass(frozen=True, slots=True)
class DemoCourse:
    """A course; `days` is how many weekdays one class takes, from a Monday on."""

    code: str
    title: str
    khmer: str
    urdu: str
    seats: int
    days: int
    end: dt.time = END
    category: str = "technical"

    def ends_on(self, monday: dt.date) -> dt.date:
        """The last day of a class that begins on a Monday."""
        weeks, days = divmod(self.days - 1, 5)
        return monday + dt.timedelta(weeks=weeks, days=days)

    @property
    def hours(self) -> float:
        first = dt.timedelta(hours=START.hour, minutes=START.minute)
        last = dt.timedelta(hours=self.end.hour, minutes=self.end.minute)
        return self.days * (last - first).total_seconds() / 3600


COURSES = (
    DemoCourse("VAL", "Customs Valuation", "ការកំណត់តម្លៃគិតពន្ធគយ", "کسٹمز ویلیوایشن", 60, 5),
    DemoCourse("HS", "Harmonized System", "ប្រព័ន្ធសុខដុមនីយកម្ម (HS)", "ہارمونائزڈ سسٹم (HS)", 60, 5),
    DemoCourse("LAW", "Legal Knowledge", "ចំណេះដឹងផ្នែកច្បាប់", "قانونی معلومات", 60, 5),
    DemoCourse("MACCS", "MACCS Polish Training", "វគ្គបំប៉ន MACCS",
               "نظام MACCS میں مہارت کی تربیت", 50, 5),
    DemoCourse("MOU", "MoU Issues", "កិច្ចការអនុស្សរណៈយោគយល់", "مفاہمتی یادداشت کے امور", 60, 5),
    DemoCourse("RKC", "Knowledge of the Revised Kyoto Convention",
               "ចំណេះដឹងអំពីអនុសញ្ញាក្យូតូកែសម្រួល", "نظرثانی شدہ کیوٹو کنونشن سے واقفیت", 60, 3),
    DemoCourse("DW", "Data Warehouse System", "ប្រព័ន្ធឃ្លាំងទិន្នន័យ", "ڈیٹا ویئر ہاؤس نظام", 50, 1),
    DemoCourse("ANTI", "Combating Smuggling", "ការប្រឆាំងការរត់ពន្ធ", "انسداد اسمگلنگ", 60, 2),
    DemoCourse("AEC", "ASEAN Economic Community", "សហគមន៍សេដ្ឋកិច្ចអាស៊ាន",
               "آسیان اقتصادی برادری", 60, 3),
    DemoCourse("BASIC", "Basic Course for New Officers", "វគ្គមូលដ្ឋានសម្រាប់មន្ត្រីថ្មី",
               "نئے افسران کا بنیادی کورس", 30, 20, dt.time(16), category="basic"),
)  # fmt: skip


def monday_of(day: dt.date) -> dt.date:
    """The Monday of the week that holds `day`."""
    return day - dt.timedelta(days=day.weekday())
