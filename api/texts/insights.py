"""What is said of insights, for those who plan: extend both languages together.

``survey`` names a question of the survey by its field, as what nobody knows.
"""

from collections.abc import Mapping

_ENGLISH_INSIGHTS = {
    "stage_insight": "Finding what would open more doors",
    "head_opening": "id",
    "head_site": "site",
    "head_question": "nobody knows",
    "head_field": "field",
    "head_supervisor": "supervisor",
    "head_looking": "looking",
    "head_with_place": "with a place",
    "head_without": "without",
    "head_placed": "placed",
    "head_waiting": "waiting",
    "head_norm_goals": "norm goals",
    "head_points": "points",
    "head_stability": "kept",
    "head_value": "value",
    "head_costs": "one more costs",
    "about": "The goals are those of the whole plan. {goals}.",
    "seats": "What one more seat would add to the plan's goals",
    "site_barriers": (
        "What to remove at a site, all else as it is: how many would get a further possible"
        " opening, and what it would add to the plan's goals"
    ),
    "unknown_answers": "What nobody knows, and how many wait for the answer",
    "unmet_demand": "Wishes that no opening meets, and what most often stands between",
    "supervisors": "Participants of each supervisor",
    "protected": "People with protected identity are left out where participants are counted.",
    "no_opening": "No opening there is fits the wish.",
    "no_supervisor": "none",
    "remade": (
        "The plan does not fit the data as they are, or can be made better: what follows is for"
        " the plan made again from it."
    ),
    "rows_not_proven": (
        "Of what seats and barriers would add, {rows:row is|rows are} not proven: it is the best"
        " that was found."
    ),
    "not_counted": "Not counted here: {goals}.",
    "price": "What one more costs in points: {goal}",
    "now": "The plan as it stands: {value}, with {points:point|points}.",
    "nothing_to_trade": "Nothing is to be had in points by giving up any of it.",
    "curve_not_proven": "The curve is not proven: there may be better plans than these.",
    "curve_cut": "There are more plans on the curve than are shown here.",
    "no_price": (
        "A goal has a price where it stands before points in the plan's policy. Its goals are:"
        " {goals}."
    ),
}
_SWEDISH_INSIGHTS = {
    "stage_insight": "Tar reda på vad som skulle öppna fler dörrar",
    "head_opening": "id",
    "head_site": "arbetsplats",
    "head_question": "ingen vet",
    "head_field": "område",
    "head_supervisor": "handledare",
    "head_looking": "söker",
    "head_with_place": "med plats",
    "head_without": "utan",
    "head_placed": "placerade",
    "head_waiting": "väntan",
    "head_norm_goals": "normmål",
    "head_points": "poäng",
    "head_stability": "kvar",
    "head_value": "värde",
    "head_costs": "en till kostar",
    "about": "Målen är hela planens. {goals}.",
    "seats": "Vad utrymme för en person till skulle ge planens mål",
    "site_barriers": (
        "Vad som kan tas bort på en arbetsplats, allt annat lika: hur många som skulle få en"
        " möjlig plats till, och vad det skulle ge planens mål"
    ),
    "unknown_answers": "Vad ingen vet, och hur många som väntar på svaret",
    "unmet_demand": "Önskemål som ingen plats möter, och vad som oftast står emellan",
    "supervisors": "Deltagare hos varje handledare",
    "protected": "Personer med skyddad identitet är inte med där deltagare räknas.",
    "no_opening": "Ingen plats som finns passar önskemålet.",
    "no_supervisor": "ingen",
    "remade": (
        "Planen passar inte uppgifterna som de är, eller går att göra bättre: det som följer"
        " gäller planen gjord på nytt från den."
    ),
    "rows_not_proven": (
        "Av det som platser och hinder skulle ge är {rows:rad inte bevisad|rader inte bevisade}:"
        " det är det bästa som hittats."
    ),
    "not_counted": "Räknas inte här: {goals}.",
    "price": "Vad en till kostar i poäng: {goal}",
    "now": "Planen som den är: {value}, med {points:poäng|poäng}.",
    "nothing_to_trade": "Det går inte att få fler poäng genom att ge upp något av det.",
    "curve_not_proven": "Kurvan är inte bevisad: det kan finnas bättre planer än de här.",
    "curve_cut": "Det finns fler planer på kurvan än de som visas här.",
    "no_price": (
        "Ett mål har ett pris där det står före points i planens avvägning. Dess mål är: {goals}."
    ),
}

