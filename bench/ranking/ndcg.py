"""Normalised discounted cumulated gain: how near an order is to the best one possible.

After Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM Transactions
on Information Systems 20(4), 2002. The variant: the gain is the grade itself, and each rank i from
1 is discounted by log2(i + 1), so that the second place counts 0.63 of the first.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from math import log2


def ndcg(ranked: Iterable[str], grades: Mapping[str, int], *, places: int = 10) -> float:
    """1.0 if no order of all graded documents is better in these places, 0.0 if none is there.

    `ranked` are keys, best first; one without a grade gains nothing. Needs one grade above zero.
    """
    gains = [grades.get(key, 0) for key in islice(ranked, places)]
    best = sorted(grades.values(), reverse=True)[:places]
    return _discounted(gains) / _discounted(best)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))
