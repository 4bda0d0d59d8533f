"""The page "Take in an article"."""

from django.urls import path


class TakeInPages:
    """For the admin of articles: the page on which one is taken in, and what the article's page shows of reprints."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [path("take-in/", wrap(self.take_in_view), name="articles_article_take_in"), *super().get_urls()]

    def take_in_view(self, request):
        raise NotImplementedError

    def reprints_of(self, article):
        return []
