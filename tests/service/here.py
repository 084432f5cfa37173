"""The application in this process, as the transport of an ``httpx.Client``."""

import asyncio
from collections.abc import Callable

import httpx
from fastapi import FastAPI


class Here(httpx.BaseTransport):
    """Hands requests to an application, without a network."""

    def __init__(
        self, app: FastAPI, before: Callable[[httpx.Request], None] | None = None
    ) -> None:
        """``before``: called with each request first; what it raises is a network that fails."""
        self._app = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._before = before

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask, and read the answer whole."""
        if self._before is not None:
            self._before(request)
        return asyncio.run(self._asked(request))

    async def _asked(self, request: httpx.Request) -> httpx.Response:
        came = await self._app.handle_async_request(request)
        assert isinstance(came.stream, httpx.AsyncByteStream)
        content = b"".join([part async for part in came.stream])
        return httpx.Response(came.status_code, headers=came.headers, content=content)
