"""Which backups are kept: the newest of each of the last days, weeks and months."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from claims.backup.archives import MOMENT
from claims.backup.pruning import outdated_backups, prune_backups

NOW = datetime(2026, 3, 31, 2, 15, tzinfo=UTC)  # a Tuesday


def backup_of(at: datetime) -> Path:
    return Path(f"claimtrack-{at.strftime(MOMENT)}.tar.gz")


def days_kept(paths, kept):
    outdated = outdated_backups(paths, kept)
    return sorted(path.name[11:19] for path in paths if path not in outdated)


def test_the_newest_of_days_weeks_and_months_are_kept():
    daily = [backup_of(NOW - timedelta(days=number)) for number in range(100)]
    assert days_kept(daily, (3, 0, 0)) == ["20260329", "20260330", "20260331"]
    assert days_kept(daily, (1, 3, 0)) == ["20260322", "20260329", "20260331"]
    assert days_kept(daily, (1, 0, 3)) == ["20260131", "20260228", "20260331"]


def test_of_one_day_the_newest_and_of_days_without_one_none_is_counted():
    twice = [backup_of(NOW - timedelta(hours=number)) for number in (0, 1, 2)]
    rare = [backup_of(NOW - timedelta(days=number)) for number in (40, 90)]
    assert outdated_backups([*twice, *rare], (3, 0, 0)) == twice[1:]


def test_other_files_stay_and_the_newest_always_does(tmp_path):
    other = Path("claimtrack.sqlite3")
    old = backup_of(NOW - timedelta(days=900))
    assert outdated_backups([other, old], (1, 0, 0)) == []
    for path in (backup_of(NOW), backup_of(NOW - timedelta(days=1))):
        (tmp_path / path).touch()
    # By a clock that was set back: what was just made is not the newest, and nothing is removed.
    assert prune_backups(tmp_path, (1, 0, 0), newest=tmp_path / backup_of(NOW - timedelta(days=1))) == []
    assert prune_backups(tmp_path, (1, 0, 0), newest=tmp_path / backup_of(NOW)) == [
        tmp_path / backup_of(NOW - timedelta(days=1))
    ]
