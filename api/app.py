"""The application: routes, doorway and problems on a store."""

import gc
from asyncio import Semaphore
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import Depends, FastAPI

from api import logs, middleware, openapi, pages, problems, routes
from api.auth.throttle import Throttle
from api.doorway import TURNS, known_parameters
from api.metrics import Metrics
from api.routes import health
from api.settings import Settings, checked
from api.store import Store
from api.store.opening import open_store

if TYPE_CHECKING:
    from api.auth.oidc import IdentityProvider

PREFIX = "/steget/v1"
RUBBISH = (50_000, 20, 50)
"""Objects between two searches for rubbish, and searches between two of the older ones."""


def create(store: Store, settings: Settings) -> FastAPI:
    """An application on a store, with everything that every request passes."""
    logs.configure_once()
    app = FastAPI(
        title="Steget",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_url=None,
        separate_input_output_schemas=False,
        lifespan=_served,
    )
    app.state.store = store
    app.state.turns = Semaphore(TURNS)
    app.state.settings = settings
    app.state.throttle = Throttle(settings.requests_per_minute)
    app.state.metrics = Metrics()
    app.state.identity_provider = _identity_provider(settings)
    problems.install(app)
    for router in routes.ROUTERS:
        app.include_router(router, prefix=PREFIX, dependencies=[Depends(known_parameters)])
    openapi.install(app, settings, PREFIX)
    app.include_router(health.router)
    pages.install(app)
    app.add_middleware(
        middleware.around,
        settings=settings,
        throttle=app.state.throttle,
        metrics=app.state.metrics,
        answer=pages.answer,
    )
    return app


def from_environment() -> FastAPI:
    """An application as the environment says: for web processes that share a port."""
    settings = checked(Settings())
    return create(open_store(settings), settings)


@asynccontextmanager
async def _served(_: FastAPI) -> AsyncIterator[None]:
    """What stays for as long as the process lives is not searched for rubbish again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RUBBISH)
    yield


def _identity_provider(settings: Settings) -> "IdentityProvider | None":
    if settings.oidc_issuer is None:
        return None
    from api.auth.oidc import IdentityProvider  # noqa: PLC0415 -- half a second

    return IdentityProvider(settings)
