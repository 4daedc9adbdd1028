"""Pictures of personas: what is accepted, what is kept."""

import hashlib
import io
import warnings
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from backend.common.errors import InvalidInputError

SIDE_PIXELS = 512
MAXIMUM_BYTES = 15 * 1024**2
MAXIMUM_PIXELS = 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
CONTENT_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}


def refuse_large_body(content_length: str | None) -> None:
    """Raise InvalidInputError before a form that is larger than any picture is read."""
    if content_length and int(content_length) > MAXIMUM_BYTES + 100_000:
        raise _too_large()


def make_square(file: IO[bytes]) -> tuple[bytes, str]:
    """Draw an uploaded picture anew as a square of 512 pixels; returns its bytes and suffix.

    Drawing it anew leaves behind whatever else the file held, such as where a photo was taken.
    Raises InvalidInputError.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _draw(file)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,  # Pillow raises it for broken PNG files.
        ValueError,
    ) as error:
        raise _refuse("This file is not a picture that can be read.") from error


def _draw(file: IO[bytes]) -> tuple[bytes, str]:
    content = file.read(MAXIMUM_BYTES + 1)
    if len(content) > MAXIMUM_BYTES:
        raise _too_large()
    Image.open(io.BytesIO(content), formats=FORMATS).verify()
    image: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
    # The header tells the size before any pixel is decoded.
    if image.width * image.height > MAXIMUM_PIXELS:
        raise _refuse(f"This picture has more than {MAXIMUM_PIXELS // 1_000_000} million pixels.")
    is_see_through = image.has_transparency_data
    image = ImageOps.exif_transpose(image).convert("RGBA" if is_see_through else "RGB")
    square = ImageOps.fit(image, (SIDE_PIXELS, SIDE_PIXELS), Image.Resampling.LANCZOS)
    drawn = io.BytesIO()
    if is_see_through:
        square.save(drawn, "PNG", optimize=True)
        return drawn.getvalue(), ".png"
    square.save(drawn, "JPEG", quality=88, optimize=True)
    return drawn.getvalue(), ".jpg"


def _too_large() -> InvalidInputError:
    return _refuse(f"This picture is larger than {MAXIMUM_BYTES // 1024**2} MB.")


def _refuse(message: str) -> InvalidInputError:
    return InvalidInputError(
        message,
        remedy="Choose a JPEG, PNG, WebP or GIF picture of up to 15 MB.",
        fields={"picture": [message]},
    )


def store_picture(content: bytes, suffix: str, *, workspace_id: UUID, persona_id: UUID) -> str:
    """Write a picture to its place; returns its path relative to the media folder.

    The name holds a fingerprint of the content: a path never changes what it shows.
    """
    fingerprint = hashlib.sha256(content).hexdigest()[:16]
    path = f"{workspace_id}/personas/{persona_id}-{fingerprint}{suffix}"
    file = Path(settings.MEDIA_DIR) / path
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.part")
    unfinished.write_bytes(content)
    unfinished.replace(file)
    return path


def read_picture(path: str) -> bytes | None:
    """The content of a stored picture; None if the file is gone."""
    try:
        return (Path(settings.MEDIA_DIR) / path).read_bytes()
    except FileNotFoundError:
        return None


def remove_picture(path: str) -> None:
    """Delete a stored picture that nothing shows any more."""
    (Path(settings.MEDIA_DIR) / path).unlink(missing_ok=True)


def fingerprint_of(path: str) -> str:
    """The fingerprint in a stored picture's name."""
    return Path(path).stem.rpartition("-")[2]
