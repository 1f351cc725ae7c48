"""Reader of an image from standard input, in a separate process: writes it as PNG of at most 256 pixels.

Imports nothing of Leadgate, and always runs with limits. Writes nothing for what is no image of the kinds
that it reads, has too many pixels, or is damaged. What the image carries besides its pixels, such as a place
or a script, is lost.
"""

import resource
import sys
import warnings
from io import BytesIO

from PIL import Image, UnidentifiedImageError

MEMORY = 384 * 1024 * 1024
CPU_SECONDS = 2
MOST_PIXELS = 16_000_000
SIDE = 256
KINDS = ("PNG", "JPEG", "GIF", "WEBP", "ICO")


def limit_process() -> None:
    """Limit this process, so that the worst image ends it and nothing else."""
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))


def small_png(content: bytes) -> bytes:
    """Return an image as a small PNG, nothing if that is not possible."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(content), formats=KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                return b""
            image.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded at a fraction of its size
            image.load()
            small = image.convert("RGBA")
    except (
        UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError,
        ValueError, SyntaxError, IndexError, MemoryError, EOFError,
    ):  # fmt: skip
        return b""
    small.thumbnail((SIDE, SIDE))
    small.info.clear()
    written = BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()


def main() -> None:
    """Read and write."""
    limit_process()
    sys.stdout.buffer.write(small_png(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
