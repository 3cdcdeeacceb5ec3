"""Tables that people upload: every kind, every fault, and the limits of the child."""
