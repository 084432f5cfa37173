"""What a manager reads while a site is being surveyed."""

from collections.abc import Mapping

ENGLISH: Mapping[str, Mapping[str, str]] = {
    "page_survey": {
        "title": "Survey {site}",
        "lead": "Answer what you know. Not known is a perfectly good answer,"
        " and better than a guess. What you save is kept as a draft"
        " until you hand it in.",
        "progress": "{answered} of {questions} answered",
        "sections": "Sections",
        "part": "{answered} of {questions}",
        "part_done": "Done",
        "fill": "Fill in",
        "would_open": "Would open most:",
        "opens_few": "A few more could perhaps come if you answer.",
        "opens": "{count:more person|more people} could perhaps come if you answer.",
        "unknown_today": "Not known today",
        "now": "Now: {answer}",
        "now_since": "Now: {answer} (since {day})",
        "empty_is_unknown": "Leave empty if it is not known.",
        "empty_is_same": "Leave empty if it is as before, or not known.",
        "none_is_same": "Choose none if it is as before, or not known.",
        "none_is_unknown": "Choose none if it is not known.",
        "unknown_or_same": "Not known, or as before",
        "save_next": "Save and go on",
        "save_overview": "Save and go to the overview",
        "overview": "Overview",
        "step": "Part {number} of {of}",
        "hand_in": "Hand in",
        "hand_in_lead": "Then the answers count, and supervisors see them. What is"
        " unknown stays unknown.",
        "drafted": "{count:answer|answers} in the draft.",
        "surveyedOn": "Day on which you looked",
        "method": "How you found out",
        "empty": "Answer at least one question before you hand in.",
        "nothing_yet": "The draft is empty. Begin with a section above.",
        "discard": "Throw the draft away",
        "saved_by": "The draft was saved {moment} by {name}.",
        "changed_meanwhile": "Somebody else has saved the draft meanwhile. What you wrote"
        " is still here. Look through it and save again.",
        "daily": "How many wait for an answer is counted once a day, not when"
        " you answer, at places that have stood unchanged for four weeks."
        " Fewer than five are shown as a few.",
        "counted_from": "Here people are counted from {day}.",
    },
    "page_method": {
        "on_site": "On site",
        "photo": "By photo",
        "phone": "By phone",
        "self_reported": "From memory",
        "unknown": "Way not known",
    },
}
SWEDISH: Mapping[str, Mapping[str, str]] = {
    "page_survey": {
        "title": "Kartlägg {site}",
        "lead": "Svara på det du vet. Okänt är ett helt riktigt svar, och"
        " bättre än en gissning. Det du sparar ligger kvar som utkast"
        " tills du lämnar in.",
        "progress": "{answered} av {questions} besvarade",
        "sections": "Delar",
        "part": "{answered} av {questions}",
        "part_done": "Klar",
        "fill": "Fyll i",
        "would_open": "Skulle öppna mest:",
        "opens_few": "Några få till kan kanske komma om ni svarar.",
        "opens": "{count:person|personer} till kan kanske komma om ni svarar.",
        "unknown_today": "Okänt i dag",
        "now": "Nu gäller: {answer}",
        "now_since": "Nu gäller: {answer} (sedan {day})",
        "empty_is_unknown": "Lämna tomt om det är okänt.",
        "empty_is_same": "Lämna tomt om det är som förut, eller okänt.",
        "none_is_same": "Välj inget om det är som förut, eller okänt.",
        "none_is_unknown": "Välj inget om det är okänt.",
        "unknown_or_same": "Okänt, eller som förut",
        "save_next": "Spara och gå vidare",
        "save_overview": "Spara och gå till översikten",
        "overview": "Översikten",
        "step": "Del {number} av {of}",
        "hand_in": "Lämna in",
        "hand_in_lead": "Då räknas svaren, och handledare ser dem. Det som är okänt"
        " förblir okänt.",
        "drafted": "{count:svar|svar} i utkastet.",
        "surveyedOn": "Dag då du tittade",
        "method": "Hur du tog reda på det",
        "empty": "Svara på minst en fråga innan du lämnar in.",
        "nothing_yet": "Utkastet är tomt. Börja med en del här ovanför.",
        "discard": "Kasta utkastet",
        "saved_by": "Utkastet sparades {moment} av {name}.",
        "changed_meanwhile": "Någon annan har sparat utkastet under tiden. Det som du"
        " skrev står kvar här. Titta igenom det och spara igen.",
        "daily": "Hur många som väntar på ett svar räknas en gång om dygnet,"
        " inte när du svarar. En plats räknas när den har funnits oförändrad"
        " i fyra veckor. Färre än fem visas som några få.",
        "counted_from": "Här räknas det från {day}.",
    },
    "page_method": {
        "on_site": "På plats",
        "photo": "Med foto",
        "phone": "På telefon",
        "self_reported": "Ur minnet",
        "unknown": "Okänt sätt",
    },
}
