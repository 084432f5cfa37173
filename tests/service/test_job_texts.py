"""Every code that a job or an import can answer with has a sentence, in both languages."""

import pytest

from api import texts
from api.domain import ImportFault, RefusalCode
from api.exchange.uploads import UploadFault
from api.jobs import balancing, importing, planning, travelling, worker
from api.jobs.desk import NO_TIMES
from api.store import imported, imports, jobs
from api.texts import Language
from matcher.errors import FaultCode

CODES = {
    *(str(code) for code in UploadFault),
    *(imports.ALREADY_THERE, imported.KEPT_BY_PROVIDER, imports.ELSEWHERE, imports.BELOW_TAKEN),
    *(imported.ALREADY_PLACED, imported.NOT_SHARED, imports.CHANGED_HERE),
    *(imported.code_of(code) for code in (RefusalCode.OPENING_FULL, RefusalCode.HALF_DAY_FULL)),
}
JOB_FAULTS = {
    *(importing.FAULTS, importing.CLASHES, importing.NOT_ALLOWED, planning.NO_PLAN),
    *(worker.INTERNAL, jobs.GAVE_UP, NO_TIMES),
    *(balancing.OVERTAKEN, balancing.TOO_LITTLE_NEW),
    *(travelling.NOT_SET, travelling.SOURCES, travelling.NO_TUESDAY),
}


@pytest.mark.parametrize("language", Language)
def test_codes_and_sentences_are_the_same(language: Language) -> None:
    """No code without a sentence, no sentence without a code."""
    assert set(texts.GROUPS[language]["imports"]) == CODES
    assert set(texts.GROUPS[language]["job_faults"]) == JOB_FAULTS


@pytest.mark.parametrize("language", Language)
def test_faults_say_where_they_stand(language: Language) -> None:
    """Of a cell by table, row and column; of an upload by nothing."""
    cell = ImportFault(
        code=FaultCode.OUT_OF_RANGE,
        table="participants",
        row=14,
        column="hours_per_week",
        params={"low": 1, "high": 60, "withheld": "sensitive"},
    )
    said = texts.import_sentence(cell, language)
    assert "participants" in said
    assert "14" in said
    assert "60" in said
    own = texts.GROUPS[language]["imports"]["encrypted"]
    assert texts.import_sentence(ImportFault(code="encrypted"), language) == own
