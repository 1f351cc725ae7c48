"""Images of the world: logos, and images that are not what they say."""

import struct
import zlib
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

HUGE_SIDE = 30_000  # pixels: 2.7 GB when it is decoded


@cache
def logo(red: int, green: int, blue: int) -> bytes:
    """Return a round logo in one colour, as PNG."""
    image = Image.new("RGBA", (320, 320), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((20, 20, 300, 300), fill=(red, green, blue, 255))
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


@cache
def huge_image() -> bytes:
    """Return a PNG of a few hundred bytes with 900 million pixels."""
    head = struct.pack(">IIBBBBB", HUGE_SIDE, HUGE_SIDE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


VECTOR = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
