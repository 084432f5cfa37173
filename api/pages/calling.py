"""How a page asks the API: in the same process, as whoever looks at the page.

A page is a reader of the API. What somebody may not read there no page can show, and every change
goes through the same permissions, versions, checks and audit as a program's.
"""

import anyio.from_thread
import httpx
from starlette.types import ASGIApp

PASSED_ON = ("accept-language", "traceparent", "user-agent")
"""Headers of the reader's request that the page's requests have as well."""


class InProcess(httpx.BaseTransport):
    """Requests to an application from one of its own worker threads; no network in between."""

    def __init__(self, app: ASGIApp, address: str) -> None:
        """Ask ``app``, from the address of the reader, which the throttle counts."""
        self._inner = httpx.ASGITransport(app, client=(address, 0))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask, and wait in the worker thread while the event loop answers."""
        return anyio.from_thread.run(self._asked, request)

    async def _asked(self, request: httpx.Request) -> httpx.Response:
        came = await self._inner.handle_async_request(request)
        content = await came.aread()
        return httpx.Response(came.status_code, headers=came.headers, content=content)
