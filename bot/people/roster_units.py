"""Units as a roster names them: by path, or by name where only one has it; new ones on the fly."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session

from bot.i18n import _
from bot.imports.findings import BadValue, Findings
from bot.imports.kinds import Records
from bot.imports.plan import Inserts, table_of, temporary_id
from bot.models.people import Unit, UnitKind

Place = tuple[str, str, str]
MOST_LEVELS = 3
KINDS = (UnitKind.CLUSTER, UnitKind.DIRECTORATE, UnitKind.UNIT)


class UnitBook:
    """All units by path and by name, those that the file adds included."""

    def __init__(self, session: Session) -> None:
        self.inserts = Inserts(table_of(Unit), ("name", "kind", "path", "parent_id"))
        self.path_of: dict[int, str] = {}
        self._by_path: dict[str, int] = {}
        self._by_name: dict[str, list[str]] = {}
        for unit_id, path, name in session.execute(select(Unit.id, Unit.path, Unit.name)):
            self._keep(unit_id, path, name)

    def resolve(self, records: Records, found: Findings) -> list[int | None]:
        """The unit of every row; adds units nobody has named before.

        Notes names that more than one unit has, and paths that are none.
        """
        blanks = [""] * len(records)
        places: list[Place] = list(
            zip(
                records.values["unit"],
                records.values.get("directorate", blanks),
                records.values.get("cluster", blanks),
                strict=True,
            )
        )
        ids: dict[Place, int | None] = {}
        bad: dict[Place, BadValue] = {}
        # Whoever gives the most of the path goes first, so that bare names can lean on it.
        distinct = sorted(dict.fromkeys(places), key=_how_bare)
        for place in distinct:
            try:
                ids[place] = self._unit(*place) if place[0] else None
            except BadValue as error:
                ids[place], bad[place] = None, error
        for row, place in zip(records.rows, places, strict=True):
            if place in bad:
                found.refuse(bad[place].code, bad[place].sentence, row, records.heading("unit"))
        return [ids[place] for place in places]

    def find(self, name: str) -> int:
        """The unit of that name or path; raises BadValue if there is none or more than one."""
        paths = self._paths_ending_in(name)
        if not paths:
            raise BadValue(
                "unit-unknown",
                _(
                    "There is no unit “{unit}”. Write its name or path as in the column unit.",
                    unit=name,
                ),
            )
        return self._only(name, paths)

    def _keep(self, unit_id: int, path: str, name: str) -> None:
        self.path_of[unit_id] = path
        self._by_path[path.casefold()] = unit_id
        self._by_name.setdefault(name.casefold(), []).append(path)

    def _paths_ending_in(self, name: str) -> list[str]:
        wanted = name.casefold()
        if name.startswith("/"):
            return [name[1:]] if wanted[1:] in self._by_path else []
        if wanted in self._by_path and "/" in name:
            return [name]
        paths = self._by_name.get(wanted.rsplit("/", 1)[-1], [])
        return [p for p in paths if p.casefold() == wanted or p.casefold().endswith(f"/{wanted}")]

    def _only(self, name: str, paths: Sequence[str]) -> int:
        if len(paths) > 1:
            raise BadValue(
                "unit-ambiguous",
                _(
                    "More than one unit is called “{unit}”: {paths}. Write the whole path.",
                    unit=name,
                    paths="; ".join(map(written, sorted(paths))),
                ),
            )
        return self._by_path[paths[0].casefold()]

    def _unit(self, unit: str, directorate: str, cluster: str) -> int:
        given = [part for part in (cluster, directorate) if part]
        if "/" in unit:
            return self._by_written_path(unit, given)
        if unit in given:  # the office of the directorate itself
            given = given[: given.index(unit)]
        wanted = "/".join([*given, unit])
        paths = self._paths_ending_in(wanted)
        if cluster and not directorate:
            paths = paths or self._inside(cluster, unit)
        if paths:
            return self._only(wanted, paths)
        kinds = [kind for kind, part in zip(KINDS, (cluster, directorate), strict=False) if part]
        return self._ensure(
            [*given, unit],
            [*kinds[: len(given)], self._last_kind(unit, given, cluster, directorate)],
        )

    def _inside(self, cluster: str, unit: str) -> list[str]:
        """Paths of the units of that name in a cluster, whatever their directorate."""
        above = f"{cluster.casefold()}/"
        paths = self._by_name.get(unit.casefold(), [])
        return [path for path in paths if path.casefold().startswith(above)]

    @staticmethod
    def _last_kind(unit: str, given: list[str], cluster: str, directorate: str) -> UnitKind:
        if unit == directorate:
            return UnitKind.DIRECTORATE
        return UnitKind.CLUSTER if unit == cluster and not given else UnitKind.UNIT

    def _by_written_path(self, unit: str, given: list[str]) -> int:
        parts = [part.strip() for part in unit.removeprefix("/").split("/")]
        if not all(parts) or len(parts) > MOST_LEVELS:
            raise BadValue(
                "unit-path",
                _("“{unit}” is no path of a unit. Write cluster/directorate/name.", unit=unit),
            )
        paths = self._paths_ending_in("/" * unit.startswith("/") + "/".join(parts))
        if paths:
            return self._only(unit, paths)
        if given and parts[:-1] != given:
            raise BadValue(
                "unit-slash",
                _(
                    "“{unit}” does not fit what stands under directorate and cluster. Write the "
                    "name without a slash, or the whole path and nothing under those two.",
                    unit=unit,
                ),
            )
        return self._ensure(parts, list(KINDS[-len(parts) :]))

    def _ensure(self, parts: list[str], kinds: list[UnitKind]) -> int:
        """The unit at this path; it and everything above it that is not there is added."""
        above: int | None = None
        for level, name in enumerate(parts):
            path = "/".join(parts[: level + 1])
            unit_id = self._by_path.get(path.casefold())
            if unit_id is None:
                unit_id = temporary_id(len(self.inserts.rows))
                self.inserts.rows.append([name, kinds[level], path, above])
                self._keep(unit_id, path, name)
            above = unit_id
        assert above is not None
        return above


def written(path: str) -> str:
    """A path as one writes it to leave no doubt: with a slash before a unit under no other."""
    return path if "/" in path else f"/{path}"


def _how_bare(place: Place) -> int:
    unit, directorate, cluster = place
    return 3 - unit.count("/") - bool(directorate) - bool(cluster)
