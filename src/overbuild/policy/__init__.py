"""Rules and who pays for them: fines, compliance, delays and caps, controls as a moat, tariffs of large loads."""
