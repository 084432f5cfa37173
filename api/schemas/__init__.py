"""What goes over the wire: camelCase, strict, apart from the domain and the tables."""

from api.schemas.wire import Page, Wire

__all__ = ["Page", "Wire"]
