"""Texterna på svenska: klarspråk. Vad som är möjligt, och vad som skulle behövas."""

from collections.abc import Mapping

FRAMES = {
    "fault": "{place}: {text}.",
    "found": "{place}: där står ”{value}”; {text}.",
    "no_half_days": "inga halvdagar",
    "from_home": "hemifrån",
}

BARRIERS = {
    "OPENING_PAUSED": "Platsen tar inte emot någon just nu.",
    "ALREADY_THERE": "Deltagaren är redan där.",
    "TASK_DECLINED": "Deltagaren har tackat nej till den här sortens uppgifter.",
    "EXCLUDED": "Platsen är undantagen för deltagaren.",
    "NEED_UNMET": "Ett behov är inte uppfyllt på platsen.",
    "NEED_UNMET need": "Inte uppfyllt på platsen: {need}.",
    "NEED_UNKNOWN": "Det är okänt om ett behov är uppfyllt \N{EN DASH} fråga platsen.",
    "NEED_UNKNOWN need": "Okänt \N{EN DASH} fråga platsen. Det gäller: {need}.",
    "TRAVEL_TOO_LONG": "Resan tar längre tid än deltagaren kan resa.",
    "TRAVEL_TOO_LONG minutes": (
        "Resan tar {minutes:minut|minuter}, längre tid än deltagaren kan resa."
    ),
    "TRAVEL_TOO_LONG minutes limit": "Resan tar {minutes:minut|minuter}; gränsen är {limit}.",
    "TRAVEL_TOO_LONG minutes limit low high": (
        "Resan tar cirka {minutes:minut|minuter}, mellan {low} och {high}; gränsen är {limit}."
    ),
    "TRAVEL_UNKNOWN": "Restiden är okänd.",
    "TRAVEL_UNREACHABLE": "Det går inte att komma dit i tid.",
    "HOURS_TOO_FEW": "Platsen vill ha fler timmar i veckan än deltagaren kommer.",
    "HOURS_TOO_FEW limit": "Platsen vill ha minst {limit:timme|timmar} i veckan.",
    "HOURS_TOO_MANY": "Platsen har färre timmar i veckan än deltagaren kommer.",
    "HOURS_TOO_MANY limit": "Platsen har högst {limit:timme|timmar} i veckan.",
    "SESSIONS_DO_NOT_FIT": "För få halvdagar passar både deltagaren och platsen.",
    "SESSIONS_DO_NOT_FIT limit": (
        "Färre än {limit:halvdag|halvdagar} i veckan passar både deltagaren och platsen."
    ),
    "STARTS_TOO_LATE": "Det finns ingen startdag som passar båda, inom den tid som planeras.",
    "MUNICIPALITY_NOT_SERVED": "Platsen är för den som bor i andra kommuner.",
    "ENROLMENT_REQUIRED": "Platsen är för den som är inskriven hos en annan myndighet.",
    "NOT_INSURED": "Platsen kräver en försäkring som inte är bekräftad.",
    "TOO_YOUNG": "Deltagaren är yngre än platsen tillåter på startdagen.",
    "TOO_YOUNG limit": "Platsen är för den som är minst {limit} år.",
    "NO_COMMON_LANGUAGE": "Deltagaren och platsen har inget språk gemensamt.",
    "REMOTE_ONLY": "Deltagaren arbetar bara hemifrån, och det går inte på platsen.",
    "NO_EQUAL_TREATMENT_AGREEMENT": (
        "Anordnaren har ingen bekräftad överenskommelse om likabehandling."
    ),
}

