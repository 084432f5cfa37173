"""What is said of reference tables and their sources: extend both languages together."""

from collections.abc import Mapping

ENGLISH: Mapping[str, Mapping[str, str]] = {
    "reference": {
        "stage_asking": "Asking JobTech and SCB",
        "source_taxonomy": "JobTech's taxonomy",
        "source_register": "SCB's register of occupations",
        "no_answer": "{source}: {why}.",
        "address": "http://host or https://host, without user, question mark or fragment.",
        "group_twice": "Group {where} is there twice.",
        "group_code": "A group has the code {where}; a code has four digits.",
        "field_twice": "Field {where} is there twice.",
        "no_label": "{where} has no label.",
        "field_empty": "Field {where} has no groups.",
        "no_groups": "There are no groups.",
        "no_figures": "None of the groups has a figure for {where}.",
        "other_columns": "The file {where} has other columns than the shipped one.",
        "nothing_written": "Nothing was written.",
        "years": "Year of the figures: {old} before, {new} now.",
        "nothing": "The tables are as they were.",
        "added": "{table} {code} {label}: new",
        "removed": "{table} {code} {label}: gone. Data sets that name it can no longer be read.",
        "renamed": '{table} {code}: "{old}" is now "{new}"',
        "moved": "{table} {code} {label}: in field {new}, before in {old}",
        "turned": (
            "{table} {code} {label}: {old} % women before, {new} % now, on another side of 40 or"
            " 60: what is norm-breaking there changes"
        ),
        "share": "{table} {code} {label}: {old} % women before, {new} % now",
        "told": "{table} {code} {label}: women before: {old}, now: {new} (- is no figure)",
        "occupations": "group",
        "fields": "field",
        "smaller": "{shares:share has|shares have} changed by less.",
        "dry": "Nothing was written: --write does it.",
        "written": 'Written to "{folder}". The lines for data/SOURCES.md:',
        "sum": "| `reference/{file}` | `{sum}` |",
        "not_shipped": (
            "Scenarios and tests were made with the former tables: run the tests before you ship"
            " these."
        ),
    },
}
SWEDISH: Mapping[str, Mapping[str, str]] = {
    "reference": {
        "stage_asking": "Frågar JobTech och SCB",
        "source_taxonomy": "JobTechs taxonomi",
        "source_register": "SCB:s yrkesregister",
        "no_answer": "{source}: {why}.",
        "address": "http://värd eller https://värd, utan användare, frågetecken eller fragment.",
        "group_twice": "Yrkesgrupp {where} finns två gånger.",
        "group_code": "En yrkesgrupp har koden {where}; en kod har fyra siffror.",
        "field_twice": "Yrkesområde {where} finns två gånger.",
        "no_label": "{where} har inget namn.",
        "field_empty": "Yrkesområde {where} har inga yrkesgrupper.",
        "no_groups": "Det finns inga yrkesgrupper.",
        "no_figures": "Ingen av yrkesgrupperna har en siffra för {where}.",
        "other_columns": "Filen {where} har andra kolumner än den som följer med.",
        "nothing_written": "Inget har skrivits.",
        "years": "Siffrornas år: {old} förut, {new} nu.",
        "nothing": "Tabellerna är som de var.",
        "added": "{table} {code} {label}: ny",
        "removed": (
            "{table} {code} {label}: borta. Datamängder som använder koden går inte att läsa mer."
        ),
        "renamed": "{table} {code}: ”{old}” heter nu ”{new}”",
        "moved": "{table} {code} {label}: i område {new}, förut i {old}",
        "turned": (
            "{table} {code} {label}: {old} % kvinnor förut, {new} % nu, på andra sidan av 40"
            " eller 60: vad som är normbrytande där ändras"
        ),
        "share": "{table} {code} {label}: {old} % kvinnor förut, {new} % nu",
        "told": "{table} {code} {label}: kvinnor förut: {old}, nu: {new} (- är ingen siffra)",
        "occupations": "yrkesgrupp",
        "fields": "yrkesområde",
        "smaller": "{shares:andel har|andelar har} ändrats mindre än så.",
        "dry": "Inget har skrivits: --write gör det.",
        "written": "Skrivet till ”{folder}”. Raderna till data/SOURCES.md:",
        "sum": "| `reference/{file}` | `{sum}` |",
        "not_shipped": (
            "Scenarier och tester gjordes med de tidigare tabellerna: kör testerna innan du"
            " skickar med de här."
        ),
    },
}
