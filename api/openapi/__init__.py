"""The API's contract: what its document says, and where people read it."""

from api.openapi.document import document, operations
from api.openapi.pages import install

__all__ = ["document", "install", "operations"]
