"""The areas of the staff's work in words and buttons, one file each."""
