"""Dates in English words: the rules and the words that they are made of."""
