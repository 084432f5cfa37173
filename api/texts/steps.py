"""Steps to a place, in both languages: extend both together.

A step is a condition: "if the site can change to: unscented soap". ``steps`` goes by what is
changed, ``asked`` by a question of the survey; an answer in words has one text for each answer.
"""

ENGLISH_STEPS = {
    "participant.max_travel_minutes": "if the participant can travel longer",
    "participant.max_travel_minutes after": (
        "if the participant can travel up to {after:minute|minutes}"
    ),
    "participant.max_travel_minutes after before": (
        "if the participant can travel up to {after:minute|minutes} instead of {before}"
    ),
    "opening.starts_until": "if the place lets somebody start later",
    "opening.starts_until after": "if the place lets somebody start as late as {after}",
    "opening.starts_until after before": (
        "if the place lets somebody start as late as {after}, not only until {before}"
    ),
    "opening.starts_until after before place": (
        "if {place} lets somebody start as late as {after}, not only until {before}"
    ),
    "opening.starts_from": "if the place lets somebody start sooner",
    "opening.starts_from after": "if the place lets somebody start from {after}",
    "opening.starts_from after before": (
        "if the place lets somebody start from {after} instead of {before}"
    ),
    "opening.starts_from after before place": (
        "if {place} lets somebody start from {after} instead of {before}"
    ),
    "participant.earliest_start": "if the participant can start sooner",
    "participant.earliest_start after": "if the participant can start from {after}",
    "participant.earliest_start after before": (
        "if the participant can start from {after} instead of {before}"
    ),
    "opening.hours_min": "if the place takes somebody for fewer hours",
    "opening.hours_min after": "if the place takes somebody for {after:hour|hours} a week",
    "opening.hours_min after before": (
        "if the place takes somebody for {after:hour|hours} a week, not only from {before}"
    ),
    "opening.hours_min after before place": (
        "if {place} takes somebody for {after:hour|hours} a week, not only from {before}"
    ),
    "opening.hours_max": "if the place takes somebody for more hours",
    "opening.hours_max after": "if the place takes somebody for {after:hour|hours} a week",
    "opening.hours_max after before": (
        "if the place takes somebody for {after:hour|hours} a week, not only up to {before}"
    ),
    "opening.hours_max after before place": (
        "if {place} takes somebody for {after:hour|hours} a week, not only up to {before}"
    ),
    "participant.available": "if the participant can come on more half-days",
    "participant.available more half_days": (
        "if the participant can come {more:more half-day|more half-days} ({half_days})"
    ),
    "opening.sessions": "if the place takes people on more half-days",
    "opening.sessions more half_days": (
        "if the place takes people {more:more half-day|more half-days} ({half_days})"
    ),
    "opening.sessions more half_days place": (
        "if {place} takes people {more:more half-day|more half-days} ({half_days})"
    ),
    "opening.seats": "if the place has more seats",
    "opening.seats more": "if the place has {more:more seat|more seats}",
    "opening.seats more place": "if {place} has {more:more seat|more seats}",
    "opening.session_seats": "if the place has room for more on every half-day",
    "opening.session_seats more": (
        "if the place has room for {more:more person|more people} on every half-day"
    ),
    "opening.session_seats more place": (
        "if {place} has room for {more:more person|more people} on every half-day"
    ),
    "opening.status": "if the place takes people again",
    "opening.status place": "if {place} takes people again",
    "opening.eligible_municipalities": (
        "if the coordinator can open the place to the participant's municipality"
    ),
    "opening.eligible_municipalities place": (
        "if the coordinator can open {place} to the participant's municipality"
    ),
    "participant.enrolled_with": (
        "if the authority that has the case can enrol the participant with another authority"
    ),
    "participant.enrolled_with authority": (
        "if the authority that has the case can enrol the participant with {authority}"
    ),
    "participant.insured_by": (
        "if the authority that has the case can have the municipality insure the participant"
    ),
    "opening.remote": "if the place lets the work be done from home",
    "opening.remote place": "if {place} lets the work be done from home",
    "provider.equal_treatment": (
        "if the coordinator can confirm an agreement on equal treatment with the provider"
    ),
    "provider.equal_treatment place": (
        "if the coordinator can confirm an agreement on equal treatment with {place}"
    ),
    "survey.change": "if the place can change something",
    "survey.change things": "if the place can change to: {things}",
    "survey.change things place": "if {place} can change to: {things}",
    "survey.confirm": "if the place can confirm something that nobody knows",
    "survey.confirm things": "if the place can confirm: {things}",
    "survey.confirm things place": "if {place} can confirm: {things}",
}

