        {"update_id": 1},
    ],
    ids=["group", "nothing"],
)  # fmt: skip
def test_update__that_is_not_for_us__is_no_event(raw: dict[str, Any]) -> None:
    assert to_event(raw) is None


def test_update__that_cannot_be_read__is_refused() -> None:
    with pytest.raises(ValidationError):
        to_event(message(chat="none"))
