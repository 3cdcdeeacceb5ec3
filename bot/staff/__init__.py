"""What staff do for people, whatever the channel; every touch of a person passes `access`."""
