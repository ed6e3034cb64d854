"""Learning on the job in the invented administration: the first day on board (C ch.7 case 5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

Row: TypeAlias = Mapping[str, object]
Words: TypeAlias = tuple[str, str, str]
BOOK = "VESSEL"
TITLE = ("First day on board", "ថ្ងៃដំបូងលើនាវា", "جہاز پر پہلا دن")
FIRST_DAY = 24
"""Hours from joining the vessel."""
SECTIONS: tuple[tuple[Words, tuple[Words, ...]], ...] = (
    (("Ship's logbook", "សៀវភៅនាវា", "جہاز کا روزنامچہ"), (
        ("Sign on to the vessel", "ចុះឈ្មោះឡើងនាវា", "جہاز پر اندراج کرائیں"),
    )),
    (("Cabin", "បន្ទប់", "کیبن"), (
        ("Find the cabin, the bedding and your cabin buddy",
         "ស្វែងរកបន្ទប់ គ្រែ និងមិត្តរួមបន្ទប់", "کیبن، بستر اور کیبن کے ساتھی کو تلاش کریں"),
    )),
    (("Dress and duties", "ឯកសណ្ឋាន និងភារកិច្ច", "لباس اور فرائض"), (
        ("Say which dress is worn on duty and off duty",
         "ប្រាប់ថាត្រូវស្លៀកពាក់អ្វីពេលបំពេញភារកិច្ច និងពេលសម្រាក",
         "بتائیں کہ ڈیوٹی اور فراغت میں کون سا لباس پہننا ہے"),
        ("Report for duty and read the plan of the day",
         "រាយការណ៍ចូលភារកិច្ច និងអានផែនការប្រចាំថ្ងៃ",
         "ڈیوٹی پر حاضری دیں اور دن کا منصوبہ پڑھیں"),
    )),
    (("The ship", "នាវា", "جہاز"), (
        ("Walk through all spaces of the vessel", "ដើរមើលគ្រប់ផ្នែកនៃនាវា",
         "جہاز کے تمام حصے دیکھیں"),
        ("Complete the list of fleet safety", "បំពេញបញ្ជីសុវត្ថិភាពនាវា", "حفاظتی فہرست مکمل کریں"),
    )),
    (("Restricted areas", "តំបន់ហាមឃាត់", "ممنوعہ مقامات"), (
        ("Name the rooms that must not be entered", "ប្រាប់ឈ្មោះបន្ទប់ដែលហាមចូល",
         "بتائیں کہ کن کمروں میں داخلہ منع ہے"),
    )),
    (("Meals", "អាហារ", "کھانا"), (
        ("Say when meals are, and how rubbish is sorted",
         "ប្រាប់ម៉ោងអាហារ និងរបៀបញែកសំរាម", "کھانے کے اوقات اور کوڑا الگ کرنے کا طریقہ بتائیں"),
    )),
    (("Emergencies", "ពេលមានអាសន្ន", "ہنگامی حالات"), (
        ("Read the watch and station bill", "អានតារាងយាម និងទីតាំង", "پہرے اور جگہوں کا چارٹ پڑھیں"),
        ("Find the muster point", "ស្វែងរកចំណុចប្រមូលផ្តុំ", "جمع ہونے کی جگہ تلاش کریں"),
        ("Say what to do on hearing the alarm", "ប្រាប់អ្វីដែលត្រូវធ្វើពេលឮសំឡេងរោទ៍",
         "بتائیں کہ الارم سن کر کیا کرنا ہے"),
    )),
    (("Ways out", "ច្រកចេញ", "باہر نکلنے کے راستے"), (
        ("Leave cabin and workplace in a drill", "ហាត់ចាកចេញពីបន្ទប់ និងកន្លែងធ្វើការ",
         "مشق میں کیبن اور کام کی جگہ سے نکلیں"),
    )),
)  # fmt: skip
WITH_EVIDENCE = {"Complete the list of fleet safety", "Leave cabin and workplace in a drill"}


def task_books() -> list[Row]:
    """The rows of the workbook of task books."""
    return list(_rows())


def _rows() -> Iterator[Row]:
    for section, tasks in SECTIONS:
        for task in tasks:
            yield {
                "book": BOOK,
                **_in_languages("title", TITLE),
                **_in_languages("section", section),
                **_in_languages("task", task),
                "signer": "supervisor",
                "within_hours": FIRST_DAY,
                "evidence": "yes" if task[0] in WITH_EVIDENCE else "no",
            }


def _in_languages(column: str, words: Words) -> Row:
    english, khmer, urdu = words
    return {column: english, f"{column}::Khmer (km)": khmer, f"{column}::Urdu (ur)": urdu}
