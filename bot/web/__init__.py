"""The same conversation on a web page: plain HTML first, one small script to make it smoother.

It knows `bot.channel.Turns` and the values of `bot.messages`; nothing of forms, people or SQL.
"""
