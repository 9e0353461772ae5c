"""Which keys stand at the foot of a screen that is too narrow for all of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from rich.cells import cell_len
from textual.binding import ActiveBinding, Binding

AROUND_KEY = 3
"""Cells of air that the style gives a key and its label."""
HELP = "app.help"
WAYS_OUT = frozenset({"escape", "q"})
MORE = "more"
"""What the help is called where it has keys that are not at the foot."""


def fit_keys(
    active: Mapping[str, ActiveBinding], width: int, show_key: Callable[[Binding], str]
) -> dict[str, ActiveBinding]:
    """The bindings, the last ones hidden where not all fit; the way out and help always stay.

    Args:
        active: As `Screen.active_bindings` has them.
        width: Cells of the foot.
        show_key: A key as it is printed.
    """
    shown: dict[str, Binding] = {}
    for bound in active.values():
        if bound.binding.show:
            shown.setdefault(bound.binding.action, bound.binding)

    def measure(binding: Binding) -> int:
        return cell_len(show_key(binding)) + cell_len(binding.description) + AROUND_KEY

    left = width - sum(map(measure, shown.values()))
    if left >= 0:
        return dict(active)
    hidden: set[str] = set()
    for action, binding in reversed(shown.items()):
        if left >= 0:
            break
        if binding.id != HELP and binding.key not in WAYS_OUT:
            left += measure(binding)
            hidden.add(action)
    return {key: _shorten(bound, hidden) for key, bound in active.items()}


def _shorten(bound: ActiveBinding, hidden: set[str]) -> ActiveBinding:
    binding = bound.binding
    if binding.action in hidden:
        return bound._replace(binding=replace(binding, show=False))
    if binding.id == HELP:
        return bound._replace(binding=replace(binding, description=MORE))
    return bound


def rename_key(
    active: Mapping[str, ActiveBinding], command: str, label: str
) -> dict[str, ActiveBinding]:
    """The bindings, with another label for one command; without a label it is not at the foot.

    Args:
        active: As `Screen.active_bindings` has them.
        command: The id of the command.
        label: What the foot says of it now.
    """
    return {
        key: bound._replace(
            binding=replace(
                bound.binding, description=label or bound.binding.description, show=bool(label)
            )
        )
        if bound.binding.id == command
        else bound
        for key, bound in active.items()
    }
