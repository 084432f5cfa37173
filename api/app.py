"""The application: routes, doorway and problems on a store."""

from fastapi import FastAPI

from api import problems, routes
from api.settings import Settings
from api.store import Store

PREFIX = "/steget/v1"


def create(store: Store, settings: Settings) -> FastAPI:
    """An application on a store."""
    app = FastAPI(
        title="Steget",
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{PREFIX}/openapi.json",
        separate_input_output_schemas=False,
    )
    app.state.store = store
    app.state.settings = settings
    problems.install(app)
    for router in routes.ROUTERS:
        app.include_router(router, prefix=PREFIX)
    return app
