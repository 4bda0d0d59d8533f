"""Which backups are kept: the newest of each of the last days, weeks and months in which there is one."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from .archives import moment_of

SPANS: tuple[Callable[[datetime], object], ...] = (
    lambda at: at.date(),
    lambda at: tuple(at.isocalendar())[:2],
    lambda at: (at.year, at.month),
)


def outdated_backups(paths: Iterable[Path], kept: tuple[int, int, int]) -> list[Path]:
    """Those of `paths` that no rule keeps; what is no backup is none of them. `kept` counts days, weeks and months."""
    dated = sorted(((at, path) for path in paths if (at := moment_of(path))), reverse=True)
    needed: set[Path] = {path for _, path in dated[:1]}
    for span, count in zip(SPANS, kept, strict=True):
        newest: dict[object, Path] = {}
        for at, path in dated:
            newest.setdefault(span(at), path)
        needed.update(list(newest.values())[:count])
    return [path for _, path in dated if path not in needed]


def prune_backups(folder: Path, kept: tuple[int, int, int], *, newest: Path) -> list[Path]:
    """Removes from `folder` what no rule keeps; returns it. Nothing where `newest`, just made, is not the newest."""
    paths = list(folder.iterdir())
    if max(at for path in paths if (at := moment_of(path))) != moment_of(newest):
        return []
    outdated = outdated_backups(paths, kept)
    for path in outdated:
        path.unlink()
    return outdated
