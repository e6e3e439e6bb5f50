"""Every measurement, one after the other: ``python -m tests.bench``. A few minutes.

The exit status is 1 when the clock, the cover proof or the sweep is slower than it has to be. The
measures are tried on a few tickets alone: ``python -m tests.bench.million`` has them all.
"""

import sys

from tests.bench import acknowledgement, clock, cover, million, sweep


def main() -> int:
    failed = [bench for bench in (clock, cover, sweep) if bench.main([])]
    acknowledgement.main([])
    return 1 if million.main(["--tickets", "20000"]) or failed else 0


if __name__ == "__main__":
    sys.exit(main())
