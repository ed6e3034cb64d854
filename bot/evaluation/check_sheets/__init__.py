"""Check sheets: what an office and a career stage must be able to do, rated several times a year
by the officer, at the last by the supervisor too.
"""