QUESTIONS = {
    "NEED_UNKNOWN:STEP_FREE": (
        "Finns det trappsteg eller höga trösklar mellan gatan och arbetet, och i så fall en fast"
        " ramp och en hiss som fungerar?"
    ),
    "NEED_UNKNOWN:WIDE_PASSAGE": (
        "Hur breda är entrédörren och den smalaste passagen, och hur stor är ytan att vända på?"
    ),
    "NEED_UNKNOWN:ACCESSIBLE_TOILET": "Finns det en toalett med plats för rullstol (RWC)?",
    "NEED_UNKNOWN:SCENT_FREE": (
        "Är tvål och rengöringsmedel oparfymerade, och ombeds alla att inte använda parfym?"
    ),
    "NEED_UNKNOWN:NO_ANIMALS": "Finns det någon gång pälsdjur på platsen?",
    "NEED_UNKNOWN:ASSISTANCE_DOG": "Får en assistanshund följa med?",
    "NEED_UNKNOWN:QUIET": "Går det att prata utan att höja rösten, och är det musik på?",
    "NEED_UNKNOWN:LOW_STIMULUS": "Finns det ett lugnt rum att vila i?",
    "NEED_UNKNOWN:FEW_PEOPLE": "Hur många arbetar i samma rum?",
    "NEED_UNKNOWN:SHORT_WALK": "Hur många meter är det att gå från närmaste hållplats?",
    "NEED_UNKNOWN:CLEAR_WAYFINDING": (
        "Är det tydligt skyltat till rätt ingång, eller kan någon möta första gången?"
    ),
    "NEED_UNKNOWN:HEARING_LOOP": "Finns det hörslinga?",
    "NEED_UNKNOWN:VISUAL_ALARM": "Syns brandlarmet med ljus?",
    "NEED_UNKNOWN:EASY_TEXT": "Finns det instruktioner på lätt svenska eller med bilder?",
    "NEED_UNKNOWN:SUPERVISOR": "Är en handledare alltid på plats under arbetstiden?",
    "NEED_UNKNOWN:COMPANION": "Får en stödperson följa med och delta?",
    "NEED_UNKNOWN:PRIVATE_TOILET": "Finns det toalett och omklädningsrum för alla kön?",
    "NEED_UNKNOWN:SEATED_WORK": (
        "Kan arbetet göras sittande, eller omväxlande sittande och stående?"
    ),
    "NEED_UNKNOWN:LIGHT_LIFTING": "Hur många kilo är det tyngsta lyftet i arbetet?",
    "NEED_UNKNOWN:OWN_PACE": "Går det att arbeta i egen takt?",
    "NEED_UNKNOWN:PREDICTABLE": "Är uppgifterna desamma från dag till dag?",
    "NEED_UNKNOWN:NO_CUSTOMERS": "Går det att arbeta utan att möta kunder?",
    "TRAVEL_UNKNOWN": "Hur lång tid tar resan?",
    "TRAVEL_TOO_LONG": "Hur lång tid tar resan egentligen? Restiden är uppskattad.",
    "TRAVEL_TOO_LONG minutes": (
        "Hur lång tid tar resan egentligen? Den är uppskattad till {minutes:minut|minuter}."
    ),
    "TRAVEL_TOO_LONG minutes limit": (
        "Hur lång tid tar resan egentligen? Den är uppskattad till {minutes:minut|minuter};"
        " gränsen är {limit}."
    ),
    "TRAVEL_TOO_LONG minutes low high": (
        "Hur lång tid tar resan egentligen? Den är uppskattad till {minutes:minut|minuter},"
        " mellan {low} och {high}."
    ),
    "TRAVEL_TOO_LONG minutes limit low high": (
        "Hur lång tid tar resan egentligen? Den är uppskattad till {minutes:minut|minuter},"
        " mellan {low} och {high}; gränsen är {limit}."
    ),
    "NOT_INSURED": "Vem försäkrar deltagaren under arbetsträningen?",
    "NO_EQUAL_TREATMENT_AGREEMENT": "Har anordnaren en överenskommelse om likabehandling?",
}

ASKING = {
    "site": "Fråga platsen: {question}",
    "participant": "Fråga deltagaren: {question}",
    "authority": "Fråga myndigheten som har ärendet: {question}",
    "travel_planner": "Se efter i en reseplanerare: {question}",
    "coordinator": "Fråga samordnaren: {question}",
}

WHOM = {
    "site": "platsen",
    "participant": "deltagaren",
    "authority": "myndigheten som har ärendet",
    "travel_planner": "en reseplanerare",
    "coordinator": "samordnaren",
}

