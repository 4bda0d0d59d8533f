"""Which actor a printed name may stand for, and which claim a wording may bear on. Pure functions, and no merging.

`names.compare` says how two names stand to one another, `actors.rank` orders known actors for one printed name,
`likeness` orders claims for a wording. Where candidates come from is `claims/suggestions`'s matter.
"""
