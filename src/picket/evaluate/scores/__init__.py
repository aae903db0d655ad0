"""Sums that compare what was noticed with what was there."""
