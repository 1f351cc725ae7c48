"""Updates the third-party files in `assets/`: run `python schema/http/graphiql/renew.py` with npm installed.

The product never runs this script; the files are committed. `npm ci` refuses packages that have no hash in
`package-lock.json`.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LOCKED = ("package.json", "package-lock.json", ".npmrc")
PACKAGES = ("graphiql", "react", "react-dom", "graphql-ws")
FILES = (
    "graphiql/graphiql.min.css",
    "graphiql/graphiql.min.js",
    "graphql-ws/umd/graphql-ws.min.js",
    "react-dom/umd/react-dom.production.min.js",
    "react/umd/react.production.min.js",
)
FOLDER = Path(__file__).parent


def main() -> None:
    """Download the packages, copy them without fonts and source maps, and write their licences."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is required to renew the files of GraphiQL.")
    with tempfile.TemporaryDirectory() as folder:
        for name in LOCKED:
            shutil.copy(FOLDER / name, folder)
        subprocess.run([npm, "ci", "--ignore-scripts"], cwd=folder, check=True)
        modules = Path(folder) / "node_modules"
        for name in FILES:
            source = modules / name
            target = FOLDER / "assets" / source.name
            target.write_text(_trimmed(source.read_text(encoding="utf-8")), encoding="utf-8")
        (FOLDER / "LICENSES.txt").write_text(_licences(modules), encoding="utf-8")


def _trimmed(text: str) -> str:
    text = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", text)
    return re.sub(r"\n//# sourceMappingURL=\S+|\n/\*# sourceMappingURL=\S+ \*/", "", text).rstrip() + "\n"


def _licences(modules: Path) -> str:
    """Return the licence of each package in GraphiQL's source map, and of the other packages."""
    sources = json.loads((modules / "graphiql/graphiql.min.js.map").read_text(encoding="utf-8"))["sources"]
    bundled = {
        found[-1] for one in sources if (found := re.findall(r"node_modules/((?:@[^/]+/)?[^/]+)", one))
    }
    own = {"@graphiql/react", "@graphiql/toolkit", "codemirror-graphql", "graphql-language-service"}
    parts = ["What the files in assets/ were made of, and under which licences.\n"]
    for name in sorted(bundled | own | set(PACKAGES)):
        described = modules / name / "package.json"
        if not described.exists():  # brought in by another version of a dependency, from the same authors
            parts.append(f"{'=' * 80}\n{name}: see the related packages\n")
            continue
        package = json.loads(described.read_text(encoding="utf-8"))
        texts = sorted(
            f for f in (modules / name).iterdir() if re.match(r"licen[cs]e", f.name, re.IGNORECASE)
        )
        text = texts[0].read_text(encoding="utf-8").strip() if texts else "(the package has no licence file)"
        parts.append(f"{'=' * 80}\n{name} {package['version']}: {package.get('license')}\n\n{text}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    main()
