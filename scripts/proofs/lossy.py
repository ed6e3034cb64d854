"""Part “lossy”: every library form is finished over a link that loses, delays and doubles.

Four of five presses never reach Telegram, texts come up to 20 hours late and some twice, Rollcall
is away now and then; every stored value must be one that the phone gave for its question.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from scripts.proofs import Disproved, Run, part
from scripts.proofs.lossy_forms import COLUMN, Form, library, read_form
from scripts.proofs.lossy_house import House
from scripts.proofs.lossy_journal import Journal
from scripts.proofs.lossy_person import Person
from scripts.proofs.lossy_phone import LossyPhone
from scripts.proofs.lossy_world import SAID, Places, prepare

WHOLE = 500
KEPT = "lossy.jsonl"


@dataclass(frozen=True, slots=True)
class Case:
    """One form filled in once: which, in which language, with which dice."""

    number: int
    form: Form
    language: str
    seed: str


@part("lossy", slice_share=0.02)
def play(run: Run) -> str:
    """Fill in forms, each in each language in turn; figures of all of them, and which forms there
    are that nothing leads to here.
    """
    kept = run.folder / KEPT
    done = _read(kept)
    with tempfile.TemporaryDirectory() as folder:
        stock = Stock(Path(folder))
        led = stock.places(next(iter(COLUMN))).entries.keys()
        forms = [
            read_form(path, SAID.get(path.stem, "")) for path in library() if path.stem in led
        ]
        cases = list(_cases(forms, run.seed, run.times(WHOLE)))
        for case in cases:
            if str(case.number) not in done:
                done[str(case.number)] = asyncio.run(_filled_in(case, stock))
                _keep(kept, case, done[str(case.number)])
    others = sorted(path.stem for path in library() if path.stem not in led)
    missing = f"; nothing leads to {', '.join(others)}" if others else ""
    return _figures([done[str(case.number)] for case in cases], len(forms)) + missing


class Stock:
    """A prepared database for each language, to be copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, Places] = {}

    def places(self, language: str) -> Places:
        """Where the forms are opened."""
        if language not in self._places:
            self._places[language] = prepare(self._master(language), language)
        return self._places[language]

    def lay_out(self, case: Case) -> tuple[Path, Places]:
        """A fresh folder with a copy, and where the forms are opened in it."""
        places = self.places(case.language)
        folder = self._folder / str(case.number)
        folder.mkdir()
        shutil.copy(self._master(case.language), folder / "rollcall.db")
        return folder, places

    def _master(self, language: str) -> Path:
        return self._folder / f"{language}.db"


def _cases(forms: list[Form], seed: int, count: int) -> Iterator[Case]:
    dice = random.Random(seed)
    number = 0
    while True:
        pairs = [(form, language) for form in forms for language in COLUMN]
        dice.shuffle(pairs)
        for form, language in pairs:
            if number == count:
                return
            yield Case(number, form, language, f"{seed} {number}")
            number += 1


async def _filled_in(case: Case, stock: Stock) -> dict[str, Any]:
    folder, places = stock.lay_out(case)
    house = House(folder, case.language)
    stop_listening = house.listen(case.form.name)
    hand = await house.open()
    try:
        figures = await _finished(case, house, places, hand)
    except Disproved as disproved:
        raise Disproved(f"seed {case.seed}: {disproved}") from disproved
    finally:
        await house.close()
        stop_listening()
        shutil.rmtree(folder)
    return figures


async def _finished(case: Case, house: House, places: Places, hand: Any) -> dict[str, Any]:
    dice = random.Random(case.seed)
    journal = Journal(case.form, case.language)
    phone = LossyPhone(house, hand, journal, dice, keeps_order=dice.random() < 0.5)
    hand.forge(hand.last["id"], places.entries[case.form.name])
    await house.settle()
    begun = house.draft(hand.id)
    if begun is None:
        raise Disproved(f"{case.form.name} could not be opened: {phone.screen.text!r}")
    journal.stored = dict(begun[1])
    number = places.assignments.get(case.form.name)
    person = Person(phone, dice, (f"t:{number}", f"tb:{number}") if number else ())
    await person.finish()
    _check_end(case, house, journal)
    return asdict(phone.counts) | {
        "latest": phone.counts.latest.total_seconds(),
        "explained": journal.explained,
        "for_another": journal.for_another,
    }


def _check_end(case: Case, house: House, journal: Journal) -> None:
    if case.form.name == "every_type":
        return
    if house.submitted is None:
        raise Disproved(f"{case.form.name} is gone, and nothing was handed over")
    conditional = frozenset(one.name for one in case.form.questions if one.is_conditional)
    journal.check_submitted(house.submitted, conditional)


def _read(kept: Path) -> dict[str, dict[str, Any]]:
    if not kept.exists():
        return {}
    lines = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    return {str(line["number"]): line for line in lines}


def _keep(kept: Path, case: Case, figures: dict[str, Any]) -> None:
    with kept.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"number": case.number, **figures}) + "\n")


def _figures(rows: list[dict[str, Any]], forms: int) -> str:
    total = {name: sum(row[name] for row in rows) for name in rows[0]}
    latest = max(row["latest"] for row in rows) / 3600
    most = max(row["acts"] for row in rows)
    return (
        f"{forms} forms, finished {len(rows)} times in {total['acts']:,} acts, at most {most} for "
        f"one; "
        f"{total['lost']:,} of {total['pressed']:,} presses lost; {total['typed']:,} texts up to "
        f"{latest:.1f} hours late, {total['doubled']:,} doubled; {total['restarts']} restarts; "
        f"{total['explained']:,} stored values, each given for its question "
        f"({total['for_another']} texts came while another one was shown)"
    )
