"""Who runs a command, for the audit."""

import os
import pwd


def operator() -> str:
    """Return who runs the process, whatever the environment says."""
    user = os.getuid()
    try:
        return f"command:{pwd.getpwuid(user).pw_name}"
    except KeyError:
        return f"command:uid {user}"
