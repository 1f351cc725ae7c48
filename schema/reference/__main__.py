"""Writes the reference to build/docs: `python -m schema.reference`."""

import shutil
import sys

from schema.reference.links import problems
from schema.reference.site import ROOT, build

OUTPUT = ROOT / "build" / "docs"


def main() -> int:
    """Build, check and write the site. Print broken links, if there are any, and return 1."""
    files = build()
    dead = problems(files)
    if dead:
        sys.stderr.write("\n".join(dead) + "\n")
        return 1
    shutil.rmtree(OUTPUT, ignore_errors=True)
    for name, text in files.items():
        path = OUTPUT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(files)} files in {OUTPUT.relative_to(ROOT)}; open index.html\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