REMOVING = {
    "site": "Platsen skulle kunna ändra på detta.",
    "participant": "Bara deltagaren själv kan välja att ändra på detta.",
    "authority": "Myndigheten som har ärendet skulle kunna ändra på detta.",
    "travel_planner": "En reseplanerare skulle kunna visa en annan resa.",
    "coordinator": "Samordnaren skulle kunna ändra på detta.",
}

NEEDS = {
    "STEP_FREE": "stegfritt hela vägen",
    "WIDE_PASSAGE": "breda dörrar och passager",
    "ACCESSIBLE_TOILET": "toalett med plats för rullstol (RWC)",
    "SCENT_FREE": "fritt från dofter",
    "NO_ANIMALS": "inga pälsdjur",
    "ASSISTANCE_DOG": "en assistanshund får följa med",
    "QUIET": "låg ljudnivå",
    "LOW_STIMULUS": "ett lugnt rum att vila i",
    "FEW_PEOPLE": "högst fem personer i rummet",
    "SHORT_WALK": "kort väg att gå från hållplatsen",
    "CLEAR_WAYFINDING": "lätt att hitta dit",
    "HEARING_LOOP": "hörslinga",
    "VISUAL_ALARM": "brandlarm som syns",
    "EASY_TEXT": "instruktioner på lätt svenska eller med bilder",
    "SUPERVISOR": "en handledare alltid på plats",
    "COMPANION": "en stödperson får delta",
    "PRIVATE_TOILET": "toalett för alla kön",
    "SEATED_WORK": "arbete som kan göras sittande",
    "LIGHT_LIFTING": "inga tunga lyft",
    "OWN_PACE": "egen takt",
    "PREDICTABLE": "fasta rutiner",
    "NO_CUSTOMERS": "ingen kundkontakt",
}

MEETS = {
    "STEP_FREE": (
        "Inga trappsteg från gatan till arbetet, och en tröskel på högst 25 mm. Vid entrén räcker"
        " en fast ramp som lutar högst 8 på 100; inne räcker en hiss som fungerar."
    ),
    "WIDE_PASSAGE": (
        "Stegfritt hela vägen, en entrédörr på minst 85 cm, passager på minst 90 cm och 150 cm"
        " att vända på."
    ),
    "ACCESSIBLE_TOILET": "En toalett med plats för rullstol (RWC).",
    "SCENT_FREE": (
        "Oparfymerad tvål och oparfymerade rengöringsmedel, och att alla ombeds att inte använda"
        " parfym."
    ),
    "NO_ANIMALS": "Det finns aldrig pälsdjur på platsen.",
    "ASSISTANCE_DOG": "En assistanshund får följa med.",
    "QUIET": "Det går att prata utan att höja rösten, och ingen musik är på.",
    "LOW_STIMULUS": "Det finns ett lugnt rum att vila i.",
    "FEW_PEOPLE": "Det är högst fem personer i samma rum.",
    "SHORT_WALK": "Det är högst 300 meter att gå från närmaste hållplats.",
    "CLEAR_WAYFINDING": "Tydliga skyltar till rätt ingång, eller någon som kan möta.",
    "HEARING_LOOP": "Det finns hörslinga.",
    "VISUAL_ALARM": "Brandlarmet syns med ljus.",
    "EASY_TEXT": "Det finns instruktioner på lätt svenska eller med bilder.",
    "SUPERVISOR": "En handledare är alltid på plats.",
    "COMPANION": "En stödperson får följa med och delta.",
    "PRIVATE_TOILET": "Det finns toalett och omklädningsrum för alla kön.",
    "SEATED_WORK": "Arbetet görs sittande, eller omväxlande.",
    "LIGHT_LIFTING": "Inget tyngre än 5 kg lyfts.",
    "OWN_PACE": "Arbetet görs i egen takt.",
    "PREDICTABLE": "Uppgifterna följer fasta rutiner.",
    "NO_CUSTOMERS": "Arbetet görs utan att möta kunder.",
}

