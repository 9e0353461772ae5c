"""A real speech model for tests, where this checkout has one."""

import os
from pathlib import Path

import pytest

from tools.real_models import MissingPackageError, find_real_model


@pytest.fixture(scope="session")
def tiny_en() -> Path:
    """The folder of OpenAI's `tiny.en`; without it a test is skipped, but never in CI."""
    try:
        return find_real_model("tiny.en")
    except MissingPackageError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))
