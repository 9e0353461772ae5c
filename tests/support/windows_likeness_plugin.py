"""`python -m pytest -p tests.support.windows_likeness_plugin`: tests run as if on Windows."""

from tests.support.windows_likeness import imitate_windows

imitate_windows()
