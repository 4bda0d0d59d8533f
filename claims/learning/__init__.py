"""The optional layer that learns from the desk's own decisions: it orders and filters proposals, and records nothing.

Off unless CLAIMTRACK_LEARNING says otherwise. `features` and `logistic` are pure; `decisions` reads what was decided
and keeps what is learned from it; `arranging` is what the workspace asks.
"""
