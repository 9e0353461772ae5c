"""Train the demo model: `python -m tools.demo_model.train FOLDER --minutes 90`.

FOLDER holds the corpus and gets `tokenizer.json`, `checkpoint.pt` and `curve.csv`. Killed and
started again, the run goes on from the last checkpoint; only trained minutes count towards
`--minutes`. `--begin-from MODEL` begins with the weights and the tokens of a model folder.
"""

import argparse
import csv
import json
import math
import queue
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor

from tools.demo_model.corpus import Corpus, read_corpus
from tools.demo_model.muon import Muon
from tools.demo_model.network import Output, Shape, Whisper
from tools.demo_model.stored import load_model
from tools.demo_model.tokens import load_vocabulary
from tools.demo_model.windows import IGNORED, Batch, Course, WindowMaker

SEED = 20
MUON_RATE = 0.012
ADAM_RATE = 1.5e-3
WARM_UP_STEPS = 60
# A run that begins from a model skips the short clips, and does not shake it as hard.
CONTINUED_FROM = 0.3
CONTINUED_RATE = 0.35
HEAD_STEPS = 120
HEAD_RATE = 3e-3
AVERAGE_DECAY = 0.997
CHECKPOINT_EVERY_S = 180
LOG_EVERY_STEPS = 50
CURVE_FIELDS = ("minutes", "step", "audio_h", "token_loss", "token_error", "phone_error", "guide")


@dataclass(slots=True)
class Progress:
    """How far the run is; `first_share` is how much of the course it did not need."""

    step: int = 0
    trained_s: float = 0.0
    audio_s: float = 0.0
    first_share: float = 0.0


def course_at(progress: float) -> Course:
    """Return what is shown at `progress` (0 to 1): short clips first, then whole windows."""
    if progress < 0.10:
        return Course(120, 350, 0.0, 10, 0.0, 6400)
    if progress < 0.25:
        return Course(150, 600, 0.15, 30, 0.05, 8000)
    return Course(100, 720, 0.25, 40, 0.12, 8000)


def rate_at(progress: float, step: int) -> float:
    """Return the share of the full learning rate: a short warm-up, then a cosine to 0."""
    return min(1.0, (step + 1) / WARM_UP_STEPS) * 0.5 * (1 + math.cos(math.pi * min(progress, 1)))


def guide_loss(logs: Tensor, spans: Tensor, spread: bool) -> Tensor:
    """Return how far the attention of some heads is from the place of each token.

    Args:
        logs: Log weights, batch x heads x tokens x positions.
        spans: Positions [start, end) of each token, -1 where it has none.
        spread: Ask for even attention over the place, not just for attention within it.
    """
    places = torch.arange(logs.shape[-1])
    inside = (places >= spans[..., :1]) & (places < spans[..., 1:])
    known = inside.any(dim=-1)
    inside = inside[:, None]
    if spread:
        target = inside / inside.sum(dim=-1, keepdim=True).clamp(min=1)
        distance = -(target * logs).sum(dim=-1) - inside.sum(-1).clamp(min=1).log()
    else:
        distance = -logs.masked_fill(~inside, -30.0).logsumexp(dim=-1)
    chosen = known[:, None].expand_as(distance)
    return distance[chosen].mean() if bool(chosen.any()) else logs.sum() * 0


@dataclass(frozen=True, slots=True)
class Losses:
    """The parts of the loss of one batch, and two error rates for the curve."""

    total: Tensor
    token: float
    guide: float
    token_error: float
    phone_error: float


