"""Rebuild, import, adoption and the merge of something hot, killed at statements drawn from a seed, and continued.

    python benchmarks/kills.py [--kills 200] [--seed 1]

Plays tests/claims/test_killed_writes.py on the test database that `DATABASE_URL` names, a quarter of the kills each.
Ends with 1 if one does not go on, if something acknowledged is lost, or if the projections differ from a rebuild's.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    playing = [sys.executable, "-m", "pytest", "-q", "-s", "--durations=4", "tests/claims/test_killed_writes.py"]
    environment = {**os.environ, "KILLS": str(-(-options.kills // 4)), "SEED": str(options.seed)}
    sys.exit(subprocess.run(playing, cwd=ROOT, env=environment).returncode)


if __name__ == "__main__":
    main()
