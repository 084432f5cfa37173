"""Tokens of forms: a page that posts shows that it was made for this session.

HMAC-SHA-256 of the session, under the service's secret: nothing is kept. The check of where a
request comes from (``api.middleware``) stands beside it; either would do.
"""

import hashlib
import hmac

PURPOSE = b"form\n"


def form_token(secret: str, session: str) -> str:
    """The token of the forms of a session.

    Args:
        secret: the service's secret (``settings.secret``).
        session: the SHA-256 of the session's id, as the doorway knows it.
    """
    return hmac.new(secret.encode(), PURPOSE + session.encode(), hashlib.sha256).hexdigest()


def form_token_holds(secret: str, session: str, token: str) -> bool:
    """Whether a form was made for this session."""
    return hmac.compare_digest(form_token(secret, session).encode(), token.encode())
