"""Logs: a line of JSON for each event, on the standard error. Codes and numbers, never values.

What is said by an exception may repeat what was sent, so that of exceptions only their types and
places are written: no message, no local variable. Keys that could hold something sensitive are
masked, should anybody ever log them.
"""

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog
from structlog.processors import ExceptionRenderer, JSONRenderer, TimeStamper
from structlog.stdlib import ProcessorFormatter
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor, WrappedLogger

MASK = "***"
SENSITIVE = frozenset(
    {
        *("password", "token", "secret", "keys", "authorization", "cookie", "set-cookie"),
        *("needs", "wishes", "notes", "note", "arrangements", "profile", "answers", "rows"),
        *("verifier", "nonce", "url", "path", "query", "query_string", "headers", "body"),
        *("input", "login", "name", "email"),
    }
)
"""Keys whose values are never written."""
QUIET = ("alembic", "httpx", "httpx2", "httpcore", "uvicorn.access", "sqlalchemy.engine")
"""Libraries that would write addresses with what stands in them."""


def configure(level: int = logging.INFO) -> None:
    """Logs of the service and of the libraries alike, from here on."""
    structlog.configure(
        processors=[*_processors(), JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = _ToStderr()
    handler.setFormatter(
        ProcessorFormatter(
            processors=[ProcessorFormatter.remove_processors_meta, JSONRenderer()],
            foreign_pre_chain=_processors(),
        )
    )
    root = logging.getLogger()
    root.handlers = [old for old in root.handlers if not isinstance(old, _ToStderr)] + [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def configure_once() -> None:
    """Logs as above, unless somebody has configured them: no application logs in another way."""
    if not structlog.is_configured():
        configure()


class _ToStderr(logging.Handler):
    """Writes to whatever the standard error is at the time."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        print(self.format(record), file=sys.stderr)  # noqa: T201 -- the log


def _processors() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        TimeStamper(fmt="iso", utc=True),
        masked,
        ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
        _without_messages,
    ]


def masked(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Mask what a sensitive key holds, however deep it stands."""
    return _mask(event)


def _mask(values: Mapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: _hidden(key, value) for key, value in values.items()}


def _hidden(key: str, value: object) -> object:
    if str(key).casefold() in SENSITIVE:
        return MASK
    return _mask(value) if isinstance(value, dict) else value


def _without_messages(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    if isinstance(event.get("exception"), list):
        event["exception"] = _types_and_places(event["exception"])
    return event


def _types_and_places(stacks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "type": stack["exc_type"],
            "frames": [
                f"{frame['filename']}:{frame['lineno']} {frame['name']}"
                for frame in stack["frames"]
            ],
            "exceptions": [_types_and_places(inner) for inner in stack["exceptions"]],
        }
        for stack in stacks
    ]
