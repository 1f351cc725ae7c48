"""The receiver in Python of the documentation accepts what is signed, and nothing else.

The one in JavaScript is run by `make conformance`.
"""

import http.client
import http.server
import threading

import pytest

from models.messages.channels.webhook_signature import WebhookSecret
from tests.support.webhook_cases import cases, receiver_of_the_page


def test_the_python_receiver_accepts_what_is_signed_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = WebhookSecret.new()
    monkeypatch.setenv("WEBHOOK_SECRET", secret.reveal())
    module: dict[str, object] = {"__name__": "receiver"}
    exec(receiver_of_the_page("python", 0), module)  # noqa: S102 - our own documentation
    handler = module["Receiver"]
    assert isinstance(handler, type)
    assert issubclass(handler, http.server.BaseHTTPRequestHandler)
    monkeypatch.setattr(handler, "log_message", lambda *_: None)
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            for headers, body, expected in cases(secret):
                connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
                connection.request("POST", "/", body, headers)
                assert connection.getresponse().status == expected, headers
                connection.close()
        finally:
            server.shutdown()
            serving.join()
