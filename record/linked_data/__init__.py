"""The record in the words of others: what pages and several exports say in schema.org, and the words of our own.

Pure functions from documents to plain data. Whatever a document describes is named by one address that never changes,
neither with its title nor with its kind: `/id/` and its id (`site.Site.identity`), which leads to its page.
"""