SWEDISH_STEPS = {
    "participant.max_travel_minutes": "om deltagaren kan resa längre",
    "participant.max_travel_minutes after": (
        "om deltagaren kan resa upp till {after:minut|minuter}"
    ),
    "participant.max_travel_minutes after before": (
        "om deltagaren kan resa upp till {after:minut|minuter} i stället för {before}"
    ),
    "opening.starts_until": "om det går att börja senare på platsen",
    "opening.starts_until after": "om det går att börja på platsen så sent som {after}",
    "opening.starts_until after before": (
        "om det går att börja på platsen så sent som {after}, inte bara till {before}"
    ),
    "opening.starts_until after before place": (
        "om det går att börja på {place} så sent som {after}, inte bara till {before}"
    ),
    "opening.starts_from": "om det går att börja tidigare på platsen",
    "opening.starts_from after": "om det går att börja på platsen från {after}",
    "opening.starts_from after before": (
        "om det går att börja på platsen från {after} i stället för {before}"
    ),
    "opening.starts_from after before place": (
        "om det går att börja på {place} från {after} i stället för {before}"
    ),
    "participant.earliest_start": "om deltagaren kan börja tidigare",
    "participant.earliest_start after": "om deltagaren kan börja {after}",
    "participant.earliest_start after before": (
        "om deltagaren kan börja {after} i stället för {before}"
    ),
    "opening.hours_min": "om platsen tar emot någon färre timmar",
    "opening.hours_min after": "om platsen tar emot någon {after:timme|timmar} i veckan",
    "opening.hours_min after before": (
        "om platsen tar emot någon {after:timme|timmar} i veckan, inte bara från {before}"
    ),
    "opening.hours_min after before place": (
        "om {place} tar emot någon {after:timme|timmar} i veckan, inte bara från {before}"
    ),
    "opening.hours_max": "om platsen tar emot någon fler timmar",
    "opening.hours_max after": "om platsen tar emot någon {after:timme|timmar} i veckan",
    "opening.hours_max after before": (
        "om platsen tar emot någon {after:timme|timmar} i veckan, inte bara upp till {before}"
    ),
    "opening.hours_max after before place": (
        "om {place} tar emot någon {after:timme|timmar} i veckan, inte bara upp till {before}"
    ),
    "participant.available": "om deltagaren kan komma fler halvdagar",
    "participant.available more half_days": (
        "om deltagaren kan komma {more:halvdag|halvdagar} till ({half_days})"
    ),
    "opening.sessions": "om platsen tar emot fler halvdagar",
    "opening.sessions more half_days": (
        "om platsen tar emot {more:halvdag|halvdagar} till ({half_days})"
    ),
    "opening.sessions more half_days place": (
        "om {place} tar emot {more:halvdag|halvdagar} till ({half_days})"
    ),
    "opening.seats": "om platsen kan ta emot fler",
    "opening.seats more": "om platsen kan ta emot {more:person|personer} till",
    "opening.seats more place": "om {place} kan ta emot {more:person|personer} till",
    "opening.session_seats": "om platsen kan ta emot fler varje halvdag",
    "opening.session_seats more": (
        "om platsen kan ta emot {more:person|personer} till varje halvdag"
    ),
    "opening.session_seats more place": (
        "om {place} kan ta emot {more:person|personer} till varje halvdag"
    ),
    "opening.status": "om platsen tar emot igen",
    "opening.status place": "om {place} tar emot igen",
    "opening.eligible_municipalities": ("om samordnaren kan öppna platsen för deltagarens kommun"),
    "opening.eligible_municipalities place": (
        "om samordnaren kan öppna {place} för deltagarens kommun"
    ),
    "participant.enrolled_with": (
        "om myndigheten som har ärendet kan skriva in deltagaren hos en annan myndighet"
    ),
    "participant.enrolled_with authority": (
        "om myndigheten som har ärendet kan skriva in deltagaren hos {authority}"
    ),
    "participant.insured_by": (
        "om myndigheten som har ärendet kan ordna att kommunen försäkrar deltagaren"
    ),
    "opening.remote": "om arbetet på platsen kan göras hemifrån",
    "opening.remote place": "om arbetet på {place} kan göras hemifrån",
    "provider.equal_treatment": (
        "om samordnaren kan bekräfta en överenskommelse om likabehandling med anordnaren"
    ),
    "provider.equal_treatment place": (
        "om samordnaren kan bekräfta en överenskommelse om likabehandling med {place}"
    ),
    "survey.change": "om platsen kan ändra något",
    "survey.change things": "om platsen kan ändra till: {things}",
    "survey.change things place": "om {place} kan ändra till: {things}",
    "survey.confirm": "om platsen kan bekräfta något som ingen vet",
    "survey.confirm things": "om platsen kan bekräfta: {things}",
    "survey.confirm things place": "om {place} kan bekräfta: {things}",
}

