"""The public pages, one file a page. A view makes plain data; record/twins.py answers with it."""
