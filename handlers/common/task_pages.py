"""Tasks that are opened in a way of their own, such as tests: a registry by stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot.context import Ctx
from bot.evaluation.assignments import TaskCard
from bot.evaluation.stages import Stage
from bot.screens import Reply

TaskPage: TypeAlias = Callable[[Ctx, TaskCard], Reply]
PAGES: dict[str, TaskPage] = {}


def opens(*stages: Stage) -> Callable[[TaskPage], TaskPage]:
    """Register what is shown instead of the usual first page of a task; refuses a second one."""

    def keep(page: TaskPage) -> TaskPage:
        for stage in stages:
            if stage.name in PAGES:
                raise ValueError(f"tasks of stage {stage.name} are opened in two ways")
            PAGES[stage.name] = page
        return page

    return keep
