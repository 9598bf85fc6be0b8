"""A store that speaks as much of S3 as backups need, in memory. Prints its port."""

import hashlib
import re
import sys
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

FILES = {}
UPLOADS = {}


class Store(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def begin(self):
        parts = urlsplit(self.path)
        self.query = parse_qs(parts.query, keep_blank_values=True)
        self.key = unquote(parts.path).lstrip("/").partition("/")[2]
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        signed = self.headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256")
        if not signed:
            self.answer(403)
        return signed

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def file(self, status=200):
        body = FILES.get(self.key)
        if body is None:
            return self.answer(404)
        self.answer(status, body, ETag=etag(body), Last_Modified=formatdate(usegmt=True))

    def do_PUT(self):
        if self.begin():
            if "uploadId" in self.query:
                number = int(self.query["partNumber"][0])
                UPLOADS[self.query["uploadId"][0]][number] = self.body
            else:
                FILES[self.key] = self.body
            self.answer(200, ETag=etag(self.body))

    def do_POST(self):
        if not self.begin():
            return
        if "uploads" in self.query:
            upload = str(len(UPLOADS))
            UPLOADS[upload] = {}
            text = f"<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>{escape(self.key)}</Key>"
            text += f"<UploadId>{upload}</UploadId></InitiateMultipartUploadResult>"
        elif "uploadId" in self.query:
            parts = UPLOADS.pop(self.query["uploadId"][0])
            FILES[self.key] = b"".join(parts[number] for number in sorted(parts))
            text = "<CompleteMultipartUploadResult><Location>l</Location><Bucket>b</Bucket>"
            text += f"<Key>{escape(self.key)}</Key><ETag>e</ETag></CompleteMultipartUploadResult>"
        else:
            keys = re.findall(r"<Key>(.*?)</Key>", self.body.decode())
            for key in keys:
                FILES.pop(key, None)
            gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            text = f"<DeleteResult>{gone}</DeleteResult>"
        self.answer(200, text.encode())

    def do_GET(self):
        if not self.begin():
            return
        if self.key == "everything":
            return self.answer(200, b"".join(FILES.values()))
        if "list-type" not in self.query:
            return self.file()
        prefix = self.query.get("prefix", [""])[0]
        found = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2026-11-25T12:00:00.000Z"
            f"</LastModified><ETag>e</ETag><Size>{len(body)}</Size></Contents>"
            for key, body in sorted(FILES.items())
            if key.startswith(prefix)
        )
        text = "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated>"
        self.answer(200, f"{text}{found}</ListBucketResult>".encode())

    def do_HEAD(self):
        if self.begin():
            self.file()

    def do_DELETE(self):
        if self.begin():
            FILES.pop(self.key, None)
            self.answer(204)


def etag(body):
    return f'"{hashlib.md5(body).hexdigest()}"'


server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
print(server.server_port, flush=True)
try:
    server.serve_forever()
except KeyboardInterrupt:
    sys.exit()
