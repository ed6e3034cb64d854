"""The scenes of needs and the plan: a survey of three hundred, a plan, a class; an outline.

All officers of the demonstration answer by themselves, three of them by hand.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

from bot.sandbox.demo.needs import WISHES
from scripts.camera import Camera
from scripts.pictured_play import Play

TEAM = "supervisor"
BY_HAND = ("officer", "officer_urdu", "supervisor")
PICTURED = {"officer": "khmer", "officer_urdu": "urdu"}
WISH = "Rules of origin for textiles"
EVERYBODY, PAUSE, PATIENCE = 250, 5.0, 1800.0
"""So many have answered before the survey is closed, looked for every few seconds."""
COMPETENCIES_RATED, LEVELS, UNKNOWN = 6, 3, "?"
OFFICE, COLLEAGUE = "Poipet", 8
"""Where the supervisor's people are, and the place in its list of somebody who joins a class."""
RATED_OFFICES = ("Lautoka", "Bavet", "Suva Port")
RESPONSE = re.compile(r"^All questionnaires: (\d+) of", re.MULTILINE)
DECIDED = 3


def surveying(play: Play, camera: Camera, _files: Path) -> None:
    """Everybody links; the survey is planned and opened; three answer by hand."""
    for who in (_colleague(play), *_heads(play)):
        play.add(who)
        play.join(who)
    play.join_all([words for words, _topic in WISHES])
    play.open("unit", "/menu", "menu:plan", "nrounds", "nrplan")
    play.type("unit", play.date_in(1), play.date_in(22))
    play.press("unit", "f:", ":submit")
    play.press("unit", "nround:")
    camera.phone("unit", "survey-planned")
    for _time in range(2):
        play.press("unit", "nropen:")
    play.days(1)  # wherever it is night now, it has been day
    play.open_until("officer", "/tasks", "t:")
    camera.phone("officer", "survey-asked-khmer")
    for who in (*BY_HAND, _colleague(play)):
        _answer(play, camera, who)


def answered(play: Play, camera: Camera, _files: Path) -> None:
    """The supervisor rates the team; the unit watches the response, and closes the survey."""
    play.open(TEAM, "/menu", "rate")
    camera.phone(TEAM, "rate-my-people")
    for number, who in enumerate((TEAM, *_heads(play))):
        for place in range(COMPETENCIES_RATED):
            play.open(who, "/menu", "rate", "ratecs")
            play.press_nth(who, "ratec:", place)
            _rate_page(play, who, number + place)
            if who == TEAM and not place:
                camera.phone(TEAM, "rate-competency")
    _until_answered(play, EVERYBODY)
    camera.phone("unit", "survey-response")
    play.press("unit", "nroffices:")
    camera.phone("unit", "survey-offices")
    _open_survey(play)
    had = play.files("unit")
    play.press("unit", "nrrep:")
    play.wait_for_files("unit", had + 2)
    _open_survey(play)
    for _time in range(2):
        play.press("unit", "nrclose:")


def analysed(play: Play, camera: Camera, _files: Path) -> None:
    """Gaps, wishes put to topics many at once, the ranking, the first topics decided."""
    play.open("unit", "/menu", "menu:plan", "needan")
    play.press("unit", "gaps:", ":unit")
    had = play.files("unit")
    play.press("unit", "gapsrep:")
    play.wait_for_files("unit", had + 2)
    camera.phone("unit", "gaps")
    play.open("unit", "/menu", "menu:plan", "needan", "wishes:")
    camera.phone("unit", "wishes")
    play.press("unit", "wishall:")
    while play.offers("unit", "wishbat:"):
        play.press("unit", "wishbat:")
        play.press("unit", "wishyes:")
    play.open("unit", "/menu", "menu:plan", "needan", "rank:")
    camera.phone("unit", "priorities")
    for place in range(DECIDED):
        play.open("unit", "/menu", "menu:plan", "needan", "rank:")
        play.press_nth("unit", "rank1:", place)
        if place == 0:
            camera.phone("unit", "priority-formula")
        play.press("unit", "rankway:")
        play.press_nth("unit", "q:", 0)
        play.press_nth("unit", "q:", 0)
        play.press("unit", "f:", ":skip")
        play.press("unit", "f:", ":submit")


def planned(play: Play, camera: Camera, _files: Path) -> None:
    """The plan is drafted, returned by the Director-General, submitted again and approved."""
    play.open("unit", "/menu", "menu:plan", "plans", "plannew:", "planlast:")
    play.press("unit", "planneeds:")
    camera.phone("unit", "plan-draft")
    play.press("unit", "planrooms:")
    camera.phone("unit", "plan-rooms")
    _submit(play)
    play.open("director", "/menu", "menu:plan", "plandecide", "pland:")
    camera.phone("director", "plan-to-approve")
    play.press("director", "plandno:")
    play.type("director", "Hold the valuation course twice, before the season.")
    play.press("director", "f:", ":submit")
    _submit(play)
    play.open("director", "/menu", "menu:plan", "plandecide", "pland:", "plandask:")
    play.press("director", "plandyes:")
    _open_plan(play, "planlife:", "planpub:", "planpubyes:")


