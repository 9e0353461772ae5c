from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the demo-model extra")

from practice.demo import MODEL_FOLDER  # noqa: E402
from tools.demo_model import train  # noqa: E402
from tools.demo_model.corpus import write_shard  # noqa: E402
from tools.demo_model.muon import orthogonalized  # noqa: E402
from tools.demo_model.tokens import train_tokenizer  # noqa: E402


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    try:
        write_shard(tmp_path / "corpus", duration_s=20, seed=1)
    except OSError as error:
        pytest.skip(f"a voice of the demo is not installed: {error}")
    train_tokenizer(text_tokens=600, texts=200).save(str(tmp_path / "tokenizer.json"))
    return tmp_path


def learn(run: train.Run, steps: int) -> None:
    for _ in range(steps):
        run.step(run.maker.batch(train.SEED, run.progress.step, train.course_at(0)))
        run.progress.step += 1


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not_been(folder: Path) -> None:
    whole = train.Run(folder, minutes=1)
    learn(whole, 4)
    stopped = train.Run(folder, minutes=1)
    learn(stopped, 2)
    stopped.save()
    resumed = train.Run(folder, minutes=1)
    learn(resumed, 2)
    for name, value in whole.network.state_dict().items():
        assert torch.allclose(value, resumed.network.state_dict()[name], atol=1e-3), name


def test_a_run_can_begin_from_a_shipped_model(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "HEAD_STEPS", 3)
    run = train.Run(folder, minutes=1, begin_from=MODEL_FOLDER)
    loss = run.step(run.maker.batch(train.SEED, 0, train.course_at(run.course_share)))
    from_nothing = train.Run(folder, minutes=1)
    assert len(run.vocabulary) == run.network.shape.vocabulary
    assert loss.token < 2
    assert from_nothing.network.shape == run.network.shape


def test_a_step_lowers_the_loss_of_its_own_batch(folder: Path) -> None:
    run = train.Run(folder, minutes=1)
    batch = run.maker.batch(1, 0, train.course_at(0))
    run.progress.step = train.WARM_UP_STEPS
    assert run.step(batch).token > run.step(batch).token


def test_attention_on_the_word_costs_nothing_and_elsewhere_much() -> None:
    spans = torch.tensor([[[2, 4]]])
    on_it = torch.tensor([[[[-30.0, -30.0, -0.6931, -0.6931, -30.0]]]])
    beside = torch.tensor([[[[-0.6931, -0.6931, -30.0, -30.0, -30.0]]]])
    assert float(train.guide_loss(on_it, spans, spread=True)) == pytest.approx(0, abs=0.01)
    assert float(train.guide_loss(beside, spans, spread=True)) > 10


def test_tokens_without_a_place_are_not_guided() -> None:
    spans = torch.tensor([[[-1, -1]]])
    logs = torch.full((1, 1, 1, 5), -1.6)
    assert float(train.guide_loss(logs, spans, spread=True)) == 0


def test_an_update_stretches_no_direction_much_more_than_another() -> None:
    matrices = torch.from_numpy(np.random.default_rng(1).standard_normal((3, 20, 60))).float()
    values = torch.linalg.svdvals(orthogonalized(matrices))
    assert float(values.min()) > 0.5
    assert float(values.max()) < 1.3


def test_the_learning_rate_falls_to_nothing() -> None:
    assert train.rate_at(0.5, 1000) == pytest.approx(0.5)
    assert train.rate_at(1.0, 1000) == 0
