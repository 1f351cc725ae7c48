"""How much a browser loads, compressed: for the first screen, and for another one."""

import gzip
import re
from pathlib import Path

from clients.console.serving import BUILT

# Vite lists what each file that is loaded later needs: `import(`./Leads-….js`),__vite__mapDeps([3,1,4])`.
_LISTED = re.compile(r"m\.f=\[(.*?)\]")
_LATER = re.compile(r"import\(`\./([\w-]+\.js)`\),__vite__mapDeps\(\[([\d,]*)\]\)")
_LINKED = re.compile(r'(?:src|href)="\./assets/([\w-]+\.(?:js|css))"')


def compressed(path: Path) -> int:
    """Return the bytes of a file as it is sent."""
    return len(gzip.compress(path.read_bytes(), 9))


def first_files() -> set[str]:
    """Return the files that the page loads before anybody has signed in."""
    return set(_LINKED.findall((BUILT / "index.html").read_text(encoding="utf-8")))


def first_load() -> int:
    """Return the bytes of the page and of all files that it loads."""
    return compressed(BUILT / "index.html") + _together(first_files())


def screens() -> dict[str, int]:
    """Return the bytes that each screen adds to the first load, if no other screen was opened before."""
    first = first_files()
    found: dict[str, int] = {}
    for path in (BUILT / "assets").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        listed = [
            name.strip('"').removeprefix("./") for part in _LISTED.findall(text) for name in part.split(",")
        ]
        for name, numbers in _LATER.findall(text):
            needed = {listed[int(number)] for number in numbers.split(",") if number}
            found[name] = _together(({name} | needed) - first)
    return found


def _together(names: set[str]) -> int:
    return sum(compressed(BUILT / "assets" / name) for name in names)
