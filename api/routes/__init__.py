"""The API's routes, one module a resource; thin: who, what, and the door to the store."""

from fastapi import APIRouter

from api.routes import (
    admin,
    auditing,
    candidates,
    capacity,
    demand,
    exports,
    hsds,
    imports,
    info,
    insight,
    jobs,
    login,
    offers,
    openings,
    participants,
    placements,
    plans,
    providers,
    recommendations,
    sites,
    tokens,
)

ROUTERS: tuple[APIRouter, ...] = (
    info.router,
    login.router,
    tokens.router,
    admin.router,
    auditing.router,
    participants.router,
    recommendations.router,
    candidates.router,
    placements.router,
    offers.router,
    providers.router,
    sites.router,
    openings.router,
    capacity.router,
    demand.router,
    plans.router,
    insight.router,
    imports.router,
    exports.router,
    hsds.router,
    jobs.router,
)
"""Every resource, in the order of the documentation."""