_ENGLISH_SURVEY = {
    "arrival.stop_walk_m": "how far it is to walk from the nearest stop",
    "arrival.wayfinding_sign": "how clear the signs to the entrance are",
    "arrival.meet_up_offered": "whether somebody can meet up",
    "entrance.step_count": "how many steps there are at the entrance",
    "entrance.ramp": "whether there is a ramp",
    "entrance.ramp_slope_pct": "how steep the ramp is",
    "entrance.door_clear_width_cm": "how wide the entrance door is",
    "entrance.threshold_mm": "how high the threshold is",
    "levels.work_floor": "which floor the work is on",
    "levels.inside_steps": "how many steps there are inside",
    "lift.type": "whether there is a lift, and of what kind",
    "lift.reaches_work": "whether the lift reaches the work",
    "lift.in_service": "whether the lift works",
    "inside.min_passage_cm": "how wide the narrowest passage is",
    "inside.turning_space_cm": "how much room there is to turn",
    "toilet.type": "what kind of toilet there is",
    "toilet.gender_neutral": "whether there is a toilet for any gender",
    "hygiene.soap": "whether the soap is unscented",
    "air.cleaning_products": "whether the cleaning products are unscented",
    "air.scent_policy": "whether people are asked not to wear scent",
    "air.furry_animals": "whether there are furry animals",
    "sensory.noise_category": "how loud it is",
    "sensory.background_music": "whether there is music",
    "sensory.hearing_loop": "whether there is a hearing loop",
    "sensory.low_stimulus_room": "whether there is a calm room to rest in",
    "sensory.people_in_room": "how many people work in the same room",
    "info.written_instructions": "whether there are instructions in easy text or pictures",
    "staff.supervisor_on_site": "whether a supervisor is there all the time",
    "staff.companion_allowed": "whether a support person may take part",
    "safety.visual_alarm": "whether the fire alarm shows with light",
    "work.posture": "whether the work can be done sitting",
    "work.lift_max_kg": "how heavy the heaviest lift is",
    "work.pace": "at what pace the work is done",
    "work.predictability": "whether the tasks follow a routine",
    "work.customer_contact": "how often one meets customers",
}
_SWEDISH_SURVEY = {
    "arrival.stop_walk_m": "hur långt det är att gå från närmaste hållplats",
    "arrival.wayfinding_sign": "hur tydligt det är skyltat till ingången",
    "arrival.meet_up_offered": "om någon kan möta",
    "entrance.step_count": "hur många trappsteg det är vid entrén",
    "entrance.ramp": "om det finns en ramp",
    "entrance.ramp_slope_pct": "hur mycket rampen lutar",
    "entrance.door_clear_width_cm": "hur bred entrédörren är",
    "entrance.threshold_mm": "hur hög tröskeln är",
    "levels.work_floor": "vilken våning arbetet är på",
    "levels.inside_steps": "hur många trappsteg det är inne",
    "lift.type": "om det finns en hiss, och av vilket slag",
    "lift.reaches_work": "om hissen går ända till arbetet",
    "lift.in_service": "om hissen fungerar",
    "inside.min_passage_cm": "hur bred den smalaste passagen är",
    "inside.turning_space_cm": "hur stor ytan att vända på är",
    "toilet.type": "vad för slags toalett det finns",
    "toilet.gender_neutral": "om det finns en toalett för alla kön",
    "hygiene.soap": "om tvålen är oparfymerad",
    "air.cleaning_products": "om rengöringsmedlen är oparfymerade",
    "air.scent_policy": "om alla ombeds att inte använda parfym",
    "air.furry_animals": "om det finns pälsdjur",
    "sensory.noise_category": "hur hög ljudnivån är",
    "sensory.background_music": "om det är musik på",
    "sensory.hearing_loop": "om det finns hörslinga",
    "sensory.low_stimulus_room": "om det finns ett lugnt rum att vila i",
    "sensory.people_in_room": "hur många som arbetar i samma rum",
    "info.written_instructions": "om det finns instruktioner på lätt svenska eller med bilder",
    "staff.supervisor_on_site": "om en handledare alltid är på plats",
    "staff.companion_allowed": "om en stödperson får delta",
    "safety.visual_alarm": "om brandlarmet syns med ljus",
    "work.posture": "om arbetet kan göras sittande",
    "work.lift_max_kg": "hur tungt det tyngsta lyftet är",
    "work.pace": "i vilken takt arbetet görs",
    "work.predictability": "om uppgifterna följer fasta rutiner",
    "work.customer_contact": "hur ofta man möter kunder",
}

ENGLISH: Mapping[str, Mapping[str, str]] = {
    "insights": _ENGLISH_INSIGHTS,
    "survey": _ENGLISH_SURVEY,
}
SWEDISH: Mapping[str, Mapping[str, str]] = {
    "insights": _SWEDISH_INSIGHTS,
    "survey": _SWEDISH_SURVEY,
}
