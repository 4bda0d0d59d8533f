"""Named reads of the record, each with a fixed number of queries, and the forms in which a request asks for one."""
