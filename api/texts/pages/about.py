"""What the public pages say."""

from collections.abc import Mapping

ENGLISH: Mapping[str, Mapping[str, str]] = {
    "page_about": {
        "title": "How Steget works",
        "lead": (
            "Steget helps somebody who has been away from work for long to find a place for work"
            " training. It shows what is possible and what it would take. A person decides."
        ),
        "how": "From a wish to a first day",
        "how_1": "The participant and the supervisor write down wishes, needs and half-days.",
        "how_2": (
            "Providers tell which places are free, and how it is there: stairs, smells, noise."
        ),
        "how_3": "Steget looks at every place, and says what is possible and why.",
        "how_4": "The two choose a place together. They may choose another than the first.",
        "how_5": "The provider and the participant both say yes. Then there is a first day.",
        "groups": "Three groups",
        "group_1": "Possible",
        "group_1_means": "Nothing that we know of stands between.",
        "group_2": "To check",
        "group_2_means": "Something is not known yet. It says what to ask, and whom.",
        "group_3": "Falls away",
        "group_3_means": "Something stands between today. It says what, and who could change it.",
        "counts": "What the order rests on",
        "counts_lead": (
            "Possible places stand in order. What counts is known and the same for all:"
        ),
        "counts_1": "what the participant wants to do,",
        "counts_2": "how long the journey is,",
        "counts_3": "that half-days and hours suit,",
        "counts_4": "what the participant would rather have, such as a quiet place,",
        "counts_5": "that a place may lead on to work.",
        "never": "What never counts",
        "never_1": "Gender, age, language or origin give no place a better or worse standing.",
        "never_2": "What is not known is never taken as a yes or a no.",
        "never_3": "No place is hidden: what falls away is shown, with the reason.",
        "never_4": "Steget learns nothing about people, and compares nobody with another.",
        "never_5": "There is no measure of how well a person fits.",
        "decides": "A person decides",
        "decides_means": (
            "The order is advice. The participant and the supervisor choose, and write why if it"
            " is not the first suggestion. Nobody is turned down by a machine."
        ),
        "limits": "What Steget does not know",
        "limits_1": "Journeys are often estimated. It says so, and from when to when it may take.",
        "limits_2": "A survey tells how it was on a day. Ask again before the first day.",
        "limits_3": "Some half-days together are hard to plan. It says how good a plan can be.",
    },
    "page_privacy": {
        "title": "Privacy",
        "lead": (
            "Participants have a code instead of a name. There is no field for an illness, an"
            " address or a personal identity number."
        ),
        "kept": "What is kept",
        "kept_1": (
            "Of participants: a code, birth year, gender, municipality, and what they need and"
            " want."
        ),
        "kept_2": "What they need and want is encrypted, and opened only for an answer.",
        "kept_3": "Of those who work here: a name, a login, and what they did and when.",
        "kept_4": "Of places: what providers have told about them.",
        "sees": "Who sees what",
        "sees_caption": "Each role sees what it needs",
        "role": "Role",
        "sees_what": "Sees",
        "sees_not": "Does not see",
        "supervisor": "The participants that are shared with them, and every place",
        "not_supervisor": "Other participants",
        "provider_manager": (
            "Their own places, and the code, half-days and start of who is offered one"
        ),
        "not_provider_manager": "What anybody needs or wants",
        "coordinator": "Plans for their organisation, by code",
        "not_coordinator": "Notes and arrangements",
        "analyst": "Figures; few are never told exactly",
        "not_analyst": "Any single person",
        "admin": "Users and the log",
        "not_admin": "Participants",
        "how_long": "How long",
        "how_long_1": "A participant who no longer looks is erased after {days:day|days}.",
        "how_long_2": "An offer holds a seat for {days:day|days}, and then ends by itself.",
        "how_long_3": "The log stays, with random numbers instead of people.",
        "rights": "Your rights",
        "rights_means": (
            "You may see what is kept about you, have it corrected, take it along, and have it"
            " erased. Ask your supervisor, or the organisation that answers for your data."
        ),
        "cookies": "Cookies",
        "cookies_means": (
            "One cookie keeps you logged in, and ends after {minutes:minute|minutes} without use."
            " Another remembers your language, if you choose one. There are no others."
        ),
        "contact": "Contact",
    },
    "page_accessibility": {
        "title": "Accessibility statement",
        "lead": (
            "{contact} wants everybody to be able to use Steget. This tells how far it has come."
        ),
        "how_far": "How accessible it is",
        "how_far_means": (
            "The pages are built to follow WCAG 2.2, level AA, and so EN 301 549. They are partly"
            " compatible with the law on digital public services: below stands what is not tested"
            " or not met."
        ),
        "tested": "What has been tested, and how",
        "tested_1": "Every page, for every role, by a program (axe) in Chromium, light and dark.",
        "tested_2": (
            "Every page on a screen 320 pixels wide, as when a page is enlarged four times:"
            " nothing scrolls"
            " sideways."
        ),
        "tested_3": "Every page without scripts: every task can be done.",
        "tested_4": "The four daily tasks with the keyboard alone.",
        "tested_5": "The tests run each time something is changed, and prove that they can fail.",
        "lacks": "What is not met, or not tested",
        "lacks_1": "Nobody who uses a screen reader has tried the pages yet.",
        "lacks_2": "No participant or supervisor has tried whether the words are easy enough.",
        "lacks_3": "The pages have been tested in one browser, Chromium.",
        "lacks_4": (
            "The page for programmers (the API's documents) is made by others, and is not tested."
        ),
        "tell": "Tell us",
        "tell_means": "If something does not work for you, write to",
        "authority": "If you are not content with the answer",
        "authority_means": "The Agency for Digital Government supervises the law. Tell them at",
    },
}
SWEDISH: Mapping[str, Mapping[str, str]] = {
    "page_about": {
        "title": "Så fungerar Steget",
        "lead": (
            "Steget hjälper den som länge varit borta från arbete att hitta en plats för"
            " arbetsträning. Det visar vad som är möjligt och vad som krävs. En människa"
            " bestämmer."
        ),
        "how": "Från en önskan till en första dag",
        "how_1": "Deltagaren och handledaren skriver ner önskemål, behov och halvdagar.",
        "how_2": (
            "Anordnare berättar vilka platser som är lediga och hur det är där: trappor, dofter,"
            " ljud."
        ),
        "how_3": "Steget går igenom varje plats och säger vad som är möjligt, och varför.",
        "how_4": "De två väljer plats tillsammans. De får välja en annan än den första.",
        "how_5": "Både anordnaren och deltagaren säger ja. Sedan kommer en första dag.",
        "groups": "Tre grupper",
        "group_1": "Möjliga",
        "group_1_means": "Inget som vi känner till står i vägen.",
        "group_2": "Att fråga om",
        "group_2_means": "Något är okänt än. Det står vad man ska fråga, och vem.",
        "group_3": "Faller bort",
        "group_3_means": "Något står i vägen i dag. Det står vad, och vem som kan ändra det.",
        "counts": "Vad ordningen bygger på",
        "counts_lead": (
            "Möjliga platser står i en ordning. Det som räknas är känt och lika för alla:"
        ),
        "counts_1": "vad deltagaren vill göra,",
        "counts_2": "hur lång resan är,",
        "counts_3": "att halvdagar och timmar passar,",
        "counts_4": "vad deltagaren helst vill ha, till exempel en lugn plats,",
        "counts_5": "att en plats kan leda vidare till arbete.",
        "never": "Vad som aldrig räknas",
        "never_1": (
            "Kön, ålder, språk eller ursprung gör aldrig att en plats hamnar högre eller lägre."
        ),
        "never_2": "Det som är okänt räknas aldrig som ja eller nej.",
        "never_3": "Ingen plats göms: det som faller bort visas, med skälet.",
        "never_4": "Steget lär sig inget om människor och jämför ingen med någon annan.",
        "never_5": "Det finns inget mått på hur bra en människa passar.",
        "decides": "En människa bestämmer",
        "decides_means": (
            "Ordningen är ett råd. Deltagaren och handledaren väljer, och skriver varför om det"
            " inte blir det första förslaget. Ingen får nej av en maskin."
        ),
        "limits": "Vad Steget inte vet",
        "limits_1": (
            "Restider är ofta uppskattade. Då står det, och hur kort eller lång resan kan bli."
        ),
        "limits_2": "En kartläggning säger hur det var en viss dag. Fråga igen före första dagen.",
        "limits_3": (
            "Halvdagar är svåra att planera ihop. Det står hur bra en plan kan bli som bäst."
        ),
    },
    "page_privacy": {
        "title": "Integritet",
        "lead": (
            "Deltagare har en kod i stället för namn. Det finns inget fält för vad någon är"
            " sjuk i,"
            " för adress eller för personnummer."
        ),
        "kept": "Vad som sparas",
        "kept_1": "Om deltagare: en kod, födelseår, kön, kommun, och vad de behöver och vill.",
        "kept_2": "Vad de behöver och vill är krypterat och öppnas bara för ett svar.",
        "kept_3": "Om dem som arbetar här: namn, användarnamn, och vad de gjort och när.",
        "kept_4": "Om platser: det som anordnarna har berättat.",
        "sees": "Vem som ser vad",
        "sees_caption": "Varje roll ser det den behöver",
        "role": "Roll",
        "sees_what": "Ser",
        "sees_not": "Ser inte",
        "supervisor": "De deltagare som delas med dem, och alla platser",
        "not_supervisor": "Andra deltagare",
        "provider_manager": (
            "Sina egna platser, och kod, halvdagar och start för den som erbjuds en"
        ),
        "not_provider_manager": "Vad någon behöver eller vill",
        "coordinator": "Planer för sin organisation, med koder",
        "not_coordinator": "Anteckningar och anpassningar",
        "analyst": "Siffror, där få aldrig anges exakt",
        "not_analyst": "Någon enskild människa",
        "admin": "Användare och loggen",
        "not_admin": "Deltagare",
        "how_long": "Hur länge",
        "how_long_1": "En deltagare som inte längre söker tas bort efter {days:dag|dagar}.",
        "how_long_2": (
            "Ett erbjudande håller en plats i {days:dag|dagar} och upphör sedan av sig självt."
        ),
        "how_long_3": "Loggen finns kvar, med slumptal i stället för människor.",
        "rights": "Dina rättigheter",
        "rights_means": (
            "Du får se vad som sparas om dig, få det rättat, få det med dig och få det borttaget."
            " Fråga din handledare, eller organisationen som ansvarar för dina uppgifter."
        ),
        "cookies": "Kakor",
        "cookies_means": (
            "En kaka håller dig inloggad och upphör efter {minutes:minut|minuter} utan användning."
            " En annan minns ditt språk, om du valt ett. Några fler finns inte."
        ),
        "contact": "Kontakt",
    },
    "page_accessibility": {
        "title": "Tillgänglighetsredogörelse",
        "lead": (
            "{contact} vill att alla ska kunna använda Steget. Här står hur långt det har kommit."
        ),
        "how_far": "Hur tillgängligt det är",
        "how_far_means": (
            "Sidorna är byggda för att följa WCAG 2.2, nivå AA, och därmed EN 301 549. De är"
            " delvis"
            " förenliga med lagen om tillgänglighet till digital offentlig service: nedan står vad"
            " som inte är prövat eller uppfyllt."
        ),
        "tested": "Vad som är prövat, och hur",
        "tested_1": (
            "Varje sida, för varje roll, med ett program (axe) i Chromium, ljust och mörkt."
        ),
        "tested_2": (
            "Varje sida på en skärm som är 320 bildpunkter bred, som vid fyra gångers"
            " förstoring: inget rullar i"
            " sidled."
        ),
        "tested_3": "Varje sida utan skript: alla uppgifter går att göra.",
        "tested_4": "De fyra dagliga uppgifterna med bara tangentbordet.",
        "tested_5": "Proven körs varje gång något ändras, och visar att de kan slå larm.",
        "lacks": "Vad som inte är uppfyllt eller inte prövat",
        "lacks_1": "Ingen som använder skärmläsare har provat sidorna än.",
        "lacks_2": "Ingen deltagare eller handledare har provat om orden är lätta nog.",
        "lacks_3": "Sidorna är prövade i en webbläsare, Chromium.",
        "lacks_4": (
            "Sidan för programmerare (API:ets dokument) är gjord av andra och är inte prövad."
        ),
        "tell": "Berätta för oss",
        "tell_means": "Om något inte fungerar för dig, skriv till",
        "authority": "Om du inte är nöjd med svaret",
        "authority_means": "Myndigheten för digital förvaltning har tillsyn över lagen. Anmäl på",
    },
}
