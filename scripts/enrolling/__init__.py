"""A small administration whose enrolments are pushed about at random, and the laws they keep."""
