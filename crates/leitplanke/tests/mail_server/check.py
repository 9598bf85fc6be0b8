"""Checks a mail as strictly as it can be: python3 check.py MAIL [PUBLIC_KEY_RECORD]

RFC 5322 (lines, headers that have to be there once), MIME, RFC 8058 where the mail offers to leave,
and the DKIM signature against the record that the DNS would give. Prints what it read as JSON; a
fault is an exception.
"""

import email
import email.policy
import json
import re
import sys

import dkim

raw = open(sys.argv[1], "rb").read()
record = sys.argv[2].encode() if len(sys.argv) > 2 else None

assert b"\r" not in raw.replace(b"\r\n", b"") and b"\n" not in raw.replace(b"\r\n", b""), "bare line end"
for line in raw.split(b"\r\n"):
    assert len(line) <= 998, "a line is too long"
    assert all(byte < 128 for byte in line), "a byte is not ASCII"

mail = email.message_from_bytes(raw, policy=email.policy.strict)
for name in ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version"]:
    assert len(mail.get_all(name, [])) == 1, name
for name in ["Reply-To", "Sender", "Cc", "Bcc", "List-Unsubscribe", "List-Unsubscribe-Post"]:
    assert len(mail.get_all(name, [])) <= 1, name
for part in mail.walk():
    assert not part.defects, part.defects
for name, value in mail.items():
    assert not value.defects, (name, value.defects)
assert re.fullmatch(r"<[0-9a-f]{32}@[^>@\s]+>", mail["Message-ID"]), mail["Message-ID"]
assert mail["Date"].datetime.tzinfo is not None

signed = []
if record is not None:
    signature = dkim.DKIM(raw)
    assert signature.verify(dnsfunc=lambda name, timeout=5: record), "the signature is wrong"
    signed = [name.decode().lower() for name in signature.include_headers]

if mail["List-Unsubscribe-Post"] is not None:
    # RFC 8058, sections 3.1 and 4.
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    links = re.findall(r"<([^>]*)>", mail["List-Unsubscribe"])
    assert sum(link.startswith("https:") for link in links) == 1, links
    if record is not None:
        assert {"list-unsubscribe", "list-unsubscribe-post"} <= set(signed), signed

text = mail.get_body(("plain",))
html = mail.get_body(("html",))
print(
    json.dumps(
        {
            "headers": {name.lower(): str(value) for name, value in mail.items()},
            "type": mail.get_content_type(),
            "text": text.get_content(),
            "html": html and html.get_content(),
            "files": [
                [part.get_filename(), part.get_content_type(), part.get_payload(decode=True).hex()]
                for part in mail.iter_attachments()
                if part.get_filename()
            ],
            "signed": signed,
        }
    )
)
