"""What the commands of the service say, in both languages."""

ENGLISH = {
    "service": {
        "listens": "Steget listens: {address}/ (for programs: {docs})",
        "works": "The worker waits for jobs.",
        "demo": 'Everybody and every place in it is invented. Password of all: "{password}"',
        "account": "{login} ({role})",
        "migrated": "The database has the schema of this version now.",
        "schema_current": "The database has the schema of this version already.",
        "schema_none": "The database is empty. Run: steget migrate",
        "schema_older": "The database has an older schema. Back it up, then run: steget migrate",
        "schema_newer": (
            "The database was made by a newer version of Steget. Use that version, or restore "
            "an older backup."
        ),
        "no_database": "The database does not answer, or is none: see STEGET_DATABASE_URL.",
        "database_failed": "The database failed ({kind}); nothing is left half-done.",
        "cannot_listen": "{host}, port {port:d}, is in use or not allowed.",
        "no_such_setting": "{name} is no setting of Steget, and is passed over.",
        "keys": "STEGET_KEYS are no keys: expected NUMBER:BASE64 of 32 bytes, commas between.",
        "keys_missing_one": (
            "Something is sealed with a key that is not in STEGET_KEYS. Put it back; nothing "
            "that was sealed again is lost."
        ),
        "not_a_setting": "Not a value that can be used: {names}.",
        "backed_up": "{rows:row|rows} in the backup. Keep the keys elsewhere.",
        "restored": "{rows:row|rows} restored.",
        "backup_exists": "There is a file of that name already; nothing was written.",
        "backup_schema": "The schema is not that of this version. Run: steget migrate",
        "backup_not_empty": "The database is not empty; nothing was restored.",
        "backup_no_backup": "The file is no backup of Steget; nothing was restored.",
        "backup_keys": (
            "The backup was sealed with another key, or has been changed; nothing was restored."
        ),
        "backup_cut": "The backup is not whole; nothing was restored.",
        "chain_holds": "The audit holds: {entries:entry|entries}, each after the one before.",
        "chain_broken": (
            "The audit is broken in {broken:place|places} of {entries:entry|entries}."
        ),
        "broken": "Entry {number:d}: {what} is not what it should be.",
        "due_participants": "{rows:participant|participants} whose time is over",
        "due_sessions": "{rows:login|logins} that ended",
        "due_answers": "{rows:answer|answers} kept for repeated requests",
        "due_files": "{rows:upload|uploads} and their results",
        "erased_participants": "{rows:participant|participants} erased",
        "erased_sessions": "{rows:login|logins} erased",
        "erased_answers": "{rows:answer|answers} kept for repeated requests erased",
        "erased_files": "{rows:upload|uploads} and their results erased",
        "head": "Last hash: {hash}",
        "new_key": "{key}",
        "password": "Password of the new account",
        "password_again": "The same once more",
        "password_missing": (
            "A password is needed: type it where you are asked, set STEGET_PASSWORD, or use "
            "--without-password for somebody who logs in by an identity provider."
        ),
        "password_weak": (
            "A password has {least} to {most} characters, and is not the demonstration's."
        ),
        "not_a_login": "A login has up to 254 characters and no spaces, a name up to 200.",
        "not_a_code": "A code has up to 64 characters and no spaces.",
        "not_a_municipality": "A municipality has a code of four digits.",
        "house_organisation": "A {role} belongs to an organisation: add --organisation CODE.",
        "house_provider": "A {role} belongs to a provider: add --provider CODE.",
        "house_none": "A {role} belongs to neither an organisation nor a provider.",
        "no_house": "There is none with that code.",
        "already_there": "There is one with that login or code already; nothing was changed.",
        "user_added": "{login} can log in as {role}.",
        "organisation_added": "The organisation {code} is there.",
        "rotated": "{values:value|values} sealed again under key {newest:d}.",
    }
}
SWEDISH = {
    "service": {
        "listens": "Steget lyssnar: {address}/ (för program: {docs})",
        "works": "Arbetaren väntar på jobb.",
        "demo": 'Alla människor och platser är påhittade. Lösenord för alla: "{password}"',
        "account": "{login} ({role})",
        "migrated": "Databasen har nu den här versionens schema.",
        "schema_current": "Databasen har redan den här versionens schema.",
        "schema_none": "Databasen är tom. Kör: steget migrate",
        "schema_older": "Databasen har ett äldre schema. Säkerhetskopiera, kör: steget migrate",
        "schema_newer": (
            "Databasen gjordes av en nyare version av Steget. Använd den versionen, eller läs in "
            "en äldre säkerhetskopia."
        ),
        "no_database": "Databasen svarar inte, eller är ingen databas: se STEGET_DATABASE_URL.",
        "database_failed": "Databasen slutade fungera ({kind}). Inget är halvgjort.",
        "cannot_listen": "{host}, port {port:d}, är upptagen eller spärrad.",
        "no_such_setting": "{name} är ingen inställning i Steget och används inte.",
        "keys": (
            "STEGET_KEYS är inga nycklar: NUMMER:BASE64 av 32 byte väntades, med komma emellan."
        ),
        "keys_missing_one": (
            "Något är förseglat med en nyckel som inte finns i STEGET_KEYS. Lägg tillbaka den; "
            "inget som förseglats om är förlorat."
        ),
        "not_a_setting": "Värdet kan inte användas: {names}.",
        "backed_up": "{rows:rad|rader} i säkerhetskopian. Förvara nycklarna på ett annat ställe.",
        "restored": "{rows:rad|rader} inlästa.",
        "backup_exists": "Det finns redan en fil med det namnet. Inget har skrivits.",
        "backup_schema": "Schemat är inte den här versionens. Kör: steget migrate",
        "backup_not_empty": "Databasen är inte tom. Inget har lästs in.",
        "backup_no_backup": "Filen är ingen säkerhetskopia av Steget. Inget har lästs in.",
        "backup_keys": (
            "Kopian är förseglad med en annan nyckel, eller har ändrats. Inget har lästs in."
        ),
        "backup_cut": "Säkerhetskopian är inte hel. Inget har lästs in.",
        "chain_holds": "Loggen håller: {entries:post|poster}, var och en efter den förra.",
        "chain_broken": "Loggen är bruten på {broken:ställe|ställen} av {entries:post|poster}.",
        "broken": "Post {number:d}: {what} är inte vad det borde vara.",
        "due_participants": "{rows:deltagare|deltagare} vars tid har gått ut",
        "due_sessions": "{rows:inloggning|inloggningar} som är slut",
        "due_answers": "{rows:svar|svar} sparade för upprepade anrop",
        "due_files": "{rows:uppladdning|uppladdningar} med resultat",
        "erased_participants": "{rows:deltagare gallrad|deltagare gallrade}",
        "erased_sessions": "{rows:inloggning raderad|inloggningar raderade}",
        "erased_answers": "{rows:svar raderat|svar raderade}",
        "erased_files": "{rows:uppladdning raderad|uppladdningar raderade}",
        "head": "Sista hash: {hash}",
        "new_key": "{key}",
        "password": "Lösenord för det nya kontot",
        "password_again": "Samma en gång till",
        "password_missing": (
            "Ett lösenord behövs: skriv det när du blir tillfrågad, sätt STEGET_PASSWORD, eller "
            "använd --without-password för den som loggar in med en identitetstjänst."
        ),
        "password_weak": (
            "Ett lösenord har {least} till {most} tecken och är inte demonstrationens."
        ),
        "not_a_login": "Ett inloggningsnamn har högst 254 tecken utan mellanslag, ett namn 200.",
        "not_a_code": "En kod har högst 64 tecken utan mellanslag.",
        "not_a_municipality": "En kommun har en kod med fyra siffror.",
        "house_organisation": "{role} hör till en organisation: lägg till --organisation KOD.",
        "house_provider": "{role} hör till en anordnare: lägg till --provider KOD.",
        "house_none": "{role} hör varken till en organisation eller till en anordnare.",
        "no_house": "Det finns ingen med den koden.",
        "already_there": "Det finns redan en med det namnet eller den koden. Inget har ändrats.",
        "user_added": "{login} kan logga in som {role}.",
        "organisation_added": "Organisationen {code} finns nu.",
        "rotated": "{values:värde|värden} förseglade igen med nyckel {newest:d}.",
    }
}
