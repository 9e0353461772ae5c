"""What every JSON document that a command prints begins with."""

from typing import Literal

import msgspec


class Document(msgspec.Struct, kw_only=True):
    """What every document begins with."""

    schema: Literal[1]
    """The number of the format. It changes only where a script would break."""
