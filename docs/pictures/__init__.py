"""Pictures of the program at work, and the script that takes them anew."""
