"""Muon: momentum whose update is made orthogonal, for the matrices of the hidden layers.

After Keller Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024).
"""

from collections import defaultdict
from collections.abc import Iterable

import torch
from torch import Tensor

# Coefficients of the quintic Newton-Schulz iteration given there.
COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonalized(matrices: Tensor, steps: int = 4) -> Tensor:
    """Bring the singular values of each matrix of a stack near 1."""
    a, b, c = COEFFICIENTS
    tall = matrices.shape[-2] > matrices.shape[-1]
    values = matrices.mT if tall else matrices
    values = values / (values.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    values = values.bfloat16()
    for _ in range(steps):
        gram = values @ values.mT
        values = a * values + (b * gram + c * gram @ gram) @ values
    result: Tensor = values.to(matrices.dtype)
    return result.mT if tall else result


class Muon(torch.optim.Optimizer):
    """Update two-dimensional parameters; those of one shape are worked on together."""

    def __init__(self, parameters: Iterable[Tensor], lr: float, momentum: float = 0.95) -> None:
        """Take matrices only."""
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Take one step from the gradients that are there."""
        for group in self.param_groups:
            by_shape: dict[torch.Size, list[Tensor]] = defaultdict(list)
            for parameter in group["params"]:
                if parameter.grad is not None:
                    by_shape[parameter.shape].append(parameter)
            for shape, parameters in by_shape.items():
                updates = [self._momentum(p, group["momentum"]) for p in parameters]
                scale = max(1.0, shape[0] / shape[1]) ** 0.5
                for parameter, update in zip(
                    parameters, orthogonalized(torch.stack(updates)), strict=True
                ):
                    parameter.add_(update, alpha=-group["lr"] * scale)

    def _momentum(self, parameter: Tensor, momentum: float) -> Tensor:
        state = self.state[parameter]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(parameter)
        buffer: Tensor = state["momentum"]
        gradient = parameter.grad
        assert gradient is not None
        buffer.lerp_(gradient, 1 - momentum)
        return gradient.lerp(buffer, momentum)
