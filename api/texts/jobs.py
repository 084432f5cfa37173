"""What is said of jobs: why one failed, and what of an upload cannot be brought in."""

from collections.abc import Mapping

ENGLISH: Mapping[str, Mapping[str, str]] = {
    "job_faults": {
        "internal": "It is our fault; nothing was changed.",
        "gave-up": "Whoever worked on it was interrupted again and again.",
        "no-plan": "No plan was found.",
        "dataset-faults": "Something is wrong in what was uploaded; nothing was brought in.",
        "clashes": "Something is in the way of what was uploaded; nothing was brought in.",
        "not-allowed": "Whoever asked for it may not do it any more.",
        "no-travel-store": "No file for travel times is set where the worker runs.",
        "travel-store": "The file of the travel times cannot be read, or not be written to.",
        "travel-sources": "A timetable, or curves, that travel times are made from are faulty.",
        "too-little-new": (
            "Too little has happened since the last release: a new one would give somebody away."
            " The last one still holds; try again when more has happened."
        ),
        "overtaken": "Another release was made meanwhile; start it again.",
        "no-tuesday": "The timetable has no Tuesday from today on: it has to be replaced.",
    },
    "imports": {
        "not_a_zip": "this is no zip and no workbook, or it was cut short",
        "too_large": "there is more in it than can be taken in",
        "encrypted": "it is encrypted; save it without a password",
        "macro_workbook": "a workbook with macros is not opened; save it as .xlsx without them",
        "external_links": "a workbook with links to other files is not opened; take them out",
        "table_twice": "a table stands there in two files; keep one",
        "no_tables": "there is no table of a data set in it",
        "already_there": "there is such a pseudonym already, and it is not shared with you",
        "changed_here": "this may be newer here than in the file; export again, or say replace",
        "kept_by_provider": "the provider keeps this itself; it can be changed only there",
        "elsewhere": "this stands with another provider, or at another site, already",
        "below_taken": "more seats, or half-days, are taken than there would be",
        "opening_full": "every seat of the opening is taken",
        "half_day_full": "on one of the half-days every seat is taken",
        "already_placed": "the participant already has such a placement",
        "not_shared": "the participant is not in the file, and not shared with you",
    },
}
SWEDISH: Mapping[str, Mapping[str, str]] = {
    "job_faults": {
        "internal": "Felet är vårt, och inget har ändrats.",
        "gave-up": "Arbetet avbröts gång på gång.",
        "no-plan": "Ingen plan hittades.",
        "dataset-faults": "Något är fel i det som laddades upp. Inget har lästs in.",
        "clashes": "Något står i vägen för det som laddades upp. Inget har lästs in.",
        "not-allowed": "Den som begärde det får inte göra det längre.",
        "no-travel-store": "Ingen fil för restider är angiven där jobben görs.",
        "travel-store": "Filen med restider går inte att läsa eller inte att skriva till.",
        "travel-sources": "Tidtabellen eller kurvorna som restiderna bygger på är felaktiga.",
        "too-little-new": (
            "För lite har hänt sedan det förra utlämnandet: ett nytt skulle röja någon. Det förra"
            " gäller. Försök igen när mer har hänt."
        ),
        "overtaken": "Ett annat utlämnande gjordes under tiden. Starta om.",
        "no-tuesday": "Tidtabellen har ingen tisdag från i dag och framåt. Den behöver bytas.",
    },
    "imports": {
        "not_a_zip": "det här är varken en zip-fil eller en arbetsbok, eller så är den avkortad",
        "too_large": "det är mer i den än vad som kan tas emot",
        "encrypted": "den är krypterad, spara den utan lösenord",
        "macro_workbook": "en arbetsbok med makron öppnas inte, spara den som .xlsx utan makron",
        "external_links": "en arbetsbok med länkar till andra filer öppnas inte, ta bort dem",
        "table_twice": "en tabell finns i två filer, behåll en",
        "no_tables": "det finns ingen av datamängdens tabeller i den",
        "already_there": "pseudonymen finns redan och är inte delad med dig",
        "changed_here": "det kan vara nyare här än i filen, hämta igen eller välj att ersätta",
        "kept_by_provider": "anordnaren sköter det själv, och bara där kan det ändras",
        "elsewhere": "det finns redan hos en annan anordnare eller på en annan arbetsplats",
        "below_taken": "fler platser eller halvdagar är upptagna än det skulle finnas",
        "opening_full": "alla platser är upptagna",
        "half_day_full": "alla platser är upptagna någon av halvdagarna",
        "already_placed": "deltagaren har redan en sådan placering",
        "not_shared": "deltagaren finns inte i filen och är inte delad med dig",
    },
}
