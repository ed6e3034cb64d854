"""Where updates come in and replies go out: the only aiogram."""
