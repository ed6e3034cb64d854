"""Layouts in which administrations write their plans (C ch.3 cases 1, 2 and 5): read and written
with the same column heads.
"""
