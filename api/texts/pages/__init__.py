"""What the pages say, one module a subject, in both languages.

A group is called ``page_`` and the subject: ``t("login.title")`` in a template is the text
``page_login.title``.
"""

from collections.abc import Mapping

from api.texts.pages import frame

Groups = Mapping[str, Mapping[str, str]]

_SUBJECTS = (frame,)
ENGLISH: Groups = {name: texts for one in _SUBJECTS for name, texts in one.ENGLISH.items()}
SWEDISH: Groups = {name: texts for one in _SUBJECTS for name, texts in one.SWEDISH.items()}
