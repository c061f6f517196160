"""libopendkim as a service on standard input and output, one JSON value a line.

Each request {message, keys} is answered by {signatures: [{result, error}]}, the signatures in the order of the header.
`message` holds one character for each octet, `keys` the TXT record at each name. Nothing is asked of the network: the library's
key look-up is replaced by one that reads `keys`. It goes by the machine's clock: its option for a fixed time is for signing alone.
"""

import ctypes
import json
import sys

LIBRARY = ctypes.CDLL("libopendkim.so.11")
pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int

for name, result, arguments in [
    ("dkim_init", pointer, [pointer, pointer]),
    ("dkim_libversion", ctypes.c_uint32, []),
    ("dkim_verify", pointer, [pointer, text, pointer, pointer]),
    ("dkim_chunk", number, [pointer, text, ctypes.c_size_t]),
    ("dkim_eom", number, [pointer, pointer]),
    ("dkim_getsiglist", number, [pointer, pointer, pointer]),
    ("dkim_sig_process", number, [pointer, pointer]),
    ("dkim_sig_getflags", ctypes.c_uint, [pointer]),
    ("dkim_sig_getbh", number, [pointer]),
    ("dkim_sig_geterror", number, [pointer]),
    ("dkim_sig_geterrorstr", text, [number]),
    ("dkim_sig_getselector", text, [pointer]),
    ("dkim_sig_getdomain", text, [pointer]),
    ("dkim_free", number, [pointer]),
    ("dkim_set_key_lookup", number, [pointer, pointer]),
]:
    function = getattr(LIBRARY, name)
    function.restype, function.argtypes = result, arguments

FOUND, NOT_FOUND = 0, 3
PASSED, BODY_MATCHES = 0x04, 0

keys = {}


@ctypes.CFUNCTYPE(number, pointer, pointer, pointer, ctypes.c_size_t)
def look_up(_, signature, buffer, size):
    selector, domain = LIBRARY.dkim_sig_getselector(signature), LIBRARY.dkim_sig_getdomain(signature)
    record = keys.get((selector + b"._domainkey." + domain).decode("latin-1").lower())
    if record is None:
        return NOT_FOUND
    octets = record.encode("latin-1")[: size - 1] + b"\0"
    ctypes.memmove(buffer, octets, len(octets))
    return FOUND


library = LIBRARY.dkim_init(None, None)
LIBRARY.dkim_set_key_lookup(library, ctypes.cast(look_up, pointer))


def verify(message):
    status = number(0)
    handle = LIBRARY.dkim_verify(library, b"differential", None, ctypes.byref(status))
    octets = message.encode("latin-1")
    try:
        LIBRARY.dkim_chunk(handle, octets, len(octets))
        LIBRARY.dkim_chunk(handle, None, 0)
        LIBRARY.dkim_eom(handle, None)
        found, count = ctypes.POINTER(pointer)(), number(0)
        LIBRARY.dkim_getsiglist(handle, ctypes.byref(found), ctypes.byref(count))
        return [told(handle, found[index]) for index in range(count.value)]
    finally:
        LIBRARY.dkim_free(handle)


def told(handle, signature):
    LIBRARY.dkim_sig_process(handle, signature)
    error = LIBRARY.dkim_sig_geterror(signature)
    body = LIBRARY.dkim_sig_getbh(signature)
    passed = LIBRARY.dkim_sig_getflags(signature) & PASSED != 0 and body == BODY_MATCHES
    words = LIBRARY.dkim_sig_geterrorstr(error)
    return {"result": "pass" if passed else "fail", "error": "" if passed else "body hash mismatch" if body == 1 and error in (0, -1) else words.decode() if words else str(error)}


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


version = LIBRARY.dkim_libversion()
say({"version": ".".join(str(version >> shift & 0xFF) for shift in (24, 16, 8))})
for line in sys.stdin:
    request = json.loads(line)
    keys = request["keys"]
    say({"signatures": verify(request["message"])})
