"""The compiled loops as Python: coverage sees no machine code, so both texts are tested."""

from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import pytest

from matcher import compiled


def in_python(module: ModuleType) -> ModuleType:
    """A second copy of a module, whose loops stay Python."""
    spec = spec_from_file_location(module.__name__, module.__file__)
    copy = module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled, "compiled", lambda loop: loop)
        spec.loader.exec_module(copy)
    return copy
