"""Everything that anybody was ever shown, sent by everybody else.

Two regions that mirror each other, every button walked to from every role of the first, and
each tried by every role of the second. The list is made from the routes and the screens
themselves, so a new button is in it by itself.
"""