ENGLISH_ASKED = {
    "arrival.stop_walk_m": "at most {answer:metre|metres} to walk from the stop",
    "arrival.wayfinding_sign=clear": "clear signs to the right entrance",
    "arrival.meet_up_offered=on_request": "somebody who meets up when asked to",
    "entrance.step_count": "at most {answer:step|steps} at the entrance",
    "entrance.ramp=fixed": "a fixed ramp",
    "entrance.ramp_slope_pct": "a ramp that rises at most {answer} in 100",
    "entrance.door_clear_width_cm": "an entrance door at least {answer} cm wide",
    "entrance.threshold_mm": "a threshold of at most {answer} mm",
    "levels.work_floor": "work on floor {answer} (0 is the entrance floor)",
    "levels.inside_steps": "at most {answer:step|steps} inside",
    "lift.type=passenger": "a passenger lift",
    "lift.reaches_work=yes": "a lift that reaches the work",
    "lift.in_service=yes": "a lift that works",
    "inside.min_passage_cm": "passages at least {answer} cm wide",
    "inside.turning_space_cm": "{answer} cm to turn in",
    "toilet.type=rwc": "a toilet with room for a wheelchair",
    "toilet.gender_neutral=yes": "a toilet and a changing room for any gender",
    "hygiene.soap=unscented": "unscented soap",
    "air.cleaning_products=unscented": "unscented cleaning products",
    "air.scent_policy=recommended": "people asked not to wear scent",
    "air.furry_animals=never": "never any furry animals",
    "air.furry_animals=assistance_only": "an assistance dog may come along",
    "sensory.noise_category=conversation": "people can talk without raising their voice",
    "sensory.background_music=no": "no background music",
    "sensory.hearing_loop=yes": "a hearing loop",
    "sensory.low_stimulus_room=yes": "a calm room to rest in",
    "sensory.people_in_room=3-5": "at most five people in the room",
    "info.written_instructions=easy_text": "instructions in easy text",
    "staff.supervisor_on_site=always": "a supervisor always there",
    "staff.companion_allowed=yes": "a support person may take part",
    "safety.visual_alarm=yes": "a fire alarm that shows with light",
    "work.posture=alternating": "work by turns sitting and standing",
    "work.lift_max_kg": "nothing heavier than {answer} kg to lift",
    "work.pace=own_pace": "work at one's own pace",
    "work.predictability=fixed_routine": "tasks in a fixed routine",
    "work.customer_contact=none": "work without meeting customers",
}

SWEDISH_ASKED = {
    "arrival.stop_walk_m": "högst {answer:meter|meter} att gå från hållplatsen",
    "arrival.wayfinding_sign=clear": "tydliga skyltar till rätt ingång",
    "arrival.meet_up_offered=on_request": "någon som möter den som ber om det",
    "entrance.step_count": "högst {answer:trappsteg|trappsteg} vid entrén",
    "entrance.ramp=fixed": "en fast ramp",
    "entrance.ramp_slope_pct": "en ramp som lutar högst {answer} på 100",
    "entrance.door_clear_width_cm": "en entrédörr som är minst {answer} cm bred",
    "entrance.threshold_mm": "en tröskel på högst {answer} mm",
    "levels.work_floor": "arbete på våning {answer} (0 är entréplanet)",
    "levels.inside_steps": "högst {answer:trappsteg|trappsteg} inne",
    "lift.type=passenger": "en personhiss",
    "lift.reaches_work=yes": "en hiss som går ända till arbetet",
    "lift.in_service=yes": "en hiss som fungerar",
    "inside.min_passage_cm": "passager som är minst {answer} cm breda",
    "inside.turning_space_cm": "{answer} cm att vända på",
    "toilet.type=rwc": "toalett med plats för rullstol (RWC)",
    "toilet.gender_neutral=yes": "toalett och omklädningsrum för alla kön",
    "hygiene.soap=unscented": "oparfymerad tvål",
    "air.cleaning_products=unscented": "oparfymerade rengöringsmedel",
    "air.scent_policy=recommended": "att alla ombeds att inte använda parfym",
    "air.furry_animals=never": "aldrig några pälsdjur",
    "air.furry_animals=assistance_only": "att en assistanshund får följa med",
    "sensory.noise_category=conversation": "att det går att prata utan att höja rösten",
    "sensory.background_music=no": "ingen bakgrundsmusik",
    "sensory.hearing_loop=yes": "hörslinga",
    "sensory.low_stimulus_room=yes": "ett lugnt rum att vila i",
    "sensory.people_in_room=3-5": "högst fem personer i rummet",
    "info.written_instructions=easy_text": "instruktioner på lätt svenska",
    "staff.supervisor_on_site=always": "en handledare alltid på plats",
    "staff.companion_allowed=yes": "att en stödperson får delta",
    "safety.visual_alarm=yes": "brandlarm som syns med ljus",
    "work.posture=alternating": "arbete omväxlande sittande och stående",
    "work.lift_max_kg": "inget tyngre än {answer} kg att lyfta",
    "work.pace=own_pace": "arbete i egen takt",
    "work.predictability=fixed_routine": "uppgifter som följer fasta rutiner",
    "work.customer_contact=none": "arbete utan att möta kunder",
}
