"""A real mail server for tests: python3 server.py FOLDER PORT

Speaks SMTP with STARTTLS under FOLDER/cert.pem and FOLDER/key.pem, writes every mail that it takes
to FOLDER/mail, and says on which port it listens. What it does is read anew from FOLDER/behaviour
at every step:

    rcpt 450 4.2.0 later     answers every recipient like this
    data 554 5.7.1 no        answers every mail like this, after its last byte
    slow 1.5                 waits so many seconds before each of these answers
    late 2                   takes the mail and answers so many seconds later
    drop                     takes the mail and ends the connection without an answer
    tls                      refuses whatever is not encrypted
"""

import asyncio
import json
import pathlib
import ssl
import sys
import uuid

from aiosmtpd.smtp import SMTP

folder = pathlib.Path(sys.argv[1])
mails = folder / "mail"


def behaviour():
    lines = (folder / "behaviour").read_text().splitlines()
    return dict((line + " ").split(" ", 1) for line in lines if line)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        told = behaviour()
        if "tls" in told and session.ssl is None:
            return "530 5.7.0 Must issue a STARTTLS command first"
        await asyncio.sleep(float(told.get("slow", "0")))
        if "rcpt" in told:
            return told["rcpt"].strip()
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server, session, envelope):
        told = behaviour()
        await asyncio.sleep(float(told.get("slow", "0")))
        if "data" in told:
            return told["data"].strip()
        name = uuid.uuid4().hex
        (mails / f"{name}.eml").write_bytes(envelope.original_content)
        about = {
            "name": name,
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
        }
        temporary = folder / f"{name}.json"
        temporary.write_text(json.dumps(about))
        temporary.rename(mails / f"{name}.json")
        await asyncio.sleep(float(told.get("late", "0")))
        if "drop" in told:
            server.transport.abort()
        return "250 2.0.0 taken"


async def serve():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    mails.mkdir(exist_ok=True)

    def session():
        return SMTP(Handler(), hostname="localhost", tls_context=context, ident="test")

    loop = asyncio.get_running_loop()
    server = await loop.create_server(session, "127.0.0.1", int(sys.argv[2]))
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
