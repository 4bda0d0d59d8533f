"""Who is an operator: a program on this machine, or one in a network that the settings name."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from .middleware import client_address

_FORWARDING_HEADERS = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def is_from_this_machine(request: HttpRequest) -> bool:
    """Whether a program of this machine asks without a proxy: what a proxy passes on comes from anywhere."""
    return not was_forwarded(request) and is_loopback(request.META.get("REMOTE_ADDR", ""))


def is_from_operators_network(request: HttpRequest) -> bool:
    """Whether the request is from this machine, or its client is in `METRICS_NETWORKS`."""
    if is_from_this_machine(request):
        return True
    if was_forwarded(request) and not settings.PROXIES:
        return False  # through a proxy that nobody named: whose address this is cannot be known
    address = client_address(request)
    return address is not None and any(ip_address(address) in network for network in settings.METRICS_NETWORKS)


def was_forwarded(request: HttpRequest) -> bool:
    return any(header in request.META for header in _FORWARDING_HEADERS)


def is_loopback(address: str) -> bool:
    """Whether the address is this machine's own; "" is that of a unix socket."""
    try:
        return not address or ip_address(address).is_loopback
    except ValueError:
        return False
