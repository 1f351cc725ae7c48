"""The floor of the edge: a bare Starlette endpoint that reads each request and returns always the same bytes.

It does not import the product, and authenticates, parses and counts nothing.
"""

import os

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench import serving


def create_app(answer: bytes) -> Starlette:
    """The application: one endpoint."""

    async def graphql(request: Request) -> Response:
        await request.body()
        return Response(answer, media_type="application/json")

    return Starlette(routes=[Route("/graphql", graphql, methods=["POST"])])


if __name__ == "__main__":
    serving.serve(create_app(os.environ["BENCH_ANSWER"].encode()), int(os.environ["PORT"]))
