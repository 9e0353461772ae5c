"""A sample answer and a tiny speech model: everything runs with no network and no microphone."""

from pathlib import Path

MODEL_FOLDER = Path(__file__).parent / "model"
"""A tiny Whisper that understands the demo voice and nothing else."""
SAMPLE_ANSWER = Path(__file__).parent / "sample_answer.flac"
"""A synthetic answer of about a minute, spoken by the demo voice."""
SAMPLE_QUESTION = "Tell me about a project that you are proud of."
"""What the sample answers."""
