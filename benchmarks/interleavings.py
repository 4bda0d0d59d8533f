"""Two editors at one statement, request by request in every order: how many changes stand, are refused, are lost.

    python benchmarks/interleavings.py [--pairs 500]

Plays pairs of deeds from tests/interleavings.py (form, inline list, chain, table, list actions, take-over) on the pages
of the desk, on the test database of `DATABASE_URL`. A change counts as lost where nothing told its editor that it was
not made, and it is not in the database after both. Ends with 1 if any is.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=500)
    pairs = parser.parse_args().pairs
    playing = [sys.executable, "-m", "pytest", "-q", "-s", "tests/claims/test_interleavings.py"]
    sys.exit(subprocess.run(playing, cwd=ROOT, env={**os.environ, "INTERLEAVINGS": str(pairs)}).returncode)


if __name__ == "__main__":
    main()
