"""Documents as the plain data that pages, feeds, citations and exports show. No requests, no HTML."""
