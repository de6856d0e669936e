"""Cases of the older shapes that rest on a rule which the model of sites no longer has, and the rule in its place.

Our own cases OWN8 and OWN9 are the site of B20 without and with new chips, under the rules of now.
"""

SUPERSEDED = {
    "B20": "what is saved for new chips comes after debt service and is no part of CFADS, so the loan is sized on more "
    "(6.3, 6.4, B64); maintenance follows the chips that stand",
    "B21": "the reserve of a repaid loan is free at once (8.6); and as B20",
    "B22": "new chips without headroom are not bought (6.4); and as B20",
}
"""The rule in place of the one that a case rests on, with its section."""
