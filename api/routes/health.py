"""``/healthz`` and ``/metrics``: for those who run the service, outside the versioned API."""

import ipaddress
import secrets

from fastapi import APIRouter, Request, Response

from api import auth, metrics
from api.domain import Refusal, RefusalCode
from api.doorway import AtSettings, AtStore
from api.schemas import Wire
from api.settings import Settings
from api.store import health

router = APIRouter(include_in_schema=False)


class Live(Wire):
    """The process answers."""

    status: str = "live"


class Ready(Wire):
    """The service can do its work. Seconds are whole."""

    status: str = "ready"
    jobs_working: int
    jobs_waiting: int
    oldest_wait_seconds: int | None


@router.get("/healthz/live")
async def live() -> Live:
    """Whether the process answers; it asks nothing and nobody."""
    return Live()


@router.get("/healthz/ready")
def ready(store: AtStore) -> Ready:
    """Whether the database answers, its schema is this version's, and jobs are being done."""
    found = health.look(store)
    queue = found.queue
    if found.faults or queue is None:
        raise Refusal(RefusalCode.UNAVAILABLE, faults=found.faults)
    wait = queue.oldest_wait
    return Ready(
        jobs_working=queue.working,
        jobs_waiting=queue.waiting,
        oldest_wait_seconds=None if wait is None else max(0, int(wait.total_seconds())),
    )


@router.get("/metrics")
def read_metrics(request: Request, store: AtStore, settings: AtSettings) -> Response:
    """What Prometheus reads: with the token, or from this machine where no token is set."""
    _check_reader(request, settings)
    text = request.app.state.metrics.text(health.jobs_by_state(store))
    return Response(text, media_type=metrics.MEDIA_TYPE)


def _check_reader(request: Request, settings: Settings) -> None:
    """Refuse whoever may not read the metrics.

    Raises:
        Refusal: a token is set, and another or none was sent (``NOT_AUTHENTICATED``); none is
            set, and the request comes from elsewhere or through a proxy (``NOT_ALLOWED``).
    """
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else ""
    if not token:
        if not _from_this_machine(request):
            raise Refusal(RefusalCode.NOT_ALLOWED)
        return
    given = auth.bearer(request.headers) or ""
    if not secrets.compare_digest(given.encode(), token.encode()):
        raise Refusal(RefusalCode.NOT_AUTHENTICATED)


def _from_this_machine(request: Request) -> bool:
    """Whether it comes from a loopback address, and no proxy there says that it only passed it."""
    if any(name in request.headers for name in ("forwarded", "x-forwarded-for", "via")):
        return False
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
