"""The people of the administration: directory, roster, linking to chats, access."""
