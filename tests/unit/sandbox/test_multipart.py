"""File names in the ways that five client libraries write them."""

from __future__ import annotations

import pytest

from bot.sandbox.multipart import disposition


@pytest.mark.parametrize(
    ("header", "filename"),
    [
        ('form-data; name="document"; filename="a b.txt"', "a b.txt"),
        ("form-data; name=document; filename=a.txt", "a.txt"),
        ('form-data; name="document"; filename=ğ.txt', "ğ.txt"),
        ('form-data;name="document";filename=ğış (1).txt', "ğış (1).txt"),
        ('form-data; name="document"; filename="a\\"b;c.txt"', 'a"b;c.txt'),
        (
            'form-data; name="document"; filename="%C4%9F.txt"; filename*=utf-8\'\'%C4%9F.txt',
            "ğ.txt",
        ),
    ],
)
def test_disposition__of_any_client__gives_name_and_filename(header: str, filename: str) -> None:
    assert disposition(header) == {"name": "document", "filename": filename}


def test_disposition__of_a_plain_field__has_no_filename() -> None:
    assert disposition('form-data; name="chat_id"') == {"name": "chat_id"}
