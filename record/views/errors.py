"""What is answered where no page is: `claimtrack/urls.py` names these as its handlers."""

from ..languages import for_machines
from ..twins import failure


def wants_twin(request) -> bool:
    """Programs are answered in JSON, whatever form they asked for."""
    return for_machines(request.path)


def bad_request(request, exception=None):
    """400: an address or a request that cannot be read."""
    return failure(request, 400, twin=wants_twin(request))


def forbidden(request, exception=None):
    """403."""
    return failure(request, 403, twin=wants_twin(request))


def not_found(request, exception=None):
    """404: no page has this address."""
    return failure(request, 404, twin=wants_twin(request))


def server_error(request):
    """500: a fault of ours."""
    return failure(request, 500, twin=wants_twin(request))


def unavailable(request):
    """503: the database cannot be read at present."""
    return failure(request, 503, twin=wants_twin(request))
