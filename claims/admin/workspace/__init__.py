"""The workspace of an article at the desk: its pages, its forms and what fills them."""
