import subprocess
import sys
from pathlib import Path

SCRIPT = """
import os, subprocess, sys
from pathlib import Path
from practice.audio.stderr_redirect import redirect_stderr

print("before", file=sys.stderr)
with redirect_stderr(Path(sys.argv[1])) as terminal:
    os.write(2, b"native\\n")
    subprocess.run(["sh", "-c", "echo child >&2"], check=True)
    print("narration", file=sys.stderr)
    print("drawn", file=sys.__stderr__)
    print("given", file=terminal)
os.write(2, b"native again\\n")
print("after", file=sys.stderr)
"""


def test_native_output_goes_to_the_log_and_python_still_reaches_the_terminal(
    tmp_path: Path,
) -> None:
    log = tmp_path / "state" / "practice.log"
    command = [sys.executable, "-c", SCRIPT, str(log)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert log.read_text().split() == ["native", "child"]
    assert done.stderr.splitlines() == [
        "before",
        "narration",
        "drawn",
        "given",
        "native again",
        "after",
    ]


def test_a_process_without_stderr_is_no_problem(tmp_path: Path) -> None:
    script = "import sys; sys.stderr = sys.__stderr__ = None\n" + SCRIPT.replace(
        ", file=sys.stderr", ", file=sys.stdout"
    ).replace(", file=sys.__stderr__", ", file=sys.stdout")
    command = [sys.executable, "-c", script, str(tmp_path / "log")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == "given\nnative again\n"
