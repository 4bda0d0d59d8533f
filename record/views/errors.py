"""What is answered where no page is: `claimtrack/urls.py` names these as its handlers."""

from ..languages import for_machines
from ..twins import failure


def handler_of(status: int):
    """Answers every request with this status; programs in JSON, whatever form they asked for."""

    def handler(request, exception=None):
        return failure(request, status, twin=for_machines(request.path))

    return handler


bad_request = handler_of(400)  # an address or a request that cannot be read
forbidden = handler_of(403)
not_found = handler_of(404)  # no page has this address
server_error = handler_of(500)  # a fault of ours
unavailable = handler_of(503)  # the database cannot be read at present
