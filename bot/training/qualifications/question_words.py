"""The words by which somebody asks who is qualified, in each language, and those that say nothing.

Written as people write them; compared in the spelling that people are searched with.
"""

from __future__ import annotations

from bot.people.search import fold

_WHO = """
who whom whose anybody anyone everybody everyone somebody someone list
អ្នកណា អ្នកណាខ្លះ នរណា នរណាខ្លះ បុគ្គលណា មន្ត្រីណា
کون کونسا کونسے کس کسے کن
"""
_QUALIFIED = """
qualified qualification qualifications qualify holds hold certified certificate valid trained
completed
គុណវុឌ្ឍិ សមត្ថភាព វិញ្ញាបនបត្រ សុពលភាព បានបញ្ចប់ បានរៀន
اہل اہلیت سند سندیافتہ قابلیت مستند مکمل
"""
_SMALL = """
a an and are as at be by can date day do does for from has have how in is it its long me now of
office officer officers on or our people please show still tell that the their there they this
till to today unit until up us we what when where which with yet you
តើ នៅ ដែល មាន ជា ជាមួយ និង ហើយ ដល់ ពេលណា ថ្ងៃណា កាលណា ក្នុង ខាង ផ្នែក ផ្នែកខាង លើ ពី ទៀត នេះ
ទេ ការិយាល័យ មន្ត្រី សាខា អង្គភាព ទាំង ទាំងអស់ ខ្លះ បាន សូម
میں پر کا کی کے ہے ہیں تھا تھے اور کب تک سے کو لیے لئے دفتر افسر افسران نے جو یہ وہ رکھتا رکھتے
ابھی یافتہ تربیت پاس ہوا کیا
"""


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


WHO, QUALIFIED = _folded(_WHO), _folded(_QUALIFIED)
ASKING = WHO | QUALIFIED
SAYING_NOTHING = _folded(_SMALL) | ASKING
