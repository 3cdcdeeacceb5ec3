"""All figures, or those named: `python -m bench [engine export …]`.

Each table is made by a process of its own, so that memory and warmth of one do not reach another.
"""

import subprocess
import sys

TABLES = (
    *("engine", "storage", "planning", "progress", "tables", "export", "roster", "telegram"),
    *("dispatch", "start", "console"),
)


def main(names: list[str]) -> int:
    """Print the tables one after another; return how many failed."""
    unknown = [name for name in names if name not in TABLES]
    if unknown:
        print(f"no such table: {', '.join(unknown)}; there are {', '.join(TABLES)}")
        return 2
    failed = 0
    for name in names or TABLES:
        print(f"\n## {name}\n", flush=True)
        failed += (
            subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode != 0
        )
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
