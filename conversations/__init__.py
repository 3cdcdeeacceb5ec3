"""The pure core: what is asked, how an answer is judged, what a turn did. No I/O, no clock."""
