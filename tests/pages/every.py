"""Every page: whose it is, and where. A page of the application that is not here fails a test.

A route ``page:name`` that answers GET has at least one row here; more where it has several states
(``state``): nothing yet, a mistake in a form, not allowed. ``screen``: it is in docs/screens.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from api.domain import Role
from tests.pages.chromium import MODES, Tab, Visitors
from tests.pages.county import County

NOBODY = (None,)
ANYBODY = FIRST = (None, Role.SUPERVISOR)
"""Of a page that is for everybody: somebody who has not logged in, and one who has."""
EVERYBODY = tuple(Role)
SUPERVISOR = (Role.SUPERVISOR,)
MANAGER = (Role.PROVIDER_MANAGER,)
COORDINATOR = (Role.COORDINATOR,)
ANALYST = (Role.ANALYST,)
ADMIN = (Role.ADMIN,)


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A page in one state: the route's name, whoever looks, and its address in a county.

    ``sent``: the form (a selector) that is sent there as it stands, but for what is ``filled``
    in, to see what is told of the mistakes in it; ``status`` is then the answer's.
    """

    route: str
    roles: tuple[Role | None, ...]
    path: Callable[[County], str]
    state: str = ""
    status: int = 200
    sent: str | None = None
    filled: Mapping[str, str] = field(default_factory=dict)
    screen: bool = False

    @property
    def name(self) -> str:
        """What it is called in tests, and as a picture: ``matches``, ``matches-empty``."""
        return "-".join(part for part in (self.route.removeprefix("page:"), self.state) if part)


def of_person(county: County, below: str = "") -> str:
    """An address of the supervisor's first participant."""
    return f"/deltagare/{county.participant}{below}"


