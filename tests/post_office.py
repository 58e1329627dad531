"""A mail server on this machine that keeps what it is given: as much of SMTP as a client needs."""

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy


class Conversation(socketserver.StreamRequestHandler):
    """One client."""

    def handle(self):
        self.say("220 here")
        recipients = []
        for line in iter(lambda: self.rfile.readline().decode().strip(), ""):
            command = line.upper()
            if command.startswith("RCPT"):
                address = line.split("<")[1].split(">")[0]
                if address in self.server.answers:
                    self.say(self.server.answers[address])
                    continue
                recipients.append(address)
            if command.startswith("QUIT"):
                self.say("221 bye")
                return
            if command.startswith("DATA"):
                self.say("354 go on")
                body = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.letters.append((recipients, message_from_bytes(body, policy=policy.default)))
                recipients = []
            if command.startswith("RSET"):
                recipients = []
            self.say("250 ok")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class PostOffice(socketserver.ThreadingTCPServer):
    """Letters in the order they came; `answers` says what a mailbox is answered instead of yes."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Conversation)
        self.letters, self.answers = [], {}

    def to(self, address):
        return [letter for recipients, letter in self.letters if recipients == [address]]


@contextmanager
def open_post_office(port=0):
    with PostOffice(port) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
