"""Course outlines: how a course is built, checked by experts, approved, tried, and looked at again
every year (C ch.4, F §3.3).
"""
