"""What the API's document says to people: what it is, its roles and tags, and each operation.

English stands in the docstrings of the routes; here is the Swedish beside it, by operation id.
"""

from collections.abc import Mapping

from api.domain import Role

ABOUT = """\
Steget matches participants in vocational rehabilitation to work training, explains every answer,
and lets a person decide. Participants are pseudonymous: there is no name, personal identity
number, street address or diagnosis, and no field to put one in. What belongs to others is answered
with 404, as if it were not there.

Lists take `limit` and `offset`. What can be edited has an `ETag`; a change sends it back in
`If-Match`. A request that creates may carry an `Idempotency-Key`: sent again, it gets the same
answer. Problems follow RFC 9457. Texts of problems are Swedish, or English by `Accept-Language`.

På svenska: Steget matchar deltagare i arbetslivsinriktad rehabilitering mot arbetsträningsplatser,
förklarar varje svar och låter en människa bestämma. Deltagare är pseudonymer: inga namn, inga
personnummer, ingen gatuadress, ingen diagnos. Det som hör till andra besvaras med 404.
"""
LIMITATIONS = (
    "For work with participants of one's own organisation; not for public information. Requests "
    "are limited for each user and address, and so is the size of bodies. Plans, imports and "
    "insight are jobs that take time. Advice only: nothing is decided without a person. "
    "På svenska: bara för arbete med den egna organisationens deltagare; antal anrop och storlek "
    "är begränsade."
)
NO_SERVICE_LEVEL = (
    "No service level is promised by the program itself: whoever runs it says here what they "
    "promise (STEGET_SERVICE_LEVEL). På svenska: programmet lovar ingen servicenivå; den som "
    "driver tjänsten anger den här."
)
ROLES: Mapping[Role, str] = {
    Role.SUPERVISOR: "supervisor (SE-handledare)",
    Role.PROVIDER_MANAGER: "provider manager (anordnarens chef)",
    Role.COORDINATOR: "coordinator (samordnare)",
    Role.ANALYST: "analyst (analytiker)",
    Role.ADMIN: "administrator (administratör)",
}
TAGS: Mapping[str, str] = {
    "info": "What this API is (om API:et)",
    "login": "Logging in and out (inloggning)",
    "tokens": "Tokens of programs (åtkomstnycklar för program)",
    "admin": "Users (användare)",
    "audit": "Who did what (behandlingshistorik)",
    "participants": "Vocational profiles (yrkesprofiler)",
    "recommendations": "Which places are possible, and why (möjliga platser)",
    "proposals": "A placement's life (placeringens gång)",
    "offers": "What waits for a provider's answer (erbjudanden)",
    "providers": "Providers (anordnare)",
    "sites": "Sites and their surveys (arbetsplatser och kartläggningar)",
    "openings": "Openings (arbetsträningsplatser)",
    "capacity": "Free seats, kept fresh (lediga platser)",
    "demand": "What was looked for and not found (efterfrågan som inte möts)",
    "plans": "Plans (placeringsförslag)",
    "travel": "Travel times (restider)",
    "insight": "What would open more doors (insikt)",
    "balance": "Branch and gender (könsbalans)",
    "imports": "Tables and workbooks in (import)",
    "exports": "Tables and workbooks out (export)",
    "hsds": "For programs that read Open Referral HSDS 3.1 (öppet format för tjänster)",
    "jobs": "What takes time (jobb)",
}
SWEDISH: Mapping[str, str] = {
    "readApiInfo": "Namn, version och status för API:et.",
    "createSession": "Logga in med lösenord.",
    "startOidcLogin": "Gå till identitetsleverantören för att logga in.",
    "finishOidcLogin": "Kom tillbaka från identitetsleverantören.",
    "deleteSession": "Logga ut.",
    "readMe": "Vem du är här, och vad du får göra.",
    "changePassword": "Byt ditt lösenord.",
    "listTokens": "Dina åtkomstnycklar för program.",
    "createToken": "Skapa en åtkomstnyckel; den visas en enda gång.",
    "revokeToken": "Avsluta en av dina åtkomstnycklar.",
    "listUsers": "Alla användare.",
    "createUser": "Lägg upp en användare.",
    "readUser": "En användare.",
    "replaceUser": "Ändra en användare.",
    "deactivateUser": "Stäng av en användare.",
    "setPassword": "Sätt en användares lösenord.",
    "listUserTokens": "En användares åtkomstnycklar.",
    "revokeUserToken": "Avsluta en användares åtkomstnyckel.",
    "listAuditEntries": "Vem som gjorde vad, och när (behandlingshistorik).",
    "verifyAudit": "Om behandlingshistoriken är hel.",
    "listParticipants": "De deltagare som delas med dig.",
    "createParticipant": "Lägg upp en deltagare med yrkesprofil.",
    "readParticipant": "En deltagares yrkesprofil.",
    "replaceParticipant": "Ändra en yrkesprofil.",
    "eraseParticipant": "Radera en deltagare (artikel 17 i dataskyddsförordningen).",
    "exportParticipant": "Allt som finns om en deltagare (artiklarna 15 och 20).",
    "listReaders": "Vilka handledare en deltagare delas med.",
    "addReader": "Dela en deltagare med en handledare till.",
    "removeReader": "Sluta dela en deltagare med en handledare.",
    "listRecommendations": "Vilka platser som är möjliga, ska kontrolleras eller faller bort.",
    "explainOpening": "Varför en plats passar eller inte passar en deltagare.",
    "tryWhatIf": "Vad som skulle bli annorlunda med en eller flera ändringar; inget sparas.",
    "listCandidates": "Vilka som kan komma till en arbetsträningsplats.",
    "listDuties": "Vad som väntar på dig i dag.",
    "listProposals": "Placeringar, i vilket skede de än är.",
    "proposePlacement": "Föreslå en plats för en deltagare; ännu hålls ingen plats.",
    "listParticipantProposals": "En deltagares placeringar.",
    "readProposal": "En placering med alla steg.",
    "replaceProposal": "Ändra ett förslag innan det erbjuds.",
    "offerProposal": "Erbjud anordnaren placeringen; nu hålls platsen.",
    "acceptProposal": "Deltagaren säger ja.",
    "declineProposal": "Deltagaren eller handledaren säger nej.",
    "withdrawProposal": "Ta tillbaka ett förslag eller ett erbjudande.",
    "startProposal": "Placeringen börjar: första dagen.",
    "changeProposalHours": "Ändra timmarna i en pågående placering.",
    "endProposal": "Avsluta en placering.",
    "listOffers": "Erbjudanden som väntar på anordnarens svar.",
    "readOffer": "Ett erbjudande.",
    "acceptOffer": "Anordnaren säger ja.",
    "declineOffer": "Anordnaren säger nej.",
    "listOrganisations": "Alla huvudmän.",
    "createOrganisation": "Lägg upp en huvudman.",
    "readPolicy": "Avvägningarna som organisationen planerar med.",
    "replacePolicy": "Ändra avvägningarna, med skäl.",
    "listPolicyChanges": "Alla ändringar av avvägningarna.",
    "listProviders": "Alla anordnare.",
    "createProvider": "Lägg upp en anordnare.",
    "readProvider": "En anordnare.",
    "replaceProvider": "Ändra den egna anordnaren.",
    "listSites": "Arbetsplatser.",
    "createSite": "Lägg upp en arbetsplats.",
    "readSite": "En arbetsplats.",
    "replaceSite": "Ändra en egen arbetsplats.",
    "readSiteSurvey": "Vad som är känt om en arbetsplats tillgänglighet.",
    "listSurveys": "En arbetsplats tillgänglighetskartläggningar.",
    "createSurvey": "Lägg till en tillgänglighetskartläggning.",
    "readSurvey": "En tillgänglighetskartläggning.",
    "readSurveyDraft": "Utkastet till en arbetsplats nästa kartläggning.",
    "saveSurveyDraft": "Spara utkastet till en kartläggning.",
    "deleteSurveyDraft": "Kasta utkastet till en kartläggning.",
    "readSiteUnknowns": "Vilka svar som saknas om en arbetsplats, och vad de skulle öppna.",
    "exportSiteAccessibility": "En arbetsplats tillgänglighet som A11yJSON.",
    "listOpenings": "Arbetsträningsplatser.",
    "createOpening": "Lägg upp en arbetsträningsplats.",
    "readOpening": "En arbetsträningsplats.",
    "replaceOpening": "Ändra en egen arbetsträningsplats.",
    "readCapacity": "Hur många platser som finns och är lediga.",
    "replaceCapacity": "Ändra hur många platser som finns.",
    "confirmCapacity": "Stämmer fortfarande.",
    "createCapacityLink": "Skapa en länk att bekräfta lediga platser med, utan inloggning.",
    "readLinkedCapacity": "Platsen som en länk gäller.",
    "useCapacityLink": "Bekräfta eller ändra lediga platser med en länk.",
    "readUnmetDemand": "Vad som söktes och inte fanns under ett kvartal.",
    "startPlan": "Börja göra ett placeringsförslag.",
    "listPlans": "Organisationens placeringsförslag.",
    "readPlan": "Ett placeringsförslag.",
    "listPlanAssignments": "Vem som föreslås var.",
    "listPlanUnplaced": "Vilka som inte fick plats i förslaget, och varför.",
    "comparePlans": "Vad som skiljer två placeringsförslag.",
    "adoptPlan": "Gör ett placeringsförslag till förslag för var och en.",
    "startTravelBuild": "Börja räkna ut restider som inte är kända än.",
    "startInsight": "Börja räkna på vad som skulle öppna fler dörrar.",
    "readInsight": "Vad som skulle öppna fler dörrar.",
    "startBalance": "Räkna vad som har hänt och lämna ut det som får sägas.",
    "readBalance": "Det senaste som lämnats ut om balansen.",
    "exportBalanceReport": "Det senaste som lämnats ut, som en sida att läsa och skriva ut.",
    "exportBalanceWorkbook": "Det senaste som lämnats ut, som en arbetsbok.",
    "exportBalanceTables": "Det senaste som lämnats ut, som tabeller.",
    "startImport": "Läs in tabeller eller en arbetsbok.",
    "readImport": "Hur en inläsning gick.",
    "exportTables": "Tabellerna som en zip-fil.",
    "exportWorkbook": "Tabellerna som en Excel-arbetsbok med listrutor.",
    "listJobs": "Dina jobb.",
    "readJob": "Hur långt ett jobb har kommit.",
    "followJob": "Följ ett jobb medan det pågår.",
    "cancelJob": "Be att ett jobb avbryts.",
    "listHsdsOrganizations": "Anordnare enligt Open Referral HSDS.",
    "readHsdsOrganization": "En anordnare enligt HSDS.",
    "listHsdsServices": "Arbetsträningsplatser enligt HSDS.",
    "readHsdsService": "En arbetsträningsplats enligt HSDS.",
    "listHsdsServiceAtLocations": "Var arbetsträningsplatserna finns, enligt HSDS.",
}
"""By operation id."""
