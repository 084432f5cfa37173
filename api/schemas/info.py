"""What ``/api-info`` tells."""

from datetime import date

from api.schemas.wire import Wire


class ApiInfo(Wire):
    """What this is, and where it is described."""

    api_name: str
    api_version: str
    api_released: date
    api_documentation: str
    api_status: str
