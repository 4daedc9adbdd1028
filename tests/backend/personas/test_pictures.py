"""Pictures of personas: what is accepted, what is kept, who sees them."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

pytestmark = pytest.mark.django_db


def picture(file_format: str, size=(900, 600), colour="red", mode="RGB", **options) -> bytes:
    content = io.BytesIO()
    Image.new(mode, size, colour).save(content, file_format, **options)
    return content.getvalue()


def bomb() -> bytes:
    """A PNG of 200 bytes that says it has 30,000 × 30,000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def persona(make):
    return make.persona()


@pytest.fixture
def upload(client_for, rita, url, persona):
    def put_picture(content: bytes, name: str = "face.png"):
        return client_for(rita).put(
            url(f"personas/{persona.id}/picture"),
            {"picture": SimpleUploadedFile(name, content)},
            format="multipart",
        )

    return put_picture


def stored(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_DIR).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/jpeg"),
        (picture("PNG", mode="RGBA", colour=(1, 2, 3, 0)), "image/png"),
        (picture("WEBP"), "image/jpeg"),
        (picture("GIF", mode="P", colour=1), "image/jpeg"),
        (picture("PNG", size=(1, 900)), "image/jpeg"),
        (picture("JPEG", mode="CMYK", colour=0), "image/jpeg"),
    ],
)
def test_any_usual_picture_becomes_a_small_square(upload, client_for, bob, content, content_type):
    answer = upload(content)
    assert answer.status_code == 200
    shown = client_for(bob).get(answer.json()["picture_url"])
    assert shown.status_code == 200
    assert shown["Content-Type"] == content_type
    assert Image.open(io.BytesIO(shown.content)).size == (512, 512)


def test_where_a_photo_was_taken_is_left_behind(upload, settings):
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    upload(picture("JPEG", exif=exif))
    (file,) = stored(settings)
    assert not Image.open(file).getexif()
    assert b"A camera" not in file.read_bytes()


def test_a_photo_taken_sideways_is_turned(upload, client_for, rita):
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90° to the right
    image = Image.new("RGB", (600, 600), "red")
    image.paste("blue", (0, 0, 300, 600))
    content = io.BytesIO()
    image.save(content, "JPEG", exif=exif, quality=95)
    address = upload(content.getvalue()).json()["picture_url"]
    shown = Image.open(io.BytesIO(client_for(rita).get(address).content))
    top, bottom = shown.getpixel((256, 100)), shown.getpixel((256, 400))
    assert top[2] > 200 > top[0]
    assert bottom[0] > 200 > bottom[2]


@pytest.mark.parametrize(
    "content",
    [
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        picture("PNG")[:200],
        picture("JPEG")[:300],
        picture("BMP"),
        picture("TIFF"),
        bomb(),
    ],
    ids=["text", "svg", "cut png", "cut jpeg", "bmp", "tiff", "bomb"],
)
def test_what_is_no_picture_is_refused_and_nothing_kept(upload, settings, persona, content):
    answer = upload(content)
    assert answer.status_code == 400
    assert "picture" in answer.json()["fields"]
    assert "PNG" in answer.json()["remedy"]
    assert stored(settings) == []
    persona.refresh_from_db()
    assert persona.picture_path == ""


def test_a_huge_form_is_refused_unread(client_for, rita, url, persona):
    answer = client_for(rita).put(
        url(f"personas/{persona.id}/picture"),
        data=b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(10**9),
    )
    assert answer.status_code == 400
    assert "15 MB" in answer.json()["message"]


def test_a_new_picture_has_a_new_address_and_the_old_file_goes(
    upload, settings, django_capture_on_commit_callbacks
):
    first = upload(picture("PNG")).json()["picture_url"]
    with django_capture_on_commit_callbacks(execute=True):
        second = upload(picture("PNG", colour="blue")).json()["picture_url"]
    assert first != second
    assert len(stored(settings)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert upload(picture("PNG", colour="blue")).json()["picture_url"] == second
    assert len(stored(settings)) == 1


def test_unchanged_pictures_are_not_sent_again(upload, client_for, bob):
    address = upload(picture("PNG")).json()["picture_url"]
    shown = client_for(bob).get(address)
    again = client_for(bob).get(address, HTTP_IF_NONE_MATCH=shown["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert shown["Cache-Control"] == "private, no-cache"


def test_an_image_element_may_ask_for_images_only(upload, client_for, bob):
    address = upload(picture("PNG")).json()["picture_url"]
    assert client_for(bob).get(address, HTTP_ACCEPT="image/webp,image/*").status_code == 200


def test_without_picture_there_is_nothing(client_for, rita, url, persona):
    assert client_for(rita).get(url(f"personas/{persona.id}/picture")).status_code == 404
    assert client_for(rita).get(url(f"personas/{persona.id}")).json()["picture_url"] is None


def test_strangers_and_onlookers_change_nothing(upload, client_for, charlie, bob, url, persona):
    address = upload(picture("PNG")).json()["picture_url"]
    assert client_for(charlie).get(address).status_code == 404
    body = {"picture": SimpleUploadedFile("x.png", picture("PNG"))}
    for user, status in ((charlie, 404), (bob, 403)):
        answer = client_for(user).put(address, body, format="multipart")
        assert answer.status_code == status
