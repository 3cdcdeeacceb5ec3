"""What can be listened to: recorded sentences, put together to one clip without any program.

A pack is a folder of Ogg Opus files by form name, and a table of what is said in each. It is
looked up by the sentence, so nothing is ever read aloud that does not stand on the screen.
"""
