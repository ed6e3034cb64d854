"""A mypy plugin: `Person.name` in a query is a column, `person.name` on a row is a value.

SQLModel declares both with one annotation and mypy sees the value's type in either place.
With this plugin queries need neither casts nor silenced errors. A row's `id`, declared as
optional because the database gives it, is an int wherever it is read: services flush first.
"""

from __future__ import annotations

from collections.abc import Callable

from mypy.nodes import TypeInfo, Var
from mypy.plugin import AttributeContext, Plugin
from mypy.typeops import make_simplified_union
from mypy.types import Instance, NoneType, Type, UnionType, get_proper_type

TABLE = "sqlmodel.main.SQLModel"
COLUMN = "sqlalchemy.orm.attributes.InstrumentedAttribute"


class ColumnTypes(Plugin):
    def get_class_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        """The hook for a field of a table, None for everything else."""
        return self._as_column if self._is_field(fullname) else None

    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        """The hook for the id of a row, None for everything else."""
        is_id = fullname.endswith(".id") and self._is_field(fullname)
        return _without_none if is_id else None

    def _is_field(self, fullname: str) -> bool:
        owner, _, name = fullname.rpartition(".")
        table = self._class(owner)
        if table is None or name.startswith("_") or not table.has_base(TABLE):
            return False
        found = table.get(name)
        return found is not None and isinstance(found.node, Var) and not found.node.is_classvar

    def _as_column(self, context: AttributeContext) -> Type:
        column = self._class(COLUMN)
        if column is None:
            return context.default_attr_type
        return Instance(column, [context.default_attr_type])

    def _class(self, fullname: str) -> TypeInfo | None:
        found = self.lookup_fully_qualified(fullname)
        return found.node if found and isinstance(found.node, TypeInfo) else None


def _without_none(context: AttributeContext) -> Type:
    declared = get_proper_type(context.default_attr_type)
    if not isinstance(declared, UnionType):
        return declared
    return make_simplified_union(
        [item for item in declared.items if not isinstance(get_proper_type(item), NoneType)]
    )


def plugin(version: str) -> type[Plugin]:
    """What mypy calls first, with its version."""
    return ColumnTypes
