"""The document and its reader: ``/openapi.json`` and ``/docs``, all from this host.

swagger-ui is shipped with the service (``api/static/swagger``) and runs under the same strict
content security policy as every page: its start script stands in a file of its own.
"""

import json
from functools import partial
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, Response
from starlette.requests import Request
from starlette.staticfiles import StaticFiles

from api.openapi.document import document
from api.settings import Settings

FILES = Path(__file__).parents[1] / "static" / "swagger"
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Steget: API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/files/swagger-ui.css">
</head>
<body>
<noscript>
<p lang="sv">Utan JavaScript: läs <a href="openapi.json">openapi.json</a>.</p>
<p>Without JavaScript: read <a href="openapi.json">openapi.json</a>.</p>
</noscript>
<main id="swagger-ui"></main>
<script src="docs/files/swagger-ui-bundle.js"></script>
<script src="docs/files/start.js"></script>
</body>
</html>
"""


def install(app: FastAPI, settings: Settings, prefix: str) -> None:
    """Serve the document of an application, made at the first request, and its reader."""
    made: list[bytes] = []

    def described(_: Request) -> Response:
        if not made:
            made.append(json.dumps(document(app, settings), ensure_ascii=False).encode())
        return Response(made[0], media_type="application/json")

    add = partial(app.add_route, include_in_schema=False)
    add(f"{prefix}/openapi.json", described)
    add(f"{prefix}/docs", lambda _: HTMLResponse(PAGE))
    app.mount(f"{prefix}/docs/files", StaticFiles(directory=FILES))
