"""The bookmarklet: an editor's browser hands over the page that it shows, through a form in a new tab.

It holds no token and the page that takes it in trusts nobody. A form of another site comes without the desk's cookies
(SameSite=Lax), so that the first answer knows nobody: it is a form of the desk's own with what was sent, which sends
itself on. Only then is it known who is there, and only a button with the desk's token stores anything.
"""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

SCRIPT = (
    "(function(){var d=document,f=d.createElement('form');f.method='post';f.action=%s;f.target='_blank';"
    "f.enctype='multipart/form-data';f.acceptCharset='utf-8';"
    "[['page','<!doctype html>'+d.documentElement.outerHTML],['address',location.href]].forEach(function(p){"
    "var t=d.createElement('textarea');t.name=p[0];t.value=p[1];f.appendChild(t)});"
    "f.style.display='none';d.body.appendChild(f);f.submit();f.remove()})()"
)


def bookmarklet(address: str) -> str:
    """The address of a bookmark that hands the page it is used on over to the desk at `address`."""
    return "javascript:" + quote(SCRIPT % f"'{address}'", safe="~()*!.'=;:,/?[]+")


@never_cache
@csrf_exempt
def hand_over_page(request: HttpRequest) -> HttpResponse:
    """What a browser hands over is shown to whoever is signed in, to be confirmed. Nothing is stored here.

    The limit on the size of a request is the limit on the page.
    """
    context: dict[str, Any]
    if request.method != "POST":
        return redirect("admin:articles_article_import")
    try:
        page, address = request.POST.get("page", ""), request.POST.get("address", "")
    except RequestDataTooBig:
        limit = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) / 1e6
        context = {"refused": f"The page is too large: more than {limit:.0f} MB. Save it as a file and import that."}
        return TemplateResponse(request, "admin/desk/hand_over.html", context, status=413)
    if not page.strip():
        context = {"refused": "The bookmarklet handed over no page."}
        return TemplateResponse(request, "admin/desk/hand_over.html", context, status=400)
    context = {
        "page": page,
        "address": address[:1000],
        "size": len(page),
        "is_own": "again" in request.POST,
        "may": request.user.has_perm("articles.add_article"),
    }
    return TemplateResponse(request, "admin/desk/hand_over.html", context)
