from pathlib import Path

from tools.demo_model.corpus import DEMO_VOICES, HELD_OUT_VOICES
from tools.demo_model.evaluate import Report, summary, table
from tools.demo_model.scoring import Score


def make_report(folder: Path) -> Report:
    result = Report(folder, long_error_rate=0.081, pieces_error_rate=0.085)
    for voice in DEMO_VOICES:
        result.written[voice] = Score(100, 5, 10, 8, 8, [0.01, 0.03])
    for voice in HELD_OUT_VOICES:
        result.written[voice] = Score(100, 20, 10, 10, 9, [0.05])
    return result


def test_the_summary_sets_both_kinds_of_voices_beside_their_aims(tmp_path: Path) -> None:
    rows = summary(make_report(tmp_path))
    assert rows[2] == "| word errors | 5.0 % | 5 % | 20.0 % | 15 % |"
    assert "0.800 / 1.000 | 0.97 / 0.97 | 0.900 / 0.900" in rows[3]
    assert "8.1 / 8.5 %" in rows[-1]


def test_a_voice_that_was_not_measured_takes_no_part(tmp_path: Path) -> None:
    some = make_report(tmp_path)
    del some.written[DEMO_VOICES[0]]
    assert summary(some)[2].startswith("| word errors | 5.0 % |")


def test_nothing_measured_of_the_held_out_voices_leaves_dashes(tmp_path: Path) -> None:
    some = make_report(tmp_path)
    for voice in HELD_OUT_VOICES:
        del some.written[voice]
    assert summary(some)[2] == "| word errors | 5.0 % | 5 % | - | 15 % |"
    assert "| - / - | 0.90 / 0.90 |" in summary(some)[3]


def test_the_table_names_every_voice_and_the_size(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(bytes(2_500_000))
    text = table(make_report(tmp_path))
    assert "2.50 MB" in text
    assert all(f"| written, {voice} |" in text for voice in (*DEMO_VOICES, *HELD_OUT_VOICES))
