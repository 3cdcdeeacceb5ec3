"""The visit sheet as a file: an .xlsx written for paper and pen, and read back without trust."""
