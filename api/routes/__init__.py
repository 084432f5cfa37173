"""The API's routes, one module a resource; thin: who, what, and the door to the store."""

from fastapi import APIRouter

from api.routes import info

ROUTERS: tuple[APIRouter, ...] = (info.router,)
"""Every resource, in the order of the documentation."""
