"""The public pages, a file for each kind of page. A view makes plain data; responses.py answers with it."""
