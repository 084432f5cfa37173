"""Refusals of the service: for each code a title and a sentence, in both languages."""

from collections.abc import Mapping

_ENGLISH = {
    "not-authenticated": ("Log in first", "The request had no token or session that holds."),
    "not-allowed": ("Not allowed", "Your role, or your token, may not do this."),
    "not-found": ("Not found", "There is nothing here that you may see."),
    "login-failed": (
        "The login did not succeed",
        "Check what you logged in with, and try again.",
    ),
    "too-many-tries": ("Too many tries", "Wait some minutes, then try again."),
    "too-many-requests": ("Too many requests", "Wait a minute, then go on more slowly."),
    "cross-site": ("From another site", "It came from another site; nothing was done."),
    "malformed": ("Cannot be read", "The request is not well-formed; nothing was changed."),
    "not-valid": ("Something is wrong", "Each fault is listed; nothing was changed."),
    "too-large": ("Too large", "The request is larger than what is accepted."),
    "media-type": ("Another format was expected", "This kind of content is not accepted here."),
    "unknown-parameter": ("Unknown parameter", "The operation does not have such a parameter."),
    "precondition-required": (
        "Say which version you saw",
        "Send If-Match with the ETag of what you have seen.",
    ),
    "precondition-failed": (
        "Somebody changed it meanwhile",
        "Read it again, and make your change on what stands there now.",
    ),
    "key-reused": ("The key was used", "This Idempotency-Key was used for another request."),
    "already-there": ("Already there", "There is one with that name or code already."),
    "last-admin": ("The last administrator", "There must be an active administrator left."),
    "wrong-state": ("Not possible now", "The placement is not where this step can be taken from."),
    "opening-full": ("No free seat", "Every seat of the opening is taken."),
    "half-day-full": ("No room on a half-day", "On one of the half-days every seat is taken."),
    "opening-paused": ("The opening is paused", "The provider has paused the opening."),
    "already-placed": (
        "Has a place already",
        "The participant already has an offered, accepted or started placement.",
    ),
    "below-taken": (
        "More seats are taken",
        "There can be no fewer seats than are taken.",
    ),
    "not-yet-free": ("Not free yet", "The seat is not free yet; the start has to wait."),
    "not-consented": (
        "Consent is missing",
        "Arrangements can be written only with the participant's recorded consent.",
    ),
    "barred": (
        "Something stands between",
        "Each barrier is listed. Some can be passed over, with a note that says why.",
    ),
    "link-used-up": ("The link does not hold any more", "It has been used, or its time is over."),
    "no-travel-store": (
        "There is no store of travel times",
        "Whoever runs the service has set no file for them; journeys are estimated.",
    ),
    "method": ("Not done like this", "This method does not exist here."),
    "unavailable": ("Not available now", "Try again in a moment."),
    "internal": ("Something went wrong", "It is our fault, and nothing was changed."),
}
_SWEDISH = {
    "not-authenticated": ("Logga in först", "Begäran saknade en giltig nyckel eller inloggning."),
    "not-allowed": ("Inte tillåtet", "Din roll, eller din nyckel, får inte göra detta."),
    "not-found": ("Finns inte", "Här finns inget som du får se."),
    "login-failed": (
        "Inloggningen lyckades inte",
        "Kontrollera det du loggade in med och försök igen.",
    ),
    "too-many-tries": ("För många försök", "Vänta några minuter och försök sedan igen."),
    "too-many-requests": ("För många anrop", "Vänta en minut och fortsätt sedan långsammare."),
    "cross-site": ("Från en annan plats", "Begäran kom från en annan plats. Inget har gjorts."),
    "malformed": ("Går inte att läsa", "Begäran är felaktigt skriven. Inget har ändrats."),
    "not-valid": ("Något är fel", "Varje fel står i listan. Inget har ändrats."),
    "too-large": ("För stort", "Begäran är större än vad som tas emot."),
    "media-type": ("Ett annat format väntades", "Den här sortens innehåll tas inte emot här."),
    "unknown-parameter": ("Okänd parameter", "Anropet har ingen sådan parameter."),
    "precondition-required": (
        "Ange vilken version du såg",
        "Skicka If-Match med ETag från det du har sett.",
    ),
    "precondition-failed": (
        "Någon annan har ändrat under tiden",
        "Läs om och gör din ändring på det som står där nu.",
    ),
    "key-reused": ("Nyckeln är använd", "Samma Idempotency-Key användes för en annan begäran."),
    "already-there": ("Finns redan", "Det finns redan en med det namnet eller den koden."),
    "last-admin": ("Den sista administratören", "Minst en aktiv administratör måste finnas kvar."),
    "wrong-state": ("Går inte just nu", "Placeringen är inte i ett läge där steget kan tas."),
    "opening-full": ("Ingen ledig plats", "Alla platser är upptagna."),
    "half-day-full": ("Fullt en halvdag", "Alla platser är upptagna någon av halvdagarna."),
    "opening-paused": ("Platsen är pausad", "Anordnaren har pausat platsen."),
    "already-placed": (
        "Har redan en plats",
        "Deltagaren har redan en erbjuden, accepterad eller påbörjad placering.",
    ),
    "below-taken": ("Fler platser är upptagna", "Det kan inte bli färre platser än de upptagna."),
    "not-yet-free": ("Inte ledig än", "Platsen är inte ledig än. Starten får vänta."),
    "not-consented": (
        "Samtycke saknas",
        "Anpassningar får skrivas bara när deltagarens samtycke är noterat.",
    ),
    "barred": (
        "Något står i vägen",
        "Varje hinder står i listan. Vissa går att gå förbi om du skriver varför.",
    ),
    "link-used-up": ("Länken gäller inte längre", "Den är använd, eller så har tiden gått ut."),
    "no-travel-store": (
        "Restider lagras inte",
        "Den som driver tjänsten har inte angett någon fil för dem. Restiderna uppskattas.",
    ),
    "method": ("Så går det inte att göra", "Metoden finns inte här."),
    "unavailable": ("Inte tillgängligt just nu", "Försök igen om en stund."),
    "internal": ("Något gick fel", "Felet är vårt, och inget har ändrats."),
}


def _groups(of: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {
        "refusals": {code: title for code, (title, _) in of.items()},
        "refusal_details": {code: sentence for code, (_, sentence) in of.items()},
    }


ENGLISH, SWEDISH = _groups(_ENGLISH), _groups(_SWEDISH)