GOALS = {
    "placed": "placerade deltagare",
    "waiting": "företräde för den som har väntat länge (100 till 200 för var och en)",
    "norm_goals": "egna normmål som nås",
    "points": "poäng sammanlagt",
    "lowest_points": "lägsta poäng för någon som har fått en plats",
    "stability": "förslag som är kvar från den tidigare planen",
    "parity": "procentenheter som grupper skiljer sig för mycket, under noll",
}

CRITERIA = {
    "wish": "deltagarens önskemål",
    "travel": "kort resa",
    "want": "sådant som vore bra att ha",
    "hours": "utrymme för fler timmar",
    "start": "tidig start",
}

STATUSES = {
    "optimal": "Bevisat: ingen plan är bättre i något av målen, i deras ordning.",
    "feasible": "En plan som följer reglerna. Det är inte bevisat att ingen plan är bättre.",
    "infeasible": "Ingen plan kan följa alla regler.",
    "nothing_found": "Ingen plan hittades med det arbete som tillåts. Det kan finnas en.",
}

CAUSES = {
    "no_eligible_opening": "Alla platser har ett hinder i dag.",
    "openings_full": "De platser som skulle passa är fulla.",
    "supervisor_full": "Handledaren har alla nya starter som ryms i den här planen.",
}

VIOLATIONS = {
    "SEATS": "Fler personer än det finns platser.",
    "SESSION_SEATS": "Fler personer på en halvdag än det finns rum för.",
    "SESSIONS_COUNT": "Inte lika många halvdagar som deltagaren kommer.",
    "SESSIONS_OUTSIDE": "En halvdag som inte passar båda.",
    "START_DATE": "Inte den första möjliga startdagen.",
    "TRAVEL_MINUTES": "Restiden är inte den rätta.",
    "POINTS": "Poängen är inte de rätta.",
    "NORM_GOAL": "Det som sägs om normmålet stämmer inte.",
    "PLACED_TWICE": "Någon är placerad två gånger.",
    "NOT_LOOKING": "Någon som inte söker plats är med i planen.",
    "UNKNOWN_ID": "Planen nämner något som inte finns i datamängden.",
    "PINNED_MOVED": "En fastställd placering har inte behållits som den är.",
    "UNACCOUNTED": "Någon som söker står varken som placerad eller oplacerad, eller som båda.",
    "CAUSE": "Den orsak som anges stämmer inte.",
    "GOAL_VALUE": "Det värde som anges för ett mål stämmer inte.",
    "GOAL_BOUND": "Ett mål har ett värde bortom sin gräns.",
    "SUPERVISOR_STARTS": "En handledare har fler nya starter än tillåtet.",
    "ORDER": "Raderna står inte i ordning.",
}

REACH = {
    "MINUTES": "inga minuter angivna",
    "MINUTES minutes": "{minutes:minut|minuter}",
    "MINUTES minutes low high": "cirka {minutes:minut|minuter}, mellan {low} och {high}",
    "UNREACHABLE": "går inte att komma dit i tid",
    "UNKNOWN": "okänd restid",
    "WITHHELD": "restiden visas inte",
}

HALF_DAYS = {
    "mon_am": "mån fm",
    "mon_pm": "mån em",
    "tue_am": "tis fm",
    "tue_pm": "tis em",
    "wed_am": "ons fm",
    "wed_pm": "ons em",
    "thu_am": "tors fm",
    "thu_pm": "tors em",
    "fri_am": "fre fm",
    "fri_pm": "fre em",
}

GROUPS: Mapping[str, Mapping[str, str]] = {
    "frames": FRAMES,
    "barriers": BARRIERS,
    "questions": QUESTIONS,
    "asking": ASKING,
    "whom": WHOM,
    "removing": REMOVING,
    "needs": NEEDS,
    "meets": MEETS,
    "goals": GOALS,
    "criteria": CRITERIA,
    "statuses": STATUSES,
    "causes": CAUSES,
    "violations": VIOLATIONS,
    "reach": REACH,
    "half_days": HALF_DAYS,
}
