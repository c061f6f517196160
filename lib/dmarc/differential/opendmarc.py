"""libopendmarc as a service on standard input and output, one JSON value a line.

Started with the port of a DNS server on loopback, which it asks for everything. Each request {from, spf, dkim} (a domain, a domain
whose SPF passes or null, the domains whose signatures pass) is answered by {policy, at, spfAligned, dkimAligned}.
"""

import ctypes
import json
import socket
import struct
import sys

LIBRARY = ctypes.CDLL("libopendmarc.so.2")
PATH_MAX, SERVERS_MAX, SOCKET_ADDRESS = 4096, 3, 16
pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int


class Settings(ctypes.Structure):
    _fields_ = [("kind", number), ("suffixes", ctypes.c_char * PATH_MAX), ("servers", number), ("addresses", ctypes.c_ubyte * (SERVERS_MAX * SOCKET_ADDRESS))]


for name, result, arguments in [
    ("opendmarc_policy_library_init", number, [pointer]),
    ("opendmarc_policy_connect_init", pointer, [text, number]),
    ("opendmarc_policy_connect_shutdown", pointer, [pointer]),
    ("opendmarc_policy_store_from_domain", number, [pointer, text]),
    ("opendmarc_policy_store_spf", number, [pointer, text, number, number, text]),
    ("opendmarc_policy_store_dkim", number, [pointer, text, text, number, text]),
    ("opendmarc_policy_query_dmarc", number, [pointer, text]),
    ("opendmarc_get_policy_to_enforce", number, [pointer]),
    ("opendmarc_policy_fetch_alignment", number, [pointer, pointer, pointer]),
    ("opendmarc_policy_fetch_utilized_domain", number, [pointer, text, ctypes.c_size_t]),
    ("opendmarc_policy_status_to_str", text, [number]),
]:
    function = getattr(LIBRARY, name)
    function.restype, function.argtypes = result, arguments

MOZILLA, IPV4, MAIL_FROM, PASSES, ALIGNED = 1, 4, 1, 1, 4
ENFORCED = {14: "absent", 15: "pass", 16: "reject", 17: "quarantine", 18: "none"}

settings = Settings(kind=MOZILLA, suffixes=b"/usr/share/publicsuffix/public_suffix_list.dat", servers=1)
address = struct.pack("=H", socket.AF_INET) + struct.pack("!H", int(sys.argv[1])) + socket.inet_aton("127.0.0.1") + bytes(8)
ctypes.memmove(settings.addresses, address, SOCKET_ADDRESS)
status = LIBRARY.opendmarc_policy_library_init(ctypes.byref(settings))
if status != 0:
    sys.exit("opendmarc_policy_library_init: %d" % status)


def judge(author, spf, dkim):
    context = LIBRARY.opendmarc_policy_connect_init(b"192.0.2.1", IPV4)
    try:
        LIBRARY.opendmarc_policy_store_from_domain(context, author.encode())
        if spf is not None:
            LIBRARY.opendmarc_policy_store_spf(context, spf.encode(), PASSES, MAIL_FROM, b"")
        for signer in dkim:
            LIBRARY.opendmarc_policy_store_dkim(context, signer.encode(), b"s1", PASSES, b"")
        found = LIBRARY.opendmarc_policy_query_dmarc(context, author.encode())
        policy = LIBRARY.opendmarc_get_policy_to_enforce(context)
        dkim_aligned, spf_aligned, at = number(0), number(0), ctypes.create_string_buffer(256)
        LIBRARY.opendmarc_policy_fetch_alignment(context, ctypes.byref(dkim_aligned), ctypes.byref(spf_aligned))
        LIBRARY.opendmarc_policy_fetch_utilized_domain(context, at, 256)
        words = LIBRARY.opendmarc_policy_status_to_str(found)
        return {"found": words.decode() if found != 0 and words else "", "policy": ENFORCED.get(policy, str(policy)), "at": at.value.decode(), "spfAligned": spf_aligned.value == ALIGNED, "dkimAligned": dkim_aligned.value == ALIGNED}
    finally:
        LIBRARY.opendmarc_policy_connect_shutdown(context)


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


say({"version": "1.4"})
for line in sys.stdin:
    request = json.loads(line)
    say(judge(request["from"], request["spf"], request["dkim"]))
