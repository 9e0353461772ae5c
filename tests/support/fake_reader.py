"""What reads aloud without a sound, until it is told that it has come to the end."""


class FakeReader:
    """Notes what it is given; it drains when somebody waits for that."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str, int]] = []
        self.obstacle = ""
        self.is_silent = True
        self.is_cut_off = False

    def read(self, text: str, language: str, speaker: int = 0) -> None:
        self.said.append((text, language, speaker))
        # Where nothing can be read aloud, nothing can be heard either.
        self.is_silent = bool(self.obstacle)
        self.is_cut_off = False

    def stop(self) -> None:
        self.is_cut_off = not self.is_silent

    def wait_until_silent(self) -> None:
        self.is_silent = True

    def reach_the_end(self) -> None:
        """What a real one does by itself."""
        self.is_silent = True
