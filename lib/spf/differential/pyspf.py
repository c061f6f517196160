"""pyspf as a service on standard input and output, one JSON value a line.

Each request {ip, mailFrom, helo, receiver, time, repairs} is answered by {result, explanation}; in between, each look-up is asked
back as {ask: [name, type]} and read as {status, records}. Nothing is asked of the network.

"repairs" names the differences from RFC 7208 that are put right for this one request (docs/spf-differences.md): when the answer is
then the same as ours, those differences are all that parts the two.
"""

import json
import re
import sys

import spf


def say(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def look_up(name, qtype, tcpfallback=True, timeout=0):
    say({"ask": [name, qtype]})
    answer = json.loads(sys.stdin.readline())
    if answer["status"] not in ("ok", "no-name", "no-data"):
        raise spf.TempError("DNS " + answer["status"])
    return [((name, qtype), data(qtype, record)) for record in answer["records"]]


def data(qtype, record):
    if qtype == "TXT":
        return [text.encode("utf-8") for text in record]
    if qtype == "MX":
        return (record["preference"], record["exchange"])
    return record


MODIFIER = re.compile(r"([a-z][a-z0-9._-]*)=(.*)", re.IGNORECASE)
MACRO_EXPAND = r"%(?:[%_-]|\{[slodipvhcrt](?:0*[1-9][0-9]*)?r?[.\-+,/_=]*\})"
MACRO_STRING = re.compile(r"(?:[!-$&-~]|" + MACRO_EXPAND + r")*", re.IGNORECASE)
EXPLAIN_STRING = re.compile(r"(?:[ -$&-~]|" + MACRO_EXPAND + r")*", re.IGNORECASE)
INVALID_MACRO = spf.RE_INVALID_MACRO
NOTHING = re.compile(r"(?!)")


def is_held(name):
    """Whether DNS has a place for the name: several labels, each of 1 to 63 octets."""
    name = name[:-1] if name.endswith(".") else name
    return "." in name and all(0 < len(label) < 64 for label in name.split("."))


class Later(str):
    """A domain-spec whose macros are expanded when its term comes to be evaluated."""

    query = None
    counts = False

    def lower(self):
        return self.query.now(self).lower()

    def __eq__(self, other):
        # Asked only whether an include names its own domain.
        return "own-include" not in self.query.repairs and str(self) == other

    __hash__ = str.__hash__


class Explanation(str):
    """An exp= that is looked up when its record has given "fail"."""


class Query(spf.query):
    def __init__(self, request):
        self.repairs = frozenset(request["repairs"])
        # strict=True is pyspf's RFC 7208; 2, its "harsh" mode, warns of more.
        spf.query.__init__(self, i=request["ip"], s=request["mailFrom"], h=request["helo"], receiver=request["receiver"], strict=True)
        self.t = str(request["time"])
        self.waiting = False
        self.in_term = False
        self.term_is_void = False
        if "last-at" in self.repairs and "@" in self.s:
            local, self.o = self.s.rsplit("@", 1)
            self.l = local or "postmaster"
            self.d = self.o
        if "final-dot" in self.repairs and self.o.endswith("."):
            self.d = self.o = self.o[:-1]
            self.s = self.s[:-1]
        if "postmaster" in self.repairs:
            self.s = "%s@%s" % (self.l, self.o)
        if "nibble-case" in self.repairs:
            self.i = self.i.lower()

    def answer(self):
        result, _, explanation = self.check()
        if isinstance(explanation, Explanation):
            self.in_term = False
            self.d = explanation.domain
            try:
                explanation = None if self.matches_nothing(explanation) else spf.query.get_explanation(self, self.expand(str(explanation)))
            except spf.TempError:
                explanation = None
        if "non-ascii" in self.repairs and explanation and not explanation.isascii():
            explanation = None
        if result != "fail" or explanation == spf.EXPLANATIONS["fail"]:
            explanation = None
        return {"result": result, "explanation": explanation or None}

    # Terms are evaluated in order, and nothing is looked up or counted for those that are not reached.

    def expand_domain(self, arg):
        if "grammar" in self.repairs:
            self.check_grammar(arg)
        if "in-order" not in self.repairs:
            return spf.query.expand_domain(self, arg)
        known, self.p = self.p, "unknown.test"
        try:
            spf.query.expand_domain(self, arg)
        finally:
            self.p = known
        later = Later(arg)
        later.query = self
        # Only redirect= is expanded between its being counted and its being used.
        later.counts, self.waiting = self.waiting, False
        return later

    def validate_mechanism(self, mech):
        if "own-include" in self.repairs and mech.lower().lstrip("+-~?") == "include":
            raise spf.PermError("include mechanism missing domain", mech)
        written, mechanism, arg, length, result = spf.query.validate_mechanism(self, mech)
        # Looks nothing up, and so does not match.
        if mechanism == "ptr" and isinstance(arg, Later) and (self.matches_nothing(arg) or self.is_unheld(arg)):
            mechanism = "exists"
        return written, mechanism, arg, length, result

    def now(self, arg):
        if not isinstance(arg, Later):
            return arg
        if arg.counts:
            self.waiting = True
        self.begin()
        if self.matches_nothing(arg):
            return ""
        name = self.expand(str(arg))
        while "length" in self.repairs and len(name) > 253 and "." in name:
            name = name[name.index(".") + 1 :]
        return "" if "unheld-names" in self.repairs and not is_held(name) else name

    def matches_nothing(self, arg):
        return "non-ascii" in self.repairs and not self.l.isascii() and re.search(r"%\{[sl]", arg, re.IGNORECASE)

    def is_unheld(self, arg):
        return "unheld-names" in self.repairs and "%{p" not in arg and "%{P" not in arg and not is_held(self.expand(str(arg)))

    def begin(self):
        if self.waiting:
            self.waiting = False
            self.in_term, self.term_is_void = True, False
            spf.query.check_lookups(self)

    def check_lookups(self):
        if "in-order" in self.repairs:
            self.waiting = True
            return
        self.in_term, self.term_is_void = True, False
        spf.query.check_lookups(self)

    def get_explanation(self, spec):
        if "in-order" not in self.repairs:
            return spf.query.get_explanation(self, spec)
        explanation = Explanation(spec)
        explanation.domain = self.d
        return explanation

    def dns_spf(self, domain):
        name = self.now(domain)
        if isinstance(domain, Later):
            self.target = name
            if self.matches_nothing(domain) and not domain.counts:
                return "v=spf1 ?all"
        return spf.query.dns_spf(self, name)

    def check1(self, record, domain, recursion):
        return spf.query.check1(self, record, self.target if isinstance(domain, Later) else domain, recursion)

    def dns_a(self, domainname, A="A"):
        return spf.query.dns_a(self, self.now(domainname), A)

    def dns_mx(self, domainname):
        name = self.now(domainname)
        if "in-order" not in self.repairs:
            return spf.query.dns_mx(self, name)
        exchanges = sorted(self.dns(name, "MX") if name else [], key=lambda exchange: exchange[0])
        if len(exchanges) > spf.MAX_MX:
            raise spf.PermError("More than %d MX records returned" % spf.MAX_MX)
        return (address for _, exchange in exchanges for address in self.dns_a(exchange, self.A))

    def cidrmatch(self, ipaddrs, n):
        return any(spf.query.cidrmatch(self, [address], n) for address in ipaddrs)

    # PTR

    def validated_ptrs(self):
        self.begin()
        if "ptr-failures" not in self.repairs:
            return spf.query.validated_ptrs(self)
        try:
            names = self.dns_ptr(self.i)
        except spf.TempError:
            return []
        return [name for name in names[: spf.MAX_PTR] if self.leads_back(name)]

    def leads_back(self, name):
        try:
            return self.cidrmatch(self.dns_a(name, self.A), self.cidrmax)
        except spf.TempError:
            return False

    def getp(self):
        if "p-of-its-domain" in self.repairs and self.p != "unknown.test":
            self.p = None
            found, self.d = self.d, self.d.lower()
            try:
                return spf.query.getp(self)
            finally:
                self.d = found
        return spf.query.getp(self)

    # Void look-ups

    def dns(self, name, qtype, cnames=None, ignore_void=False):
        if "void-terms" not in self.repairs or cnames is not None:
            return spf.query.dns(self, name, qtype, cnames, ignore_void)
        result = spf.query.dns(self, name, qtype, None, True)
        if not result and is_held("x." + name) and not ignore_void and self.in_term and not self.term_is_void:
            self.term_is_void = True
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError("Void lookup limit of %d exceeded" % spf.MAX_VOID_LOOKUPS)
        return result

    # Grammar

    def check0(self, record, recursion):
        if record and "modifier-names" in self.repairs:
            record = " ".join(self.modifiers_told_apart(record.split(" ")))
        if record and "in-order" in self.repairs:
            record = " ".join(self.without_p(record.split(" ")))
        return spf.query.check0(self, record, recursion)

    def modifiers_told_apart(self, words):
        for at, word in enumerate(words):
            modifier = MODIFIER.fullmatch(word) if at > 0 else None
            name = modifier.group(1).lower() if modifier else ""
            known = name if name in ("redirect", "exp") else "x%d" % at
            yield known + word[len(name) :] if modifier else word

    @staticmethod
    def without_p(words):
        """Unknown modifiers are expanded to see whether they can be: without asking who the sender is."""
        for word in words:
            modifier = MODIFIER.fullmatch(word)
            known = modifier is None or modifier.group(1).lower() in ("redirect", "exp")
            yield word if known else re.sub(r"%\{p", "%{d", word, flags=re.IGNORECASE)

    def check_grammar(self, text, grammar=MACRO_STRING):
        if not grammar.fullmatch(text):
            raise spf.PermError("syntax", text)

    def expand(self, text, stripdot=True):
        if not stripdot and self.matches_nothing(text):
            raise spf.PermError("explanation", text)
        if "grammar" in self.repairs:
            self.check_grammar(text, MACRO_STRING if stripdot else EXPLAIN_STRING)
            text = re.sub(r"%\{[^}]*\}", lambda macro: macro.group()[:3] + macro.group()[3:].lower(), text)
        spf.JOINERS = dict.fromkeys("slodipvhcrt" if "joined-by-dots" in self.repairs else "sl", ".")
        spf.RE_INVALID_MACRO = NOTHING if "grammar" in self.repairs else INVALID_MACRO
        if stripdot or "length" not in self.repairs:
            return spf.query.expand(self, text, stripdot)
        # Otherwise an explanation is cut as if it were a name.
        return re.sub(r"%(?:[%_-]|\{[^}]*\})", lambda macro: spf.query.expand(self, macro.group(), False), text)


def main():
    spf.DNSLookup = look_up
    say({"version": spf.__version__})
    for line in sys.stdin:
        try:
            answer = Query(json.loads(line)).answer()
        except Exception as error:
            answer = {"result": "crash", "explanation": "%s: %s" % (type(error).__name__, error)}
        say(answer)


main()
