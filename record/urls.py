"""The addresses of the public record. A document's JSON twin has its page's address with `.json` after it."""

urlpatterns = []
