"""The pages of the reference, as text by file name. The same sources give the same bytes."""

import posixpath
from pathlib import Path

from graphql import build_schema as schema_of_sdl
from graphql import get_named_type, is_non_null_type
from graphql.language import print_ast
from graphql.pyutils import Undefined
from graphql.type import GraphQLArgument, GraphQLInputField, GraphQLList, GraphQLSchema, GraphQLType
from graphql.utilities import ast_from_value
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from schema import SDL_FILE, build_schema
from schema.graphql.error_codes import RETRY_OF_REASON, TOP_LEVEL_CODES, TOP_LEVEL_REASONS, USER_CODES
from schema.graphql.error_reasons import DOMAINS
from schema.reference.domains import ROOTS, TITLES, domains_of_operations, domains_of_types, fields_of
from schema.reference.markdown import document, phrase, sentence

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = Path(__file__).parent / "templates"
KINDS = {
    "GraphQLObjectType": "Objects",
    "GraphQLInterfaceType": "Interfaces",
    "GraphQLUnionType": "Unions",
    "GraphQLInputObjectType": "Inputs",
    "GraphQLEnumType": "Enums",
    "GraphQLScalarType": "Scalars",
}


def nullability(type_: GraphQLType) -> str:
    """Return in words whether a result may be null, and the items of a list."""
    inner = type_.of_type if is_non_null_type(type_) else type_
    words = "never null" if is_non_null_type(type_) else "may be null"
    if isinstance(inner, GraphQLList):
        item = "never null" if is_non_null_type(inner.of_type) else "may be null"
        return f"A list, {words}; its items: {item}."
    return f"{words.capitalize()}."


def requirement(value: GraphQLArgument | GraphQLInputField) -> str:
    """Return in words whether an input is required, and its default."""
    required = is_non_null_type(value.type) and value.default_value is Undefined
    words = "Required." if required else "Optional."
    if value.default_value is not Undefined:
        node = ast_from_value(value.default_value, value.type)
        words += f" Default: {print_ast(node)}." if node else ""
    inner = value.type.of_type if is_non_null_type(value.type) else value.type
    if isinstance(inner, GraphQLList):
        item = "never null" if is_non_null_type(inner.of_type) else "may be null"
        words += f" A list; its items: {item}."
    return words


class Site:
    """The pages that are generated from one SDL."""

    def __init__(self, sdl: GraphQLSchema) -> None:
        declared = build_schema()
        self.sdl = sdl
        self.types = domains_of_types(sdl, declared)
        self.operations = domains_of_operations(declared)
        self.files: dict[str, str] = {"style.css": (TEMPLATES / "style.css").read_text(encoding="utf-8")}
        self.env = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.titles = {
            one: title
            for one, title in TITLES.items()
            if one in {*self.types.values(), *self.operations.values()}
        }
        self.env.globals.update(
            md=sentence,
            phrase=phrase,
            nullability=nullability,
            requirement=requirement,
            named=get_named_type,
            place=self.place,
            titles=self.titles,
            root_titles=dict(zip(ROOTS, ("Queries", "Mutations", "Subscriptions"), strict=True)),
        )

    def place(self, name: str) -> str:
        """Return the page and anchor of a type."""
        return f"api/{self.types[name]}.html#{name}"

    def page(self, path: str, template: str, title: str, **values: object) -> None:
        """Render a page."""

        def to(target: str) -> str:
            file, mark, anchor = target.partition("#")
            return posixpath.relpath(file, posixpath.dirname(path) or ".") + mark + anchor

        self.files[path] = self.env.get_template(template).render(title=title, to=to, path=path, **values)

    def api(self) -> None:
        """Add one page per domain, and the index of names."""
        for domain in self.titles:
            roots = [
                (
                    root,
                    [
                        (name, field)
                        for name, field in fields_of(self.sdl.type_map[root]).items()
                        if self.operations[root, name] == domain
                    ],
                )
                for root in ROOTS
            ]
            types = [self.sdl.type_map[name] for name in sorted(self.types) if self.types[name] == domain]
            kinds = [
                (title, [one for one in types if type(one).__name__ == kind]) for kind, title in KINDS.items()
            ]
            self.page(f"api/{domain}.html", "domain.html.jinja", TITLES[domain], roots=roots, kinds=kinds)
        self.page(
            "names.html",
            "names.html.jinja",
            "All names",
            operations=sorted(self.operations.items()),
            types=sorted(self.types),
        )

    def errors(self) -> None:
        """Add the page of codes and reasons."""
        self.page(
            "errors.html",
            "errors.html.jinja",
            "Error codes and reasons",
            user=USER_CODES,
            top=TOP_LEVEL_CODES,
            top_reasons=TOP_LEVEL_REASONS,
            domains=DOMAINS,
            retry=RETRY_OF_REASON,
        )

    def documents(self) -> None:
        """Add README, docs/ and every file of the project that they link to."""
        waiting = [
            "README.md",
            *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")),
        ]
        seen = set(waiting)
        while waiting:
            source = waiting.pop(0)

            def rewrite(href: str, source: str = source) -> str:
                if href.startswith(("http:", "https:", "mailto:", "#")):
                    return href
                file, mark, anchor = href.partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(source), file))
                if target.startswith("..") or not (ROOT / target).is_file():
                    return href  # the check of links reports it
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
                return (
                    posixpath.relpath(address(target), posixpath.dirname(address(source)) or ".")
                    + mark
                    + anchor
                )

            text = (ROOT / source).read_text(encoding="utf-8")
            if source.endswith(".md"):
                title, html = document(text, rewrite)
                self.page(address(source), "document.html.jinja", title, html=html)
            else:
                self.page(address(source), "source.html.jinja", source, text=text)


def address(source: str) -> str:
    """Return the page of a file of the project."""
    if source == "README.md":
        return "index.html"
    return f"{source.removesuffix('.md')}.html" if source.endswith(".md") else f"source/{source}.html"


def build(sdl: str | None = None) -> dict[str, str]:
    """Return the files of the site by name; `sdl` is the committed one if omitted."""
    site = Site(schema_of_sdl(sdl or SDL_FILE.read_text(encoding="utf-8")))
    site.api()
    site.errors()
    site.documents()
    return dict(sorted(site.files.items()))