PAGES: tuple[Listed, ...] = (
    Listed(route="page:login", roles=NOBODY, path=lambda _: "/logga-in", screen=True),
    Listed(
        route="page:login",
        state="wrong",
        roles=NOBODY,
        path=lambda _: "/logga-in",
        sent="main form",
        status=401,
    ),
    Listed(route="page:about", roles=ANYBODY, path=lambda _: "/om"),
    Listed(route="page:privacy", roles=ANYBODY, path=lambda _: "/integritet"),
    Listed(route="page:accessibility", roles=ANYBODY, path=lambda _: "/tillganglighet"),
    Listed(
        route="page:home",
        roles=(*SUPERVISOR, *COORDINATOR, *ADMIN),
        path=lambda _: "/",
        screen=True,
    ),
    Listed(route="page:home", state="minute", roles=MANAGER, path=lambda _: "/", screen=True),
    Listed(
        route="page:home",
        state="nowhere",
        roles=ANYBODY,
        path=lambda _: "/finns-inte",
        status=404,
    ),
    Listed(route="page:account", roles=EVERYBODY, path=lambda _: "/konto"),
    Listed(
        route="page:account",
        state="wrong",
        roles=SUPERVISOR,
        path=lambda _: "/konto",
        sent="main form[action$=nycklar]",
        filled={"endsAt": ""},
        status=422,
    ),
    Listed(route="page:participants", roles=SUPERVISOR, path=lambda _: "/deltagare", screen=True),
    Listed(route="page:new-participant", roles=SUPERVISOR, path=lambda _: "/deltagare/ny"),
    Listed(route="page:participant", roles=SUPERVISOR, path=of_person),
    Listed(route="page:edit-participant", roles=SUPERVISOR, path=lambda c: of_person(c, "/andra")),
    Listed(route="page:erase", roles=SUPERVISOR, path=lambda c: of_person(c, "/radera")),
    Listed(
        route="page:matches",
        roles=SUPERVISOR,
        path=lambda c: of_person(c, "/platser"),
        screen=True,
    ),
    Listed(
        route="page:match",
        roles=SUPERVISOR,
        path=lambda c: of_person(c, f"/platser/{c.possible[0]}"),
        screen=True,
    ),
    Listed(
        route="page:compare",
        roles=SUPERVISOR,
        path=lambda c: of_person(c, "/jamfor?" + "&".join(f"plats={one}" for one in c.possible)),
        screen=True,
    ),
    Listed(
        route="page:compare",
        state="none",
        roles=SUPERVISOR,
        path=lambda c: of_person(c, "/jamfor"),
    ),
    Listed(
        route="page:propose",
        roles=SUPERVISOR,
        path=lambda c: of_person(c, f"/foresla/{c.possible[0]}"),
    ),
    Listed(route="page:proposals", roles=SUPERVISOR, path=lambda _: "/forslag"),
    Listed(
        route="page:participants",
        state="none",
        roles=SUPERVISOR,
        path=lambda _: "/deltagare?visa=avslutade",
    ),
    Listed(
        route="page:new-participant",
        state="wrong",
        roles=SUPERVISOR,
        path=lambda _: "/deltagare/ny",
        sent="main form",
        status=422,
    ),
    Listed(
        route="page:proposals",
        state="none",
        roles=SUPERVISOR,
        path=lambda _: "/forslag?lage=expired",
    ),
    Listed(route="page:proposal", roles=SUPERVISOR, path=lambda c: f"/forslag/{c.proposal}"),
    Listed(
        route="page:proposal",
        state="end",
        roles=SUPERVISOR,
        path=lambda c: f"/forslag/{c.proposal}?steg=avsluta",
    ),
    Listed(
        route="page:printout",
        roles=SUPERVISOR,
        path=lambda c: f"/forslag/{c.proposal}/utskrift",
        screen=True,
    ),
    Listed(route="page:plans", roles=COORDINATOR, path=lambda _: "/planer"),
    Listed(route="page:job", roles=COORDINATOR, path=lambda c: f"/jobb/{c.job}"),
    Listed(
        route="page:job",
        state="queued",
        roles=COORDINATOR,
        path=lambda c: f"/jobb/{c.queued}",
        screen=True,
    ),
    Listed(
        route="page:job",
        state="cancelled",
        roles=COORDINATOR,
        path=lambda c: f"/jobb/{c.cancelled}",
    ),
    Listed(route="page:plan", roles=COORDINATOR, path=lambda c: f"/planer/{c.plan}", screen=True),
    Listed(
        route="page:compare-plans",
        roles=COORDINATOR,
        path=lambda c: f"/planer/{c.plan}/jamfor?med={c.other_plan}",
        screen=True,
    ),
    Listed(route="page:review-plan", roles=COORDINATOR, path=lambda c: f"/planer/{c.plan}/anta"),
    Listed(route="page:policy", roles=COORDINATOR, path=lambda _: "/avvagningar", screen=True),
    Listed(
        route="page:policy",
        state="wrong",
        roles=COORDINATOR,
        path=lambda _: "/avvagningar",
        sent="main form",
        filled={"weight_wish": "7"},
        status=422,
    ),
    Listed(
        route="page:home",
        state="counted",
        roles=ANALYST,
        path=lambda c: f"/?steg={c.stage}",
        screen=True,
    ),
    Listed(
        route="page:home",
        state="hidden",
        roles=ANALYST,
        path=lambda c: f"/?steg=ended&av={c.stage}",
    ),
    Listed(route="page:job", state="counted", roles=ANALYST, path=lambda c: f"/jobb/{c.counted}"),
    Listed(
        route="page:demand",
        roles=(*ANALYST, *COORDINATOR),
        path=lambda c: c.demand,
        screen=True,
    ),
    Listed(
        route="page:demand",
        state="none",
        roles=(*ANALYST, *COORDINATOR),
        path=lambda _: "/efterfragan?ar=2025&kvartal=1",
    ),
    Listed(route="page:openings", roles=MANAGER, path=lambda _: "/platser", screen=True),
    Listed(route="page:new-opening", roles=MANAGER, path=lambda _: "/platser/ny"),
    Listed(
        route="page:new-opening",
        state="wrong",
        roles=MANAGER,
        path=lambda _: "/platser/ny",
        sent="main form",
        status=422,
    ),
    Listed(route="page:opening", roles=MANAGER, path=lambda c: f"/platser/{c.opening}"),
    Listed(route="page:new-site", roles=MANAGER, path=lambda _: "/arbetsplatser/ny"),
    Listed(route="page:site", roles=MANAGER, path=lambda c: f"/arbetsplatser/{c.site}"),
    Listed(route="page:provider", roles=MANAGER, path=lambda _: "/anordnare"),
    Listed(
        route="page:survey",
        roles=MANAGER,
        path=lambda c: f"/arbetsplatser/{c.site}/kartlaggning",
        screen=True,
    ),
    Listed(
        route="page:survey-section",
        roles=MANAGER,
        path=lambda c: f"/arbetsplatser/{c.site}/kartlaggning/entren",
        screen=True,
    ),
    Listed(
        route="page:survey-section",
        state="inside",
        roles=MANAGER,
        path=lambda c: f"/arbetsplatser/{c.site}/kartlaggning/inne",
    ),
    Listed(
        route="page:survey-section",
        state="air",
        roles=MANAGER,
        path=lambda c: f"/arbetsplatser/{c.site}/kartlaggning/luft",
    ),
    Listed(route="page:offers", roles=MANAGER, path=lambda _: "/svar"),
    Listed(route="page:offer", roles=MANAGER, path=lambda c: f"/svar/{c.offer}"),
    Listed(
        route="page:offer",
        state="wrong",
        roles=MANAGER,
        path=lambda c: f"/svar/{c.offer}",
        sent="main form[action$='/nej']",
        status=422,
    ),
    Listed(route="page:link", roles=NOBODY, path=lambda c: c.link, screen=True),
    Listed(
        route="page:link",
        state="over",
        roles=NOBODY,
        path=lambda _: "/capacity-links/over",
        status=410,
    ),
    Listed(route="page:users", roles=ADMIN, path=lambda _: "/anvandare", screen=True),
    Listed(route="page:new-user", roles=ADMIN, path=lambda _: "/anvandare/ny"),
    Listed(
        route="page:new-user",
        state="wrong",
        roles=ADMIN,
        path=lambda _: "/anvandare/ny",
        sent="main form",
        status=422,
    ),
    Listed(route="page:user", roles=ADMIN, path=lambda c: f"/anvandare/{c.user}"),
    Listed(route="page:organisations", roles=ADMIN, path=lambda _: "/organisationer"),
    Listed(
        route="page:organisations",
        state="wrong",
        roles=ADMIN,
        path=lambda _: "/organisationer",
        sent="main form",
        status=422,
    ),
    Listed(route="page:log", roles=ADMIN, path=lambda _: "/logg"),
    Listed(route="page:log", state="none", roles=ADMIN, path=lambda _: "/logg?action=x"),
)


@dataclass(frozen=True, kw_only=True)
class Look:
    """A page as somebody sees it, in a mode."""

    page: Listed
    role: Role | None
    mode: str

    def taken(self, visitors: Visitors) -> Tab:
        """Look at it."""
        page, path = self.page, self.page.path(visitors.county)
        if page.sent is None:
            return visitors.visit(self.role, path, self.mode, status=page.status)
        tab = visitors.visit(self.role, path, self.mode)
        tab.send(page.sent, page.status, page.filled)
        return tab

    def __str__(self) -> str:
        """What it is called in tests: ``home-supervisor-dark``."""
        return f"{self.page.name}-{self.role or 'nobody'}-{self.mode}"


LOOKS: tuple[Look, ...] = tuple(
    Look(page=page, role=role, mode=mode)
    for role in (None, *Role)
    for mode in MODES
    for page in PAGES
    if role in page.roles
    if mode != "english" or (role is page.roles[0] and not page.state)
)
"""Every page as everybody whose it is, in every mode; each visitor's one after the other.

In English once for each page: what is different there is how long the words are.
"""
