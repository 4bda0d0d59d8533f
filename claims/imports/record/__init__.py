"""A new desk that goes on from somebody's published record: its working tables, filled from the documents."""
