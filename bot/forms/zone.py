"""The time zone of this machine, with its rules, as other programs on it see it."""

import os
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo


def machine_zone() -> tzinfo:
    """Return the zone named by TZ or /etc/localtime; else the present offset."""
    local = Path("/etc/localtime")
    after = str(local.resolve()).partition("zoneinfo/")[2] if local.exists() else ""
    for name in (os.environ.get("TZ", ""), after):
        try:
            if name:
                return ZoneInfo(name.removeprefix(":"))
        except (ValueError, OSError, KeyError):
            continue
    return datetime.now().astimezone().tzinfo or ZoneInfo("UTC")
