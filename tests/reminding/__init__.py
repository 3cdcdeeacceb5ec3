"""The sender of prompts, killed, cut off and set to other clocks."""
