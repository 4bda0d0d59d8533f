"""Backups of everything that this server keeps, and their restoration without what was erased since."""
