"""The yearly report to the region in the layout of annex 2-2, with its figures filled in."""

from __future__ import annotations

from collections.abc import Iterator

from bot.context import Ctx
from bot.evaluation.stages import STAGES
from bot.i18n import Percent, Text, Words, _, _n
from bot.long_text import in_screens
from bot.models.needs import Way
from bot.needs.decisions import WAY_WORDS
from bot.people.access_table import Action
from bot.planning import region_year
from bot.planning.region_year import RegionYear, Share, Survey, Year
from bot.reports import papers
from bot.reports.papers import Block, Column, Paper
from bot.reports.registry import MadeFile, Params, Report, register
from bot.screens import Screen

TITLE = _("Yearly report to the region")
NONE_YET, TOO_FEW = _("none so far"), _("too few to show")


def read(ctx: Ctx, params: Params) -> RegionYear:
    """The figures of the year of `params["plan"]`; refuses who may not read all of that plan."""
    return region_year.read(ctx, int(params["plan"]))


def screens(data: RegionYear) -> tuple[Screen, ...]:
    """The whole text, heading by heading."""
    lines: list[Words] = []
    for block in _blocks(data):
        lines += ["", block.title, *(_("• {line}", line=line) for line in block.lines)]
    return in_screens(_title(data), [*_facts(data), *lines])


def files(data: RegionYear, language: str) -> tuple[MadeFile, ...]:
    """The paper, with the figures of both years in a table at its end."""
    paper = Paper(
        title=_title(data),
        facts=tuple(_facts(data)),
        blocks=(*_blocks(data), _table(data)),
        signed=(_("For the training unit"), _("Director-General")),
        languages=papers.languages_for(data.local, language),
    )
    name = f"region-{data.now.label.replace('/', '-')}.pdf"
    return (MadeFile(name, "application/pdf", papers.pdf(paper)),)


def _title(data: RegionYear) -> Text:
    return _("Training management, {year}: report to the region", year=data.now.label)


def _facts(data: RegionYear) -> list[Words]:
    return [_("From {first} to {last}", first=data.first, last=data.last)]


def _blocks(data: RegionYear) -> Iterator[Block]:
    """The headings of the annex in their order."""
    yield Block(_("Use of the learning platform"), tuple(_platform(data)))
    yield Block(_("Identification of training needs"), tuple(_needs(data)))
    yield Block(_("Annual training plan"), tuple(_plan(data)))
    yield Block(_("Designing the training courses"), tuple(_courses(data.now)))
    yield Block(_("The trainer"), tuple(_trainers(data)))
    yield Block(_("Evaluation"), tuple(_evaluation(data.now)))
    yield Block(_("Gender equality"), tuple(_gender(data)))


def _platform(data: RegionYear) -> Iterator[Words]:
    yield _("Officers who use the training desk: {share}.", share=_of(data.linked))
    for year in (data.before, data.now):
        yield _n(
            "{year}: {people} took part in training, {count} place in all.",
            "{year}: {people} took part in training, {count} places in all.",
            year.trainees,
            year=year.label,
            people=_n("{count} person", "{count} people", year.people),
        )


def _needs(data: RegionYear) -> Iterator[Words]:
    """The surveys of both years: the plan came from the first of them."""
    held = [year.survey for year in (data.before, data.now) if year.survey is not None]
    if not held:
        yield _("No survey of needs was held in these years.")
    for survey in held:
        yield from _survey(survey)


def _survey(survey: Survey) -> Iterator[Words]:
    yield _(
        "A survey of training needs was held from {first} to {last}.",
        first=survey.opens_on,
        last=survey.closes_on,
    )
    for stage, answered in survey.answered.items():
        title: Words = STAGES[stage].title if stage in STAGES else stage
        yield _("“{form}” was answered by {share}.", form=title, share=_of(answered))
    yield _n(
        "{count} meeting with the heads of a cluster was recorded.",
        "{count} meetings with the heads of clusters were recorded.",
        survey.meetings,
    )
    yield _n("{count} need was told.", "{count} needs were told.", survey.needs)
    yield from _ways(survey)


def _ways(survey: Survey) -> Iterator[Words]:
    for way in Way:
        if way in survey.ways:
            yield _n(
                "{way}: {count} topic",
                "{way}: {count} topics",
                survey.ways[way],
                way=WAY_WORDS[way],
            )


def _plan(data: RegionYear) -> Iterator[Words]:
    for year in (data.before, data.now):
        yield _n(
            "{year}: the plan has {lines}; {count} of them is new.",
            "{year}: the plan has {lines}; {count} of them are new.",
            year.new,
            year=year.label,
            lines=_n("{count} line", "{count} lines", year.lines),
        )
        yield _n(
            "{year}: {courses} held in {count} class.",
            "{year}: {courses} held in {count} classes.",
            year.classes,
            year=year.label,
            courses=_n("{count} course", "{count} courses", year.courses),
        )
    yield _n(
        "{count} line was added during the year.",
        "{count} lines were added during the year.",
        data.now.unscheduled,
    )


def _courses(year: Year) -> Iterator[Words]:
    yield _n(
        "{count} course outline was approved, with the part on integrity that each must have.",
        "{count} course outlines were approved, with the part on integrity that each must have.",
        year.outlines,
    )
    yield _n(
        "{count} class of the basic course for recruits was held.",
        "{count} classes of the basic course for recruits were held.",
        year.induction,
    )


def _trainers(data: RegionYear) -> Iterator[Words]:
    yield _n("The pool has {count} trainer.", "The pool has {count} trainers.", data.pool)
    yield _n(
        "{count} of them led a class in the year.",
        "{count} of them led classes in the year.",
        data.now.trainers,
    )
    yield _n(
        "Trainers told {count} need of their own.",
        "Trainers told {count} needs of their own.",
        data.now.trainer_needs,
    )


def _evaluation(year: Year) -> Iterator[Words]:
    yield _("Classes evaluated by their trainees: {share}.", share=_of(year.evaluated))
    yield _("Questionnaires answered: {share}.", share=_of(year.response))


def _gender(data: RegionYear) -> Iterator[Words]:
    yield _("Women among officers: {share}.", share=_of(data.women, TOO_FEW))
    for year in (data.before, data.now):
        yield _(
            "Women among those trained in {year}: {share}.",
            year=year.label,
            share=_of(year.women, TOO_FEW),
        )


def _table(data: RegionYear) -> Block:
    measures: tuple[tuple[Words, str], ...] = (
        (_("Courses held"), "courses"),
        (_("Classes held"), "classes"),
        (_("Places taken"), "trainees"),
        (_("People trained"), "people"),
        (_("Lines of the plan"), "lines"),
        (_("New lines"), "new"),
        (_("Course outlines approved"), "outlines"),
    )
    return Block(
        title=_("Figures"),
        columns=(
            Column(_("Figure"), 4),
            Column(data.before.label, number=True),
            Column(data.now.label, number=True),
        ),
        rows=[
            (words, getattr(data.before, name), getattr(data.now, name))
            for words, name in measures
        ],
    )


def _of(share: Share, without: Words = NONE_YET) -> Words:
    """“12 of 40 (30%)”; `without` where there is nothing to take a share of."""
    if share.share is None:
        return without
    return _(
        "{part} of {whole} ({share})",
        part=share.part,
        whole=share.whole,
        share=Percent(share.share),
    )


REGION_YEAR = register(Report("region_year", TITLE, Action.READ_PLAN, read, screens, files))
