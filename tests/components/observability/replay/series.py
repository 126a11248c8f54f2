"""What a metric published, a minute at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

Minutes = Iterable[float | None]


class Series:
    """Values by minute, None where nothing was published; `weights` are how many samples each stands for."""

    def __init__(self, values: Minutes, weights: Minutes | None = None) -> None:
        self.values = list(values)
        counted = [1.0 if each is not None else 0.0 for each in self.values]
        samples = [each or 0.0 for each in weights] if weights is not None else counted
        weighed = [
            (value or 0.0) * weight for value, weight in zip(self.values, samples, strict=True)
        ]
        self._published = _running(counted)
        self._samples = _running(samples)
        self._sums = _running([each or 0.0 for each in self.values])
        self._weighed = _running(weighed)

    def over(self, start: int, end: int, stat: str) -> float | None:
        """The statistic of the minutes from `start` up to and without `end`; None when nothing was published."""
        start = max(start, 0)
        if self._published[end] == self._published[start]:
            return None
        if stat == "Sum":
            return self._sums[end] - self._sums[start]
        if stat in EXTREMES:
            return EXTREMES[stat]([each for each in self.values[start:end] if each is not None])
        # Average, and for a percentile rank the average of the minutes' ranks by their samples, which is the same.
        samples = self._samples[end] - self._samples[start]
        return (self._weighed[end] - self._weighed[start]) / samples if samples else None


EXTREMES: dict[str, Callable[[Sequence[float]], float]] = {"Minimum": min, "Maximum": max}


def _running(values: Iterable[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))