def held(play: Play, camera: Camera, _files: Path) -> None:
    """Officers read the plan; a cohort becomes a class, and people get places in it."""
    for who, language in (("officer", "khmer"), ("officer_urdu", "urdu")):
        play.open(who, "/menu", "planread")
        play.press_nth(who, "planr:", 0)
        camera.phone(who, f"plan-officer-{language}")
    _open_plan(play, "planlife:", "plancohs:")
    play.press_nth("unit", "plancoh:", 1)
    play.press("unit", "plancls:")
    camera.phone("unit", "plan-class")
    number, code = _made_class(play)
    for who in ("officer", _colleague(play)):
        _enrol(play, who, number, code)
    play.open("unit", "/classes")
    play.open("unit", code, f"class:{number}", "members:")
    camera.phone("unit", "plan-class-members")
    _open_plan(play, "planlife:", "planpapers:")
    had = play.files("unit")
    play.press("unit", "planrep:", ":plan_calendar")
    play.wait_for_files("unit", had + 1)
    camera.phone("unit", "plan-calendar")


def outlined(play: Play, camera: Camera, _files: Path) -> None:
    """The outline of a course is begun, with what the catalogue says."""
    play.open("unit", "/menu", "menu:plan", "outs", "outnew")
    play.open("unit", "VAL")
    play.press("unit", "q:")
    play.press("unit", "f:", ":submit")
    play.press("unit", "outl:")
    camera.phone("unit", "outline")


def _heads(play: Play) -> list[str]:
    """Who leads the other offices whose people are rated."""
    return [play.office(name)[0] for name in RATED_OFFICES]


def _answer(play: Play, camera: Camera, who: str) -> None:
    """Begin the questionnaire, rate oneself, write a wish."""
    play.open_until(who, "/tasks", "t:")
    play.press(who, "t:")
    play.press(who, "tb:")
    if who in PICTURED:
        camera.phone(who, f"survey-question-{PICTURED[who]}")
    while play.offers(who, "q:"):
        play.press_nth(who, "q:", 2)
    play.type(who, WISH)
    play.answer_rest(who)
    play.press(who, "f:", ":submit")


def _enrol(play: Play, who: str, number: str, code: str) -> None:
    """Somebody finds a class by its code and asks for a place; the supervisor approves."""
    play.open(who, "/courses")
    play.open(who, code, f"c:{number}", f"c:{number}:ask", f"c:{number}:yes")
    had = play.files(who)
    play.open_until(TEAM, "/approvals", "ap:")
    play.press_nth(TEAM, "ap:", 0)
    if play.offers(TEAM, "ap:"):
        play.press(TEAM, "ap:", ":yes")
    play.wait_for_files(who, had + 1)


def _made_class(play: Play) -> tuple[str, str]:
    """The number and the code of the class on the unit's newest page."""
    shown = play.phone("unit")["messages"][-1]["rows"]
    button = next(one for row in shown for one in row if one["data"].startswith("class:"))
    return button["data"].partition(":")[2], button["text"].split()[-1]


def _colleague(play: Play) -> str:
    return play.office(OFFICE)[COLLEAGUE]


def _rate_page(play: Play, who: str, shift: int) -> None:
    """A level beside every name of the page, of which each press makes a new one."""
    for place in range(_names(play, who)):
        level = 1 + (place * place + shift) % LEVELS
        play.press(who, _levels(play, who)[place][level]["data"])


def _names(play: Play, who: str) -> int:
    return len(_levels(play, who))


def _levels(play: Play, who: str) -> list[list[dict[str, str]]]:
    """The rows of levels on the newest page, “?” first."""
    rows = next(one["rows"] for one in reversed(play.phone(who)["messages"]) if one["rows"])
    return [row for row in rows if UNKNOWN in row[0]["text"]]


def _until_answered(play: Play, count: int) -> None:
    """Look at the page of the survey until so many questionnaires are in."""
    end = time.monotonic() + PATIENCE
    while True:
        _open_survey(play)
        found = RESPONSE.search(play.phone("unit")["messages"][-1]["text"] or "")
        if found is not None and int(found[1]) >= count:
            return
        if time.monotonic() > end:
            raise TimeoutError(f"fewer than {count} have answered")
        time.sleep(PAUSE)


def _submit(play: Play) -> None:
    _open_plan(play, "planlife:", "plansub:", "plansubyes:")


def _open_survey(play: Play) -> None:
    """The newest survey on the unit's phone."""
    play.open("unit", "/menu", "menu:plan", "nrounds")
    play.press_nth("unit", "nround:", 0)


def _open_plan(play: Play, *starts: str) -> None:
    """The newest plan on the unit's phone, and one button after another from there."""
    play.open("unit", "/menu", "menu:plan", "plans")
    play.press_nth("unit", "plano:", 0)
    for start in starts:
        play.press("unit", start)
