"""An erasure killed at fifty statements and by eleven signals, and run again: how often anything of the name is left.

    python benchmarks/erasing.py [--kills 50]

Plays tests/claims/test_erase_broken_off.py on the test database that `DATABASE_URL` names. Ends with 1 if anything is
left once.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    kills = parser.parse_args().kills
    playing = [sys.executable, "-m", "pytest", "-q", "-s", "tests/claims/test_erase_broken_off.py"]
    sys.exit(subprocess.run(playing, cwd=ROOT, env={**os.environ, "KILLS": str(kills)}).returncode)


if __name__ == "__main__":
    main()
