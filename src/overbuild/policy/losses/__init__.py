"""Losses that add up: how many there are in a year, how large each is, and how bad a bad year is."""
