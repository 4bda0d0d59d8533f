"""What is asked of a request before any view sees it."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpResponseNotAllowed


def reading_only(get_response):
    """Middleware of the public role: whatever is not GET or HEAD is answered 405, at every address."""

    def middleware(request):
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return get_response(request)

    return middleware


def client_address(request) -> str | None:
    """The address that counts failed logins: the peer's, or what the outermost of our own proxies has seen.

    Every proxy adds the address of its caller at the right end of X-Forwarded-For, so behind n proxies the n-th entry
    from the right is the first that no client can invent. None where there is no address (a unix socket).
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.PROXIES and len(forwarded) >= settings.PROXIES:
        address = forwarded[-settings.PROXIES]
    try:
        return str(ip_address(address.strip()))
    except ValueError:
        return None
