"""The client's methods for logins, tokens, users and the audit.

A method is named as its operation; what it may raise stands in ``Calls``.
"""

from uuid import UUID

from pydantic.types import AwareDatetime

from api.client.calls import Answer, Calls, Sent, new_key
from api.schemas import Page
from api.schemas.accounts import (
    AtProvider,
    Credentials,
    InOrganisation,
    MadeToken,
    Me,
    NewPassword,
    NewToken,
    OfNone,
    OwnPassword,
    Token,
    UserView,
)
from api.schemas.audit import AuditCheck, AuditItem
from api.schemas.info import ApiInfo
from api.schemas.organisations import OrganisationIn, OrganisationOut


class Accounts(Calls):
    """The client's methods for logins, tokens, users and the audit."""

    def read_api_info(self) -> ApiInfo:
        """Name, version and status of this API."""
        return self._value(ApiInfo, "GET", "/api-info")

    def create_session(self, body: Credentials) -> Answer[Me]:
        """Log in with a password; the session is in a cookie that no script can read."""
        return self._answer(Me, "POST", "/sessions", Sent(body=body))

    def delete_session(self) -> None:
        """Log out: the session ends here, not only in the browser."""
        self._ask("DELETE", "/sessions/current")

    def read_me(self) -> Me:
        """Who you are here, and which operations you may call."""
        return self._value(Me, "GET", "/me")

    def change_password(self, body: OwnPassword) -> None:
        """Change your own password; your tokens and your other sessions end."""
        self._ask("PUT", "/me/password", Sent(body=body))

    def start_oidc_login(self, *, back_to: str | None = None) -> str:
        """Go to the identity provider to log in."""
        return str(
            self._ask("GET", "/login/oidc", Sent(params={"backTo": back_to})).headers["location"]
        )

    def finish_oidc_login(
        self, *, state: str | None = None, code: str | None = None, iss: str | None = None
    ) -> str:
        """Come back from the identity provider; used by it, through the browser."""
        return str(
            self._ask(
                "GET",
                "/login/oidc/callback",
                Sent(params={"state": state, "code": code, "iss": iss}),
            ).headers["location"]
        )

    def list_tokens(self, *, limit: int = 20, offset: int = 0) -> Page[Token]:
        """Your own tokens, newest first; what they are is not kept."""
        return self._value(
            Page[Token], "GET", "/tokens", Sent(params={"limit": limit, "offset": offset})
        )

    def create_token(self, body: NewToken, *, key: str | None = None) -> Answer[MadeToken]:
        """Make a token."""
        return self._answer(MadeToken, "POST", "/tokens", Sent(body=body, key=new_key(key)))

    def revoke_token(self, token_id: UUID) -> None:
        """End one of your tokens now."""
        self._ask("DELETE", f"/tokens/{token_id}")

    def list_users(self, *, limit: int = 20, offset: int = 0) -> Page[UserView]:
        """Everybody who can log in, or could, by login."""
        return self._value(
            Page[UserView], "GET", "/users", Sent(params={"limit": limit, "offset": offset})
        )

    def create_user(
        self, body: InOrganisation | AtProvider | OfNone, *, key: str | None = None
    ) -> Answer[UserView]:
        """A new user; the password is set apart, so that no answer that is kept knows of it."""
        return self._answer(UserView, "POST", "/users", Sent(body=body, key=new_key(key)))

    def read_user(self, user_id: UUID) -> Answer[UserView]:
        """A user, with the version to change it by."""
        return self._answer(UserView, "GET", f"/users/{user_id}")

    def replace_user(
        self, user_id: UUID, body: InOrganisation | AtProvider | OfNone, *, version: str
    ) -> Answer[UserView]:
        """Change a user; with another role or house, sessions and tokens end."""
        return self._answer(UserView, "PUT", f"/users/{user_id}", Sent(body=body, version=version))

    def deactivate_user(self, user_id: UUID, *, version: str) -> None:
        """Nobody logs in as this user any more; sessions and tokens end."""
        self._ask("DELETE", f"/users/{user_id}", Sent(version=version))

    def set_password(self, user_id: UUID, body: NewPassword) -> None:
        """Set a user's password; the user's sessions and tokens end."""
        self._ask("PUT", f"/users/{user_id}/password", Sent(body=body))

    def list_user_tokens(self, user_id: UUID, *, limit: int = 20, offset: int = 0) -> Page[Token]:
        """A user's tokens, newest first."""
        return self._value(
            Page[Token],
            "GET",
            f"/users/{user_id}/tokens",
            Sent(params={"limit": limit, "offset": offset}),
        )

    def revoke_user_token(self, user_id: UUID, token_id: UUID) -> None:
        """End a token of a user now."""
        self._ask("DELETE", f"/users/{user_id}/tokens/{token_id}")

    def list_organisations(self, *, limit: int = 20, offset: int = 0) -> Page[OrganisationOut]:
        """Every organisation, by code."""
        return self._value(
            Page[OrganisationOut],
            "GET",
            "/organisations",
            Sent(params={"limit": limit, "offset": offset}),
        )

    def create_organisation(
        self, body: OrganisationIn, *, key: str | None = None
    ) -> Answer[OrganisationOut]:
        """Take an organisation in."""
        return self._answer(
            OrganisationOut, "POST", "/organisations", Sent(body=body, key=new_key(key))
        )

    def list_audit_entries(  # noqa: PLR0913 -- what the operation takes
        self,
        *,
        limit: int = 20,
        offset: int = 0,
        action: str | None = None,
        subject: str | None = None,
        since: AwareDatetime | None = None,
        until: AwareDatetime | None = None,
    ) -> Page[AuditItem]:
        """Who did what to whom, when: newest first."""
        return self._value(
            Page[AuditItem],
            "GET",
            "/audit-entries",
            Sent(
                params={
                    "limit": limit,
                    "offset": offset,
                    "action": action,
                    "subject": subject,
                    "since": since,
                    "until": until,
                }
            ),
        )

    def verify_audit(self) -> AuditCheck:
        """Walk the whole chain."""
        return self._value(AuditCheck, "GET", "/audit-entries/verification")
