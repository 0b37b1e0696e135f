"""What in an old list is what in a new one: equal things first, then things of the same name, then the most alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

ALIKE = 0.5
"""From which share of common pairs of characters on two texts are one text that was changed."""

MOST = 100_000
"""How many pairs are compared for likeness. A regime in which more is new and gone at once is another text."""


def likeness(one: str, other: str) -> float:
    """The share of pairs of neighbouring characters two texts have in common, 0 to 1 (Dice)."""
    if one == other:
        return 1.0
    left, right = _pairs(one), _pairs(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset([text])


def paired(
    old: Sequence[T],
    new: Sequence[T],
    keys: Sequence[Callable[[T], Hashable]],
    alike: Callable[[T, T], float] | None = None,
    last: Callable[[T], Hashable] | None = None,
) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[int, ...]]:
    """Pairs of indexes, the indexes left in ``old``, those left in ``new``.

    Each key in its turn pairs what is still single and has an equal key, in order. Then the most alike pair up, best first, while
    ``alike`` gives :data:`ALIKE` or more, and at the end what has an equal ``last`` key.
    """
    pairs: list[tuple[int, int]] = []
    left, right = list(range(len(old))), list(range(len(new)))

    def by(key: Callable[[T], Hashable]) -> None:
        waiting: dict[Hashable, list[int]] = {}
        for index in right:
            waiting.setdefault(key(new[index]), []).append(index)
        for index in list(left):
            found = waiting.get(key(old[index]))
            if found:
                there = found.pop(0)
                pairs.append((index, there))
                left.remove(index)
                right.remove(there)

    for key in keys:
        by(key)
    if alike and left and right and len(left) * len(right) <= MOST:
        scores = sorted(
            ((score, i, j) for i in left for j in right if (score := alike(old[i], new[j])) >= ALIKE),
            key=lambda s: (-s[0], abs(s[1] - s[2]), s[1], s[2]),
        )
        for _, i, j in scores:
            if i in left and j in right:
                pairs.append((i, j))
                left.remove(i)
                right.remove(j)
    if last:
        by(last)
    return tuple(sorted(pairs)), tuple(left), tuple(right)


def out_of_order(pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether what is in both stands in another order."""
    places = [there for _, there in sorted(pairs)]
    return places != sorted(places)
