"""What is said of figures that are changed at random instead of hidden: in both languages."""

from collections.abc import Mapping

ENGLISH: Mapping[str, Mapping[str, str]] = {
    "noising": {
        "told": (
            "Every figure of people is changed a little at random, so that nobody can be"
            " recognised; therefore figures do not add up to their totals."
        ),
        "head": "{head} (figures changed a little at random, do not add up)",
        "heading": "How the figures are changed",
        "rules": (
            "At most {reach} people are added to a figure or taken from it. 0 stays 0. Nothing"
            " from 1 to {most} is told: such a figure becomes 0, or {least} or more. The same"
            " people get the same change in every table and every report. Shares, differences and"
            " indices are made of the changed figures."
        ),
        "flip_none": (
            "With another gender nobody was judged otherwise. How many were tried is not told."
        ),
        "flip_some": "With another gender people were judged otherwise: {what}.",
        "key_made": (
            'There is a new key in the file "{path}". Keep it, let nobody else read it, and use it'
            " for every release about the same people."
        ),
        "key_gone": (
            'There is no key in "{path}", and the registry has releases already: use the key that'
            " they were made with."
        ),
        "key_open": 'Others may read "{path}". Make a new key: a file that only you may read.',
        "key_weak": '"{path}" needs at least {bytes} random bytes, written in hexadecimal.',
        "key_threshold": "With noise the threshold is at most {most}.",
    },
}
SWEDISH: Mapping[str, Mapping[str, str]] = {
    "noising": {
        "told": (
            "Varje siffra om personer är ändrad lite på måfå, så att ingen går att känna igen."
            " Därför stämmer inte summorna."
        ),
        "head": "{head} (siffror ändrade lite på måfå, summorna stämmer inte)",
        "heading": "Hur siffrorna är ändrade",
        "rules": (
            "Högst {reach} personer läggs till en siffra eller dras från den. 0 förblir 0. Inget"
            " från 1 till {most} visas: en sådan siffra blir 0, eller {least} eller mer. Samma"
            " personer får samma ändring i varje tabell och varje rapport. Andelar, skillnader och"
            " index är gjorda av de ändrade siffrorna."
        ),
        "flip_none": (
            "Med ett annat kön bedömdes ingen annorlunda. Hur många som provades visas inte."
        ),
        "flip_some": "Med ett annat kön bedömdes personer annorlunda: {what}.",
        "key_made": (
            "En ny nyckel finns i filen ”{path}”. Spara den, låt ingen annan läsa den och använd"
            " den varje gång något lämnas ut om samma personer."
        ),
        "key_gone": (
            "Det finns ingen nyckel i ”{path}”, och förteckningen har redan något som lämnats ut:"
            " använd den nyckel som det gjordes med."
        ),
        "key_open": "Andra får läsa ”{path}”. Gör en ny nyckel: en fil som bara du får läsa.",
        "key_weak": "”{path}” behöver minst {bytes} slumpade byte, skrivna hexadecimalt.",
        "key_threshold": "Med brus är gränsen högst {most}.",
    },
}
