"""Golden cases: numeric cases in JSON files, run through the public API.

    python -m tests.golden DIR [--only A01,B2]

prints `ID ok|FAIL worst-scaled-difference` for every case; 1.0 is the edge of a case's tolerance.
"""
