"""The console: the staff's web page. Forms post and redirect; htmx only makes it smoother.

Every area is a module with `routes(console)`, and `waiting` where something in it can wait for
somebody. Who sits there and what they may do is decided in frame.py and bot/staff/access.py.
"""
