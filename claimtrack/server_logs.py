"""What gunicorn writes, as JSON: its own messages, and a line for each answer where an access log is asked for."""

import logging
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger

from .logs import RequestIdFilter, StructuredFormatter


class ServerLogger(Logger):
    """gunicorn's logger with our formatter: `logger_class` of gunicorn.conf.py."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for logger in (self.error_log, self.access_log):
            for handler in logger.handlers:
                handler.setFormatter(StructuredFormatter())
                handler.addFilter(RequestIdFilter())

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """Method, path, status, bytes and milliseconds. No address, no query, no browser."""
        if not self.access_log_enabled:
            return
        headers = {name.lower(): value for name, value in resp.headers}
        self.access_log.log(
            logging.INFO,
            "answer",
            extra={
                "request": headers.get("x-request-id", ""),
                "method": environ.get("REQUEST_METHOD"),
                "path": environ.get("PATH_INFO"),
                "status": int(str(resp.status).split()[0]),
                "bytes": getattr(resp, "sent", None),
                "milliseconds": round(request_time / timedelta(milliseconds=1)),
            },
        )
