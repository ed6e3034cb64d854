"""Texts: HTML as Telegram reads it, entities in UTF-16 units, lengths in characters."""

from __future__ import annotations

import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.html_text import parse_html
from bot.sandbox.rich_text import RichText, utf16_slice, with_detected
from bot.sandbox.text_rules import caption_text, message_text


def html(source: str) -> RichText:
    return message_text({"text": source, "parse_mode": "HTML"})


def kinds(rich: RichText) -> list[tuple[str, str]]:
    return [(e["type"], utf16_slice(rich.text, e["offset"], e["length"])) for e in rich.entities]


def test_html__nested_tags_and_references__become_entities() -> None:
    rich = html("<b>Tom &amp; <i>Ann</i></b> &lt;3 <a href='http://x.org/?a=1&amp;b=2'>here</a>")
    assert rich.text == "Tom & Ann <3 here"
    assert kinds(rich) == [("bold", "Tom & Ann"), ("italic", "Ann"), ("text_link", "here")]
    assert rich.entities[2]["url"] == "http://x.org/?a=1&b=2"


def test_html__after_a_character_outside_the_plane__counts_two_units() -> None:
    rich = html("😀<b>x</b>")
    assert rich.entities == ({"type": "bold", "offset": 2, "length": 1},)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("សូម<h1>", 'Unsupported start tag "h1" at byte offset 9'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_html__that_cannot_be_parsed__is_refused_in_telegrams_words(
    source: str, words: str
) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {words}"


def test_text__white_space_around__is_cut_and_entities_move_along() -> None:
    rich = html("  \n<b> bold </b> \n")
    assert rich.text == "bold"
    assert kinds(rich) == [("bold", "bold")]


def test_text__exactly_the_longest_after_parsing__is_taken() -> None:
    assert len(html(f"<b>{'ក' * 4096}</b>").text) == 4096


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": " \n "}, "Bad Request: message text is empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "Bad Request: message text is empty"),
        ({"text": "x", "parse_mode": "BBCode"}, "Bad Request: unsupported parse_mode"),
    ],
)
def test_text__against_the_rules__is_refused(params: dict[str, str], words: str) -> None:
    with pytest.raises(ApiError) as caught:
        message_text(params)
    assert caught.value.description == words


def test_caption__over_1024__is_refused() -> None:
    with pytest.raises(ApiError, match="message caption is too long"):
        caption_text({"caption": "x" * 1025})


def test_entities__beyond_the_text__are_refused() -> None:
    entity = {"type": "bold", "offset": 1, "length": 3}
    with pytest.raises(ApiError, match="entity beyond the text"):
        message_text({"text": "abc", "entities": [entity]})


def test_detection__in_what_a_person_writes__finds_each_kind() -> None:
    rich = with_detected(RichText("/start@my_bot abc, see https://a.gov.kh/x. @thida #hs2026 a/b"))
    assert kinds(rich) == [
        ("bot_command", "/start@my_bot"),
        ("url", "https://a.gov.kh/x"),
        ("mention", "@thida"),
        ("hashtag", "#hs2026"),
    ]


@pytest.mark.parametrize("words", ["and/or", "12/2026", "a@b", "#12", "www"])
def test_detection__in_plain_words__finds_nothing(words: str) -> None:
    assert with_detected(RichText(words)).entities == ()


def test_detection__inside_a_link_or_code__finds_nothing() -> None:
    assert kinds(html("<code>/start</code>")) == [("code", "/start")]
