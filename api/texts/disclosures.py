"""What is said of figures that are hidden, and of releases that cannot be: in both languages."""

from collections.abc import Mapping

ENGLISH: Mapping[str, Mapping[str, str]] = {
    "hiding": {
        "FEW": "Hidden: few people, or another figure of few people would follow from it.",
        "REFUSED": "Not published: with what was published before it would tell too much.",
        "RATIO": "Hidden: a part of the share is hidden.",
        "DENOMINATOR": "Too few people for a share.",
    },
    "releasing": {
        "SHAPE": "The table {where} has more or fewer figures than its categories.",
        "CODES": "A category of {where} is there twice, is empty or lies in none that there is.",
        "TWICE": "{where} is there twice.",
        "NEGATIVE": "The table {where} has a figure under 0.",
        "DISAGREE": "{where} contradicts itself: the same figure has two values.",
        "EXCEEDS": "The parts of {where} are more than the whole.",
        "NOT_NESTED": "{where} has fewer people than a group that lies within it.",
        "TOO_FINE": "The table {where} has categories that may never stand together.",
        "TOO_LARGE": "{where} has too many categories to be counted with the others.",
        "RULES": "The rule {where} is out of its range.",
        "KEYS": "The table {where} has nothing that noise could be made of.",
        "MIXED": (
            "What this registry holds was published with figures hidden, or with noise. The other"
            " way is refused: both together would tell more."
        ),
        "OTHER_NOISE": (
            "What this registry holds was published with another key or another threshold. The"
            " mean of both would tell more."
        ),
    },
}
SWEDISH: Mapping[str, Mapping[str, str]] = {
    "hiding": {
        "FEW": "Dold: få personer, eller så skulle en annan siffra om få följa av den.",
        "REFUSED": "Lämnas inte ut: ihop med det som redan har lämnats ut säger den för mycket.",
        "RATIO": "Dold: en del av andelen är dold.",
        "DENOMINATOR": "För få personer för en andel.",
    },
    "releasing": {
        "SHAPE": "Tabellen {where} har fler eller färre siffror än sina kategorier.",
        "CODES": "En kategori i {where} finns två gånger, är tom eller ligger i en okänd.",
        "TWICE": "{where} finns två gånger.",
        "NEGATIVE": "Tabellen {where} har en siffra under 0.",
        "DISAGREE": "{where} säger emot sig själv: samma siffra har två värden.",
        "EXCEEDS": "Delarna av {where} är fler än helheten.",
        "NOT_NESTED": "{where} har färre personer än en grupp som ingår i den.",
        "TOO_FINE": "Tabellen {where} har kategorier som aldrig får stå tillsammans.",
        "TOO_LARGE": "{where} har för många kategorier för att räknas med de andra.",
        "RULES": "Regeln {where} ligger utanför sina gränser.",
        "KEYS": "Tabellen {where} har inget som brus kan göras av.",
        "MIXED": (
            "Det som står i förteckningen lämnades ut med dolda siffror, eller med brus. Det andra"
            " sättet går inte: båda tillsammans skulle säga mer."
        ),
        "OTHER_NOISE": (
            "Det som står i förteckningen lämnades ut med en annan nyckel eller gräns. Medelvärdet"
            " av båda skulle säga mer."
        ),
    },
}
