"""``/api-info``: what this is, as the national REST API profile asks (VER.06)."""

from datetime import date
from importlib.metadata import version

from fastapi import APIRouter

from api.schemas.info import ApiInfo

router = APIRouter(tags=["info"])


@router.get("/api-info", operation_id="readApiInfo")
def read_info() -> ApiInfo:
    """Name, version and status of this API."""
    return ApiInfo(
        api_name="steget",
        api_version=version("steget"),
        api_released=date(2026, 11, 23),
        api_documentation="/steget/v1/docs",
        api_status="beta",
    )