def losses(output: Output, batch: Batch, progress: float) -> Losses:
    """Compare the network's answers with the truth."""
    targets = torch.from_numpy(batch.targets)
    phones = torch.from_numpy(batch.phones)
    spans = torch.from_numpy(batch.spans)
    scores = output.tokens.float().flatten(0, 1)
    token = functional.cross_entropy(
        scores, targets.flatten(), ignore_index=IGNORED, label_smoothing=0.02
    )
    phone_scores = output.phones.float().flatten(0, 1)
    phone = functional.cross_entropy(phone_scores, phones.flatten())
    # The first layer finds where we are, the others where the next token lies.
    guide = guide_loss(output.attention[0][:, :1], spans[:, :-1], spread=False)
    for logs in output.attention[1:]:
        guide = guide + guide_loss(logs[:, :2], spans[:, 1:], spread=True)
    guide_share = 0.5 if progress < 0.3 else 0.25
    phone_share = 1.0 if progress < 0.3 else 0.4
    spoken = targets.flatten() != IGNORED
    wrong = scores.argmax(dim=-1) != targets.flatten()
    return Losses(
        token + phone_share * phone + guide_share * guide,
        float(token.detach()),
        float(guide.detach()) / len(output.attention),
        float(wrong[spoken].float().mean()),
        float((phone_scores.argmax(dim=-1) != phones.flatten()).float().mean()),
    )


