"""Why the service does not start, and what to set: for each code a sentence, in both languages."""

ENGLISH = {
    "starting": {
        "secret_missing": (
            "Set STEGET_SECRET, or STEGET_SECRET_FILE, to at least 32 random characters: "
            "python -c 'import secrets; print(secrets.token_urlsafe(48))' makes some."
        ),
        "keys_missing": (
            "Set STEGET_KEYS, or STEGET_KEYS_FILE, to the keys that needs are sealed with, "
            "written 1:BASE64 with 32 random bytes: python -c 'import base64, os; "
            'print("1:" + base64.b64encode(os.urandom(32)).decode())\' makes one.'
        ),
        "of_the_demo": (
            "{setting} is the one of the demonstration, which everybody knows: "
            "set another, or start with --demo."
        ),
        "secret_weak": "STEGET_SECRET is too easy: set at least {characters} random characters.",
        "file_unreadable": "The file that {setting} names cannot be read: set another, or none.",
        "not_behind_tls": (
            "STEGET_PUBLIC_URL is neither https nor of this machine: "
            "set the https address that people use."
        ),
        "cookies_not_secure": (
            "STEGET_PUBLIC_URL is https: set STEGET_SECURE_COOKIES to true as well."
        ),
        "oidc_half": "Set both STEGET_OIDC_ISSUER and STEGET_OIDC_CLIENT_ID, or neither.",
        "oidc_not_behind_tls": (
            "STEGET_OIDC_ISSUER is not https: set the https address of the identity provider."
        ),
        "travel_no_folder": (
            "The folder of the file that STEGET_TRAVEL_STORE names is not there: make it first."
        ),
        "travel_address": (
            "{setting} is the address of a server of your own: http://host or https://host, "
            "without user, question mark or fragment. Public servers must not see where "
            "participants live."
        ),
        "travel_sources": (
            "STEGET_TRAVEL_SOURCES names each source once, of {sources}: those that are set, "
            "and the estimate if it is to be asked."
        ),
        "travel_arrive_by": "STEGET_TRAVEL_ARRIVE_BY is times of the day: 08:00,08:10,08:20.",
    }
}
SWEDISH = {
    "starting": {
        "secret_missing": (
            "Sätt STEGET_SECRET, eller STEGET_SECRET_FILE, till minst 32 slumpade tecken: "
            "python -c 'import secrets; print(secrets.token_urlsafe(48))' gör några."
        ),
        "keys_missing": (
            "Sätt STEGET_KEYS, eller STEGET_KEYS_FILE, till nycklarna som behoven förseglas med, "
            "skrivna 1:BASE64 med 32 slumpade byte: python -c 'import base64, os; "
            'print("1:" + base64.b64encode(os.urandom(32)).decode())\' gör en.'
        ),
        "of_the_demo": (
            "{setting} är demonstrationens, som alla känner till: "
            "sätt en annan eller starta med --demo."
        ),
        "secret_weak": (
            "STEGET_SECRET är för enkel: sätt den till minst {characters} slumpade tecken."
        ),
        "file_unreadable": "Filen som {setting} pekar på går inte att läsa: ange en annan.",
        "not_behind_tls": (
            "STEGET_PUBLIC_URL är varken https eller på den här datorn: "
            "sätt den https-adress som används."
        ),
        "cookies_not_secure": (
            "STEGET_PUBLIC_URL är https: sätt också STEGET_SECURE_COOKIES till true."
        ),
        "oidc_half": "Sätt både STEGET_OIDC_ISSUER och STEGET_OIDC_CLIENT_ID, eller ingen av dem.",
        "oidc_not_behind_tls": (
            "STEGET_OIDC_ISSUER är inte https: sätt identitetstjänstens https-adress."
        ),
        "travel_no_folder": (
            "Mappen för filen som STEGET_TRAVEL_STORE pekar på finns inte: skapa den först."
        ),
        "travel_address": (
            "{setting} är adressen till en egen server: http://värd eller https://värd, utan "
            "användare, frågetecken eller fragment. Publika servrar får inte se var deltagare bor."
        ),
        "travel_sources": (
            "STEGET_TRAVEL_SOURCES ska nämna varje källa en gång, bland {sources}: de som är "
            "angivna, och uppskattningen (estimate) om den ska användas."
        ),
        "travel_arrive_by": "STEGET_TRAVEL_ARRIVE_BY ska vara klockslag: 08:00,08:10,08:20.",
    }
}
