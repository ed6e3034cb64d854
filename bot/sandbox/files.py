"""Files that were sent, either way: bytes on disk, ids, and what Telegram refuses of them."""

from __future__ import annotations

import io
import mimetypes
import secrets
from pathlib import Path, PurePosixPath
from typing import Any

from PIL import Image, UnidentifiedImageError

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.records import Json, StoredFile
from bot.sandbox.request import Upload
from bot.sandbox.store import Store

MEGABYTE = 1024 * 1024
LARGEST_PHOTO = 10 * MEGABYTE
LARGEST_UPLOAD = 50 * MEGABYTE
LARGEST_DOWNLOAD = 20 * MEGABYTE
LARGEST_SIDES = 10_000
LARGEST_RATIO = 20
VOICE_TYPE = "audio/ogg"
SOUND_SECONDS = 5
"""Every sound is taken to last so long; nobody here listens to it."""


class Files:
    """All files, by file_id; bytes under `<directory>/telegram-files`."""

    def __init__(self, store: Store, directory: Path) -> None:
        self._store = store
        self._directory = directory / "telegram-files"
        self._directory.mkdir(parents=True, exist_ok=True)
        rows = [StoredFile.from_json(row) for row in store.bodies("file")]
        self._by_id = {file.file_id: file for file in rows}

    def keep_document(self, upload: Upload) -> StoredFile:
        """Refuses an empty file and one over 50 MB."""
        _check_upload(upload)
        mime_type = upload.mime_type
        if mime_type in ("", "application/octet-stream"):
            mime_type = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
        return self._keep(upload, "documents", mime_type)

    def keep_photo(self, upload: Upload) -> StoredFile:
        """Refuses what is no picture, is over 10 MB, or has impossible sides."""
        _check_upload(upload)
        size = len(upload.content)
        if size > LARGEST_PHOTO:
            raise bad_request(
                f"file of size {size} bytes is too big for a photo; "
                f"the maximum size is {LARGEST_PHOTO} bytes"
            )
        width, height, mime_type = _picture(upload.content)
        long, short = max(width, height), min(width, height)
        if long + short > LARGEST_SIDES or long > LARGEST_RATIO * short:
            raise bad_request("PHOTO_INVALID_DIMENSIONS", f"{width} x {height} pixels")
        return self._keep(upload, "photos", mime_type, width, height)

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at_path(self, path: str) -> StoredFile | None:
        return next((file for file in self._by_id.values() if file.path == path), None)

    def content_path(self, file: StoredFile) -> Path:
        return self._directory / file.unique_id

    def _keep(
        self, upload: Upload, folder: str, mime_type: str, width: int = 0, height: int = 0
    ) -> StoredFile:
        number = len(self._by_id)
        suffix = PurePosixPath(upload.name).suffix or mimetypes.guess_extension(mime_type) or ""
        file = StoredFile(
            file_id=f"BQACAgIAAxkDAAI{secrets.token_urlsafe(24)}",
            unique_id=f"AgAD{secrets.token_hex(8)}",
            path=f"{folder}/file_{number}{suffix if suffix.isascii() else ''}",
            name=upload.name,
            mime_type=mime_type,
            size=len(upload.content),
            width=width,
            height=height,
        )
        self.content_path(file).write_bytes(upload.content)
        self._by_id[file.file_id] = file
        self._store.put("file", file.file_id, file.to_json())
        return file


def file_content(file: StoredFile) -> Json:
    """The Bot API fields of a message that carries `file`."""
    if file.is_photo:
        size = {**_identity(file), "width": file.width, "height": file.height}
        return {"photo": [size]}
    return {"document": {**_identity(file), "file_name": file.name, "mime_type": file.mime_type}}


def sent_by_phone(file: StoredFile) -> Json:
    """As `file_content`; a sound arrives as a voice message, or as music where it is no Ogg."""
    if not file.mime_type.startswith("audio/"):
        return file_content(file)
    sound = {**_identity(file), "duration": SOUND_SECONDS, "mime_type": file.mime_type}
    if file.mime_type == VOICE_TYPE:
        return {"voice": sound}
    return {"audio": {**sound, "file_name": file.name}}


def file_object(file: StoredFile) -> Json:
    """What getFile answers; refuses a file over 20 MB."""
    if file.size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big", f"{file.size} bytes, 20 MB can be downloaded")
    return {**_identity(file), "file_path": file.path}


def _identity(file: StoredFile) -> dict[str, Any]:
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}


def _check_upload(upload: Upload) -> None:
    if not upload.content:
        raise bad_request("file must be non-empty", f"{upload.name} has no bytes")
    if len(upload.content) > LARGEST_UPLOAD:
        raise ApiError(413, problem=f"{upload.name} is over 50 MB")


def _picture(content: bytes) -> tuple[int, int, str]:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            kind = Image.MIME.get(picture.format or "", "image/jpeg")
            return picture.width, picture.height, kind
    except (UnidentifiedImageError, OSError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED", "the bytes are no picture") from error
