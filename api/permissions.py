"""Who may do what: every operation of the API with the roles that may call it.

What they reach by it (the own organisation's, the own provider's, what is shared with them) is
decided by the queries. ``docs/permissions.md`` shows the table; a test compares the two with every
route.
"""

from collections.abc import Mapping

from api.domain import Role

NOBODY: frozenset[Role] = frozenset()
EVERYBODY = frozenset(Role)
PUBLIC = None
"""No login needed."""

Allowed = frozenset[Role] | None


def only(*roles: Role) -> frozenset[Role]:
    """Some roles."""
    return frozenset(roles)


SUPERVISOR = only(Role.SUPERVISOR)
MANAGER = only(Role.PROVIDER_MANAGER)
COORDINATOR = only(Role.COORDINATOR)
ADMIN = only(Role.ADMIN)
LOOKERS = only(Role.SUPERVISOR, Role.COORDINATOR, Role.PROVIDER_MANAGER, Role.ANALYST)
IMPORTERS = only(Role.SUPERVISOR, Role.COORDINATOR)
PLANNERS = only(Role.COORDINATOR, Role.ANALYST)
WORKERS = IMPORTERS | PLANNERS
"""Whoever starts jobs."""

OPERATIONS: Mapping[str, Allowed] = {
    "readApiInfo": PUBLIC,
    # participants
    "listParticipants": SUPERVISOR,
    "createParticipant": SUPERVISOR,
    "readParticipant": SUPERVISOR,
    "replaceParticipant": SUPERVISOR,
    "eraseParticipant": SUPERVISOR,
    "exportParticipant": SUPERVISOR,
    "listReaders": SUPERVISOR,
    "addReader": SUPERVISOR,
    "removeReader": SUPERVISOR,
    # matching
    "listRecommendations": SUPERVISOR,
    "explainOpening": SUPERVISOR,
    "tryWhatIf": SUPERVISOR,
    "listCandidates": SUPERVISOR | COORDINATOR,
    # placements
    "listDuties": SUPERVISOR,
    "proposePlacement": SUPERVISOR,
    "listProposals": SUPERVISOR | COORDINATOR,
    "listParticipantProposals": SUPERVISOR | COORDINATOR,
    "readProposal": SUPERVISOR,
    "replaceProposal": SUPERVISOR,
    "offerProposal": SUPERVISOR,
    "acceptProposal": SUPERVISOR,
    "declineProposal": SUPERVISOR,
    "withdrawProposal": SUPERVISOR,
    "startProposal": SUPERVISOR,
    "changeProposalHours": SUPERVISOR,
    "endProposal": SUPERVISOR,
    "listOffers": MANAGER,
    "readOffer": MANAGER,
    "acceptOffer": MANAGER,
    "declineOffer": MANAGER,
    # places
    "listProviders": EVERYBODY,  # an administrator gives managers their provider
    "readProvider": EVERYBODY,
    "createProvider": COORDINATOR | ADMIN,
    "replaceProvider": MANAGER,
    "listSites": LOOKERS,
    "readSite": LOOKERS,
    "createSite": MANAGER,
    "replaceSite": MANAGER,
    "readSiteSurvey": LOOKERS,
    "listSurveys": LOOKERS,
    "readSurvey": LOOKERS,
    "createSurvey": MANAGER,
    "readSurveyDraft": MANAGER,
    "saveSurveyDraft": MANAGER,
    "deleteSurveyDraft": MANAGER,
    "readSiteUnknowns": MANAGER,
    "exportSiteAccessibility": LOOKERS,
    "listOpenings": LOOKERS,
    "readOpening": LOOKERS,
    "createOpening": MANAGER,
    "replaceOpening": MANAGER,
    "listHsdsOrganizations": LOOKERS,
    "readHsdsOrganization": LOOKERS,
    "listHsdsServices": LOOKERS,
    "readHsdsService": LOOKERS,
    "listHsdsServiceAtLocations": LOOKERS,
    # capacity
    "readCapacity": LOOKERS,
    "replaceCapacity": MANAGER,
    "confirmCapacity": MANAGER,
    "createCapacityLink": MANAGER,
    "readLinkedCapacity": PUBLIC,  # whoever has the link
    "useCapacityLink": PUBLIC,
    # unmet demand
    "readUnmetDemand": COORDINATOR | only(Role.ANALYST),
    # logging in
    "createSession": PUBLIC,
    "startOidcLogin": PUBLIC,
    "finishOidcLogin": PUBLIC,
    "deleteSession": EVERYBODY,
    "readMe": EVERYBODY,
    "changePassword": EVERYBODY,
    "listTokens": EVERYBODY,
    "createToken": EVERYBODY,
    "revokeToken": EVERYBODY,
    # administration
    "listUsers": ADMIN,
    "createUser": ADMIN,
    "readUser": ADMIN,
    "replaceUser": ADMIN,
    "deactivateUser": ADMIN,
    "setPassword": ADMIN,
    "listUserTokens": ADMIN,
    "revokeUserToken": ADMIN,
    "listAuditEntries": ADMIN,
    "listOrganisations": ADMIN,
    "createOrganisation": ADMIN,
    "verifyAudit": ADMIN,
    # what takes time
    "listJobs": WORKERS,
    "readJob": WORKERS,
    "followJob": WORKERS,
    "cancelJob": WORKERS,
    "readPolicy": COORDINATOR,
    "replacePolicy": COORDINATOR,
    "listPolicyChanges": COORDINATOR,
    "startPlan": COORDINATOR,
    "listPlans": COORDINATOR,
    "readPlan": COORDINATOR,
    "listPlanAssignments": COORDINATOR,
    "listPlanUnplaced": COORDINATOR,
    "comparePlans": COORDINATOR,
    "adoptPlan": COORDINATOR,
    "startImport": IMPORTERS,
    "readImport": IMPORTERS,
    "exportTables": LOOKERS,
    "exportWorkbook": LOOKERS,
    "startTravelBuild": COORDINATOR,
    "startInsight": PLANNERS,
    "readInsight": PLANNERS,
    "startBalance": only(Role.ANALYST),
    "readBalance": PLANNERS,
    "exportBalanceReport": PLANNERS,
    "exportBalanceWorkbook": PLANNERS,
    "exportBalanceTables": PLANNERS,
}
"""By operation id."""
