"""What a report of the balance says, in both languages: extend both together.

Its tables and the words in them stand in ``report_words``.
"""

from collections.abc import Mapping

_ENGLISH = {
    "title": "Balance and follow-up",
    "of": "{name}, {day}",
    "contents": "Contents",
    "made_of": "Nobody with protected identity is in any figure, totals too.",
    "a_plan": (
        "Counted from a data set and a plan, without a history: whoever is proposed a place counts"
        " as having one."
    ),
    "a_history": "Whoever has started counts as having a place.",
    "question": (
        "A figure that differs is a question, not an answer. What is proposed is the engine's"
        " doing and the places'; what is started is people's."
    ),
    "people": "Who is counted, and how far it went",
    "people_1": (
        "Each person counts once at a stage: by their dearest wish, their first recommendation,"
        " their last ending, and otherwise the first time."
    ),
    "branch": "Branches, by gender",
    "branch_1": (
        "Beside each field stands the share of women among employees in the whole country. It is"
        " national and leaves out the self-employed: something to compare with, not an aim."
    ),
    "periods": "Fields in each period",
    "periods_1": (
        "Periods must not be added up: whoever began in two of them is counted in both. Within a"
        " period each person counts once at a stage."
    ),
    "periods_2": (
        "Wishes and recommendations have no day and are in no period. Occupation groups are in the"
        " CSV files."
    ),
    "no_periods": "Nothing that happened has a day, so no period can be told apart.",
    "crossed": "Fields in each association",
    "crossed_1": (
        "This makes many small figures. They are hidden, and hide much else with them: whoever"
        " does not need it gets more to read without it."
    ),
    "norm": "Norm-breaking work, and steering",
    "norm_1": (
        "Work breaks a norm where more than 60 % of the occupation group are of the other gender."
        " It is judged on the group, never on the field, and only for women and men."
    ),
    "norm_2": (
        "The steering index is the share placed in gender-typical work less the share whose"
        " dearest group wish is for such work, in percentage points. Above 0: more typical work"
        " is given than asked for. The index does not say why."
    ),
    "steered": "{gender}: {points:d}. {wished} wish for typical work, {placed} are placed in it.",
    "not_steered": "{gender}: no index, a figure is hidden or there are too few people.",
    "outcomes": "Outcomes, hours and waiting",
    "outcomes_1": (
        "Beside the shares stand the printed figures of MIA Vidare, 2020 to 2022. They are of"
        " people whose measure ended, which is not the same as a placement."
    ),
    "no_outcomes": "No placement has ended: there are no outcomes to tell yet.",
    "no_hours": "Nobody's hours are known yet.",
    "fairness": "Fairness",
    "flip_none": (
        "{flipped:person was|people were} given another gender, and {pairs} pairs of a person and"
        " a place judged again. Nothing came out otherwise. {recommendations} whole"
        " recommendations were made both ways and are the same."
    ),
    "flip_some": (
        "{flipped:person was|people were} given another gender, and {pairs} pairs of a person and"
        " a place judged again. This came out otherwise and is a fault in Steget: {what}."
    ),
    "flip_not": "The gender flip needs a data set and was not made here.",
    "price_1": (
        "Each row is the best plan there is with so many own norm goals met. From one row to the"
        " next one more goal costs so many points. In the picture the square is the plan as it"
        " stands."
    ),
    "price_now": "The plan as it stands meets {value}, with {points:point|points}.",
    "no_price": "The price of own norm goals is not told: there are too few, or it was not asked.",
    "nothing_to_trade": "Nothing is to be had in points by meeting fewer norm goals.",
    "follow": "Follow-up of supported employment",
    "follow_1": "The reference for a caseload: at most {reference} participants (IPS-25, item 1).",
    "load": "Participants of one supervisor, on average: {mean}. More than {reference}: {above}.",
    "freshness": (
        "Of {openings:place that takes|places that take} people {fresh} were confirmed within"
        " {days} days, {never} never."
    ),
    "coverage": (
        "{surveyed} of {sites:site|sites} were ever surveyed. Of all answers {share} % are known"
        " and not too old."
    ),
    "shadow": "What was suggested, and what people decided",
    "shadow_1": "It does not say who was right.",
    "principles": "Horizontal principles of the ESF",
    "principles_1": (
        "What this report tells of each principle. A figure that is hidden or too small is said"
        " so; it does not mean that all is well."
    ),
    "gender_equality": "Gender equality (jämställdhet)",
    "accessibility": "Accessibility (tillgänglighet)",
    "non_discrimination": "Non-discrimination (icke-diskriminering)",
    "women_of_all": "Women among the participants",
    "rate_of": "{stage}, {gender}",
    "norm_of": "Norm-breaking work, {gender} ({stage})",
    "index_of": "Steering index, {gender}",
    "points": "{points} percentage points",
    "sites_surveyed": "Sites that were ever surveyed",
    "answers_known": "Answers of surveys that are known",
    "unmet_needs": "Left without a place, a need in between",
    "unknown_needs": "Left without a place, an unknown answer in between",
    "flip_row": "Judged otherwise with another gender",
    "nothing": "nothing",
    "recommended_of": "Recommended at least one place, {group}",
    "hidden": "Why some figures are hidden",
    "hidden_1": (
        "Figures from 1 to {most} are hidden, so that nobody can be recognised. That alone is not"
        " enough: whoever knows a total and all its parts but one can work out the last. So other"
        " figures are hidden too, until none of the hidden ones can be worked out from the rows,"
        " the columns, the totals, the other tables or what was published before."
    ),
    "hidden_2": (
        "A percentage is told where there are at least {floor} people to take it of, and both of"
        " its parts are shown. The interval beside it (95 %) says how far chance alone could move"
        " a figure of so few people."
    ),
    "hidden_kept": "Of {cells} figures {shown} are shown, among them {zero} zeros.",
    "refused": (
        "Not published: {table}. Together with what was published before it would tell too much."
    ),
    "none_refused": "No table had to be left out because of what was published before.",
    "sources": "Sources",
    "sources_1": "National shares: {source}, {years}.",
    "sources_2": (
        "Printed figures: the closing magazine of the MIA project, 2022. Intervals: Wilson (1927)"
        " and Newcombe (1998)."
    ),
    "few_note": (
        "Where it says “fewer than {floor}”, there are too few people to say anything in per cent."
    ),
    "gap_told": (
        "{stage}: women {points:d} percentage points above men ({low:d} to {high:d}). That is more"
        " than chance alone would do."
    ),
    "gap_not": (
        "{stage}: the difference between women and men ({points:d} percentage points) may be"
        " chance: it lies between {low:d} and {high:d}."
    ),
    "gap_few": "{stage}: there are too few people to compare women and men.",
    "gap_hidden": "{stage}: women and men cannot be compared: a figure is hidden.",
    "interval": "{percent} % ({low} to {high})",
    "unsure": "{percent} % ({low} to {high}), unsure",
    "few_HIDDEN": "hidden",
    "few_NOBODY": "nobody",
    "few_TOO_FEW": "fewer than {floor}",
    "why_FEW": "hidden",
    "why_REFUSED": "not published",
    "why_RATIO": "hidden",
    "why_DENOMINATOR": "too few",
    "percent_head": "{head}, %",
    "low_head": "{head}, from",
    "high_head": "{head}, to",
    "day_words": "{days:day|days}",
    "picture": "Picture: {caption}",
    "excel_note": "Hidden figures are said in words. Sheet: {caption}",
    "cut": "There are {more} more in the CSV files.",
}
_SWEDISH = {
    "title": "Balans och uppföljning",
    "of": "{name}, {day}",
    "contents": "Innehåll",
    "made_of": "Ingen med skyddad identitet är med i någon siffra, inte heller i summorna.",
    "a_plan": (
        "Räknat på en datamängd och en plan, utan historik: den som föreslås en plats räknas som"
        " placerad."
    ),
    "a_history": "Den som har börjat räknas som placerad.",
    "question": (
        "En siffra som skiljer sig är en fråga, inte ett svar. Vad som föreslås beror på Steget"
        " och på platserna; vad som påbörjas beror på människor."
    ),
    "people": "Vilka som räknas, och hur långt det gick",
    "people_1": (
        "Var och en räknas en gång i varje steg: med sitt käraste önskemål, sin första"
        " rekommendation, sitt sista avslut och annars den första gången."
    ),
    "branch": "Branscher efter kön",
    "branch_1": (
        "Bredvid varje område står andelen kvinnor bland anställda i hela landet. Den är nationell"
        " och räknar inte egna företagare: något att jämföra med, inget mål."
    ),
    "periods": "Områden i varje period",
    "periods_1": (
        "Perioderna får inte läggas ihop: den som började i två av dem räknas i båda. Inom en"
        " period räknas varje person en gång i ett steg."
    ),
    "periods_2": (
        "Önskemål och rekommendationer har ingen dag och finns inte i någon period. Yrkesgrupperna"
        " finns i CSV-filerna."
    ),
    "no_periods": "Inget av det som hänt har en dag. Därför går ingen period att visa för sig.",
    "crossed": "Områden i varje samordningsförbund",
    "crossed_1": (
        "Här blir det många små siffror. De döljs, och mycket annat döljs med dem: den som inte"
        " behöver tabellen får se mer utan den."
    ),
    "norm": "Normbrytande arbete, och styrning",
    "norm_1": (
        "Ett arbete är normbrytande där mer än 60 % i yrkesgruppen har det andra könet. Det bedöms"
        " på yrkesgruppen, aldrig på området, och bara för kvinnor och män."
    ),
    "norm_2": (
        "Styrningsindex är andelen placerade i könstypiskt arbete minus andelen vars käraste"
        " gruppönskemål gäller sådant arbete, i procentenheter. Över 0: det ges mer typiskt arbete"
        " än vad som önskas. Indexet säger inte varför."
    ),
    "steered": "{gender}: {points:d}. {wished} önskar typiskt arbete, {placed} har fått det.",
    "not_steered": "{gender}: inget index, en siffra är dold eller personerna är för få.",
    "outcomes": "Resultat, timmar och väntan",
    "outcomes_1": (
        "Bredvid andelarna står MIA Vidares tryckta siffror, 2020 till 2022. De gäller personer"
        " vars insats har avslutats, och det är inte samma sak som en placering."
    ),
    "no_outcomes": "Ingen placering har avslutats: det finns inga resultat att visa än.",
    "no_hours": "Ingens timmar är kända än.",
    "fairness": "Rättvisa",
    "flip_none": (
        "{flipped:person|personer} fick ett annat kön, och {pairs} par av person och plats"
        " bedömdes igen. Inget blev annorlunda. {recommendations} hela rekommendationer gjordes på"
        " båda sätten och är lika."
    ),
    "flip_some": (
        "{flipped:person|personer} fick ett annat kön, och {pairs} par av person och plats"
        " bedömdes igen. Det här blev annorlunda och är ett fel i Steget: {what}."
    ),
    "flip_not": "Könsbytet behöver en datamängd och har inte gjorts här.",
    "price_1": (
        "Varje rad är den bästa plan som finns med så många uppfyllda egna normmål. Från en rad"
        " till nästa kostar ett mål till så många poäng. I bilden är fyrkanten planen som den är."
    ),
    "price_now": "Planen som den är uppfyller {value}, med {points:poäng|poäng}.",
    "no_price": "Priset för egna normmål visas inte: de är för få, eller så har ingen frågat.",
    "nothing_to_trade": "Det går inte att få fler poäng genom att uppfylla färre normmål.",
    "follow": "Uppföljning av Supported Employment",
    "follow_1": "Riktmärket är högst {reference} deltagare per handledare (IPS-25, punkt 1).",
    "load": "Deltagare per handledare i genomsnitt: {mean}. Fler än {reference}: {above}.",
    "freshness": (
        "Av {openings:plats som tar emot|platser som tar emot} har {fresh} bekräftats inom {days}"
        " dagar, {never} aldrig."
    ),
    "coverage": (
        "{surveyed} av {sites:arbetsplats|arbetsplatser} har någon gång inventerats. Av alla svar"
        " är {share} % kända och inte för gamla."
    ),
    "shadow": "Vad som föreslogs, och vad människor bestämde",
    "shadow_1": "Det säger inte vem som hade rätt.",
    "principles": "ESF:s horisontella principer",
    "principles_1": (
        "Vad rapporten säger om varje princip. Där en siffra är dold eller för liten står det så;"
        " det betyder inte att allt är bra."
    ),
    "gender_equality": "Jämställdhet",
    "accessibility": "Tillgänglighet",
    "non_discrimination": "Icke-diskriminering",
    "women_of_all": "Kvinnor bland deltagarna",
    "rate_of": "{stage}, {gender}",
    "norm_of": "Normbrytande arbete, {gender} ({stage})",
    "index_of": "Styrningsindex, {gender}",
    "points": "{points} procentenheter",
    "sites_surveyed": "Arbetsplatser som någon gång har inventerats",
    "answers_known": "Svar i inventeringar som är kända",
    "unmet_needs": "Utan plats, ett behov står emellan",
    "unknown_needs": "Utan plats, ett okänt svar står emellan",
    "flip_row": "Annorlunda bedömt med ett annat kön",
    "nothing": "inget",
    "recommended_of": "Rekommenderades minst en plats, {group}",
    "hidden": "Varför vissa siffror är dolda",
    "hidden_1": (
        "Antal från 1 till {most} är dolda, så att ingen kan kännas igen. Det räcker inte: den som"
        " vet en summa och alla delar utom en kan räkna ut den sista. Därför är fler siffror"
        " dolda, tills ingen av de dolda går att räkna ut ur raderna, kolumnerna, summorna, de"
        " andra tabellerna eller det som har lämnats ut förut."
    ),
    "hidden_2": (
        "En procentsats visas där det är minst {floor} personer att räkna på, och båda delarna"
        " visas. Intervallet bredvid (95 %) säger hur mycket slumpen ensam kan flytta en siffra"
        " om så få personer."
    ),
    "hidden_kept": "Av {cells} siffror visas {shown}, och {zero} av dem är nollor.",
    "refused": "Lämnas inte ut: {table}. Med det som lämnats ut förut skulle den säga för mycket.",
    "none_refused": "Ingen tabell behövde utelämnas på grund av det som lämnats ut förut.",
    "sources": "Källor",
    "sources_1": "Nationella andelar: {source}, {years}.",
    "sources_2": (
        "Tryckta siffror: slutmagasinet för MIA-projektet, 2022. Intervall: Wilson (1927) och"
        " Newcombe (1998)."
    ),
    "few_note": (
        "Där det står ”färre än {floor}” är det för få personer för att säga något i procent."
    ),
    "gap_told": (
        "{stage}: kvinnor {points:d} procentenheter över män ({low:d} till {high:d}). Det är mer"
        " än vad slumpen ensam gör."
    ),
    "gap_not": (
        "{stage}: skillnaden mellan kvinnor och män ({points:d} procentenheter) kan vara slump:"
        " den ligger mellan {low:d} och {high:d}."
    ),
    "gap_few": "{stage}: det är för få personer för att jämföra kvinnor och män.",
    "gap_hidden": "{stage}: kvinnor och män går inte att jämföra: en siffra är dold.",
    "interval": "{percent} % ({low} till {high})",
    "unsure": "{percent} % ({low} till {high}), osäkert",
    "few_HIDDEN": "dold",
    "few_NOBODY": "ingen",
    "few_TOO_FEW": "färre än {floor}",
    "why_FEW": "dold",
    "why_REFUSED": "lämnas inte ut",
    "why_RATIO": "dold",
    "why_DENOMINATOR": "för få",
    "percent_head": "{head}, %",
    "low_head": "{head}, från",
    "high_head": "{head}, till",
    "day_words": "{days:dag|dagar}",
    "picture": "Bild: {caption}",
    "excel_note": "Dolda siffror är sagda med ord. Blad: {caption}",
    "cut": "Det finns {more} till i CSV-filerna.",
}
_ENGLISH_COMMAND = {
    "stage_counting": "Counting, and hiding what is small",
    "form": "The name of a report ends in .html or .xlsx.",
    "no_registry": "This file is no registry of releases.",
    "no_release": "These tables cannot be published: {code}, {where}.",
    "periods": (
        "These periods cannot be told: {faults}. Write 2025, 2025-H1, 2025-Q2 or"
        " 2025-01-01/2025-06-30, from {first} to {last}, and no day twice."
    ),
    "period_unknown": '"{period}" is no period',
    "period_backwards": '"{period}" ends before it begins',
    "period_twice": '"{period}" and "{other}" overlap',
    "period_before": '"{period}" overlaps "{other}", which was told earlier (see the registry)',
    "not_registered": (
        "Not in a registry: with --registry FILE it is kept what has been published, so that two"
        " releases together tell nothing more."
    ),
    "written": 'The tables are in the folder "{path}".',
    "not_written": "Every table is written as CSV with --out DIR.",
    "report_written": 'The report is in the file "{path}".',
}
_SWEDISH_COMMAND = {
    "stage_counting": "Räknar, och döljer det som är litet",
    "form": "Namnet på en rapport slutar på .html eller .xlsx.",
    "no_registry": "Filen är ingen förteckning över det som lämnats ut.",
    "no_release": "Tabellerna går inte att lämna ut: {code}, {where}.",
    "periods": (
        "Perioderna går inte att visa: {faults}. Skriv 2025, 2025-H1, 2025-Q2 eller"
        " 2025-01-01/2025-06-30, från {first} till {last}, och ingen dag två gånger."
    ),
    "period_unknown": "”{period}” är ingen period",
    "period_backwards": "”{period}” slutar innan den börjar",
    "period_twice": "”{period}” och ”{other}” överlappar varandra",
    "period_before": "”{period}” överlappar ”{other}”, som lämnats ut förut (se förteckningen)",
    "not_registered": (
        "Inte förtecknat: med --registry FIL sparas vad som har lämnats ut, så att två utlämnanden"
        " tillsammans inte säger mer."
    ),
    "written": "Tabellerna ligger i mappen ”{path}”.",
    "not_written": "Alla tabeller skrivs som CSV med --out MAPP.",
    "report_written": "Rapporten ligger i filen ”{path}”.",
}
ENGLISH: Mapping[str, Mapping[str, str]] = {"report": _ENGLISH, "reporting": _ENGLISH_COMMAND}
SWEDISH: Mapping[str, Mapping[str, str]] = {"report": _SWEDISH, "reporting": _SWEDISH_COMMAND}