class Run:
    """One training run and what is kept of it on disk."""

    def __init__(self, folder: Path, minutes: float, begin_from: Path | None = None) -> None:
        """Open the corpus, and the last checkpoint if there is one."""
        self.folder, self.planned_s = folder, minutes * 60
        begun = (folder / "checkpoint.pt").is_file()
        if begin_from is not None and not begun:
            shutil.copyfile(begin_from / "tokenizer.json", folder / "tokenizer.json")
        corpus = read_corpus(folder / "corpus")
        self.vocabulary = load_vocabulary(folder / "tokenizer.json")
        labels = self._phone_labels(corpus)
        self.maker = WindowMaker(corpus, self.vocabulary, {p: i for i, p in enumerate(labels)})
        torch.manual_seed(SEED)
        if begin_from is not None:
            self.network = load_model(begin_from, len(labels))
        else:
            self.network = Whisper(Shape(len(self.vocabulary), len(labels)))
        hidden = [
            parameter
            for name, parameter in self.network.named_parameters()
            if parameter.ndim == 2 and name.startswith(("encoder.", "decoder."))
        ]
        chosen = {id(parameter) for parameter in hidden}
        rest = [p for p in self.network.parameters() if id(p) not in chosen]
        self.optimizers: list[torch.optim.Optimizer] = [
            Muon(hidden, lr=MUON_RATE),
            torch.optim.AdamW(rest, lr=ADAM_RATE, betas=(0.9, 0.98), weight_decay=0.0),
        ]
        self.average = {k: v.clone() for k, v in self.network.state_dict().items()}
        self.progress = Progress(first_share=CONTINUED_FROM if begin_from else 0.0)
        self._stopping = False
        if begun:
            self._resume()
        elif begin_from is not None:
            self._teach_phone_head()

    def _phone_labels(self, corpus: Corpus) -> list[str]:
        """Return the phones that are taught: those of the corpus when the run began."""
        path = self.folder / "phones.json"
        if not path.is_file():
            labels = sorted({label for u in corpus.utterances for label, _ in u.phones})
            path.write_text(json.dumps(labels), encoding="utf-8")
        known: list[str] = json.loads(path.read_text(encoding="utf-8"))
        return known

    def _resume(self) -> None:
        kept = torch.load(self.folder / "checkpoint.pt", weights_only=True)
        self.network.load_state_dict(kept["network"])
        self.average = kept["average"]
        for optimizer, state in zip(self.optimizers, kept["optimizers"], strict=True):
            optimizer.load_state_dict(state)
        self.progress = Progress(**kept["progress"])

    def _teach_phone_head(self) -> None:
        """Teach the one part that no model folder holds, before it can mislead the others."""
        head = self.network.phone_head
        optimizer = torch.optim.AdamW(head.parameters(), lr=HEAD_RATE)
        for step in range(HEAD_STEPS):
            batch = self.maker.batch(SEED + 1, step, course_at(CONTINUED_FROM))
            with torch.no_grad():
                sound = self.network.encode(
                    torch.from_numpy(batch.features),
                    torch.from_numpy(batch.positions),
                    torch.from_numpy(batch.mask),
                )
            phones = torch.from_numpy(batch.phones).flatten()
            loss = functional.cross_entropy(head(sound).flatten(0, 1), phones)
            torch.autograd.backward(loss)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

    def save(self) -> None:
        """Write the checkpoint, whole or not at all."""
        path = self.folder / "checkpoint.pt"
        part = path.with_suffix(".part")
        kept = {
            "shape": asdict(self.network.shape),
            "network": self.network.state_dict(),
            "average": self.average,
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "progress": asdict(self.progress),
        }
        torch.save(kept, part)
        part.replace(path)

    @property
    def share(self) -> float:
        """How much of the planned time has been trained, 0 to 1."""
        return self.progress.trained_s / self.planned_s

    @property
    def course_share(self) -> float:
        """How far the course is, 0 to 1."""
        return self.progress.first_share + (1 - self.progress.first_share) * self.share

    def _batches(self) -> Iterator[Batch]:
        """Make batches in a thread, a few steps ahead."""
        ready: queue.Queue[Batch] = queue.Queue(maxsize=3)
        stopped = threading.Event()

        def work() -> None:
            step = self.progress.step
            while not stopped.is_set():
                batch = self.maker.batch(SEED, step, course_at(self.course_share))
                step += 1
                while not stopped.is_set():
                    try:
                        ready.put(batch, timeout=0.5)
                        break
                    except queue.Full:
                        continue

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        try:
            while True:
                yield ready.get()
        finally:
            stopped.set()
            thread.join()

    def step(self, batch: Batch) -> Losses:
        """Learn from one batch."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = self.network(
                torch.from_numpy(batch.features),
                torch.from_numpy(batch.positions),
                torch.from_numpy(batch.mask),
                torch.from_numpy(batch.tokens),
            )
        result = losses(output, batch, self.course_share)
        torch.autograd.backward(result.total)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        share = rate_at(self.share, self.progress.step)
        if self.progress.first_share:
            share *= CONTINUED_RATE
        for optimizer, rate in zip(self.optimizers, (MUON_RATE, ADAM_RATE), strict=True):
            for group in optimizer.param_groups:
                group["lr"] = rate * share
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        decay = min(AVERAGE_DECAY, 1 - 1 / (self.progress.step / 4 + 2))
        for name, value in self.network.state_dict().items():
            self.average[name].lerp_(value, 1 - decay)
        return result

    def train(self) -> None:
        """Train until the planned time is used up, or until asked to stop (SIGTERM)."""
        self.network.train()
        (self.folder / "shape.json").write_text(json.dumps(asdict(self.network.shape)))
        last_save = last = time.monotonic()
        recent: list[Losses] = []
        signal.signal(signal.SIGTERM, self._ask_to_stop)
        for batch in self._batches():
            recent.append(self.step(batch))
            now = time.monotonic()
            self.progress.trained_s += now - last
            last = now
            self.progress.step += 1
            self.progress.audio_s += batch.audio_s
            if self.progress.step % LOG_EVERY_STEPS == 0:
                self._log(recent)
                recent.clear()
            done = self._stopping or self.share >= 1
            if now - last_save > CHECKPOINT_EVERY_S or done:
                self.save()
                last_save = now
            if done:
                return

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _log(self, recent: list[Losses]) -> None:
        path = self.folder / "curve.csv"
        new = not path.is_file()
        row = (
            f"{self.progress.trained_s / 60:.2f}",
            self.progress.step,
            f"{self.progress.audio_s / 3600:.2f}",
            f"{np.mean([r.token for r in recent]):.4f}",
            f"{np.mean([r.token_error for r in recent]):.4f}",
            f"{np.mean([r.phone_error for r in recent]):.4f}",
            f"{np.mean([r.guide for r in recent]):.3f}",
        )
        with path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(CURVE_FIELDS)
            writer.writerow(row)
        print(*row, file=sys.stderr, flush=True)


def main() -> int:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=90.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--begin-from", type=Path, metavar="MODEL")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    Run(options.folder, options.minutes, options.begin_from).train()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
