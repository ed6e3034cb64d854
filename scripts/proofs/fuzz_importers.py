"""Tables and forms that no clerk would send: each ends in sentences or in a plan, soon, in little
memory, and without a look at any file or network but the database.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from sqlmodel import Session

import bot.people.roster_import
import bot.training.imports  # noqa: F401  (importing them registers the kinds)
from bot import imports
from bot.clock import monotonic
from bot.context import SYSTEM, Ctx
from bot.db import Database
from bot.errors import Fault, Refusal
from bot.forms import versions
from bot.forms.importer import import_form
from bot.i18n import render
from bot.imports import Verdict
from bot.reports.faulty_workbook import colour_faults
from scripts.fuzzing import sent
from scripts.fuzzing.borders import watched
from scripts.fuzzing.patience import TooMuch, bounded, own_garbage
from scripts.fuzzing.sent import Sent
from scripts.fuzzing.settled import Settled
from scripts.proofs import Disproved, Run, part

SECONDS = 600.0
A_ROUND = 25
SIGNS = ("=", "+", "-", "@", "\t", "\r")


@part("fuzz-importers", slice_share=0.01)
def play(run: Run) -> str:
    """Round after round of made-up and damaged files, the bombs first."""
    with own_garbage(), tempfile.TemporaryDirectory() as folder:
        import_form("")  # so that what is read once is read before the watch begins
        desk = _Desk(Settled(Path(folder)), run.folder / "file")
        for file in sent.bombs(megabytes=1024 if run.share >= 1 else 160):
            desk.take(file)
        number, end = 0, monotonic() + run.share * SECONDS
        while number == 0 or monotonic() < end:
            _round(run.seed + number, desk, end)
            number += 1
    return desk.figures()


def _round(number: int, desk: _Desk, end: float) -> None:
    @seed(number)
    @settings(
        max_examples=A_ROUND,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(sent.files())
    def one(file: Sent) -> None:
        if monotonic() < end or not desk.ends:
            desk.take(file)

    one()


class _Desk:
    """Where files are handed in; keeps the last one, so that whoever crashes can be examined."""

    def __init__(self, settled: Settled, last: Path) -> None:
        self._settled, self._last = settled, last
        self._faulty: tuple[bytes, tuple[Fault, ...]] | None = None
        self.ends: Counter[str] = Counter()

    def figures(self) -> str:
        told = ", ".join(f"{count} {end}" for end, count in self.ends.most_common())
        return f"{self.ends.total()} files: {told}"

    def take(self, file: Sent) -> None:
        """Check a file as its kind, take it if it can be taken; raises Disproved."""
        self._last.write_bytes(file.content)
        deal = self._form if file.kind == "forms" else self._table
        try:
            with self._settled.fresh() as database:
                with watched(self._settled.folder) as reached, bounded():
                    end = deal(database, file)
                _expect(not reached, f"it reached {reached}")
                self._give_back()
                if end == "taken" and file.kind != "forms":
                    self._round_trip(database, file.kind)
        except (Exception, TooMuch) as error:
            said = f"{file.kind}, kept in {self._last}: {type(error).__name__}: {error}"
            raise Disproved(said) from error
        self.ends[f"{'forms' if file.kind == 'forms' else 'tables'} {end}"] += 1

    def _table(self, database: Database, file: Sent) -> str:
        clock, config = self._settled.clock, self._settled.settings
        report = imports.check(database, clock, config, file.kind, "f", file.content)
        _tell(report.faults)
        if report.faults:
            self._faulty = file.content, report.faults[:200]
        if report.verdict is Verdict.REFUSED:
            _expect(bool(report.faults), "refused without a reason")
            return "refused"
        assert report.run_id is not None
        imports.apply(database, clock, config, report.run_id, SYSTEM, yes=True)
        return "taken"

    def _give_back(self) -> None:
        if self._faulty is not None:
            with bounded():
                colour_faults(*self._faulty, "en")
        self._faulty = None

    def _round_trip(self, database: Database, kind: str) -> None:
        """What was taken is given out without formulas, and brings nothing new when sent again."""
        clock, config = self._settled.clock, self._settled.settings
        for name in ("export.csv", "export.xlsx"):
            with bounded(), database.transaction(readonly=True) as session:
                given_out = imports.export(session, kind, name)
            if name.endswith(".csv"):
                _expect_no_formula(given_out)
            report = imports.check(database, clock, config, kind, name, given_out, rehearsal=True)
            changes = report.counts.new + report.counts.changed
            _expect(changes == 0, f"{name} is not what is kept: {report.samples}")

    def _form(self, database: Database, file: Sent) -> str:
        imported = import_form(file.content)
        _tell(imported.faults)
        if imported.definition is None:
            _expect(bool(imported.refusals), "refused without a reason")
            return "refused"
        with Session(database.engine) as session:
            ctx = Ctx(session, self._settled.clock, SYSTEM, self._settled.settings)
            try:
                versions.publish(ctx, imported.definition.form_id, imported.definition)
            except Refusal as refusal:
                render(refusal.sentence, "en")
            session.rollback()
        return "taken"


def _tell(faults: tuple[Fault, ...]) -> None:
    for fault in faults:
        sentence = render(fault.sentence, "en")
        _expect(bool(sentence.strip()), f"{fault.code} is no sentence")
        sentence.encode()
        (fault.column or "").encode()


def _expect_no_formula(exported: bytes) -> None:
    for row in csv.reader(io.StringIO(exported.decode("utf-8-sig"), newline="")):
        for cell in row:
            _expect(not cell.startswith(SIGNS), f"the export has the formula {cell[:40]!r}")


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Disproved(otherwise)
