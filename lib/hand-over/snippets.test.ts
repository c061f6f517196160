import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseZoneFile } from "../../e2e/zone-file.ts";
import { dnsHostOf } from "../providers/dns-hosts/index.ts";
import type { TxtChange } from "./changes.ts";
import { octodnsSnippet, yamlText } from "./octodns.ts";
import { characterStrings, type SnippetWords } from "./snippet.ts";
import { hclText, terraformProviderFor, terraformSnippet } from "./terraform.ts";
import { zoneFileSnippet } from "./zone-file.ts";

const WORDS: SnippetWords = { head: ["shop.test"], remove: "Delete:", keep: "The others stay.", othersUnseen: "Others unseen.", advice: "Not the cure." };
const SPF = "v=spf1 include:_spf.google.com exists:%{i}.spf.shop.test ~all";
const LONG = ["a".repeat(255), "b".repeat(20)];

function change(more: Partial<TxtChange>): TxtChange {
  return { name: "shop.test", relative: "", set: [[SPF]], remove: [], keep: [], ttl: 300, advice: false, ...more };
}

/** What a name server would serve of the snippet: each TXT record as its character-strings. */
function servedOf(text: string): readonly { readonly name: string; readonly ttl: number; readonly strings: readonly string[] }[] {
  return parseZoneFile(new TextEncoder().encode(text), "snippet").records.flatMap((record) => (record.type === "TXT" ? [{ name: record.name, ttl: record.ttl, strings: record.data.map((octets) => octets.toString("utf8")) }] : []));
}

/** A quoted template of HCL, read back. */
function hclRead(quoted: string): string {
  const inner = quoted.slice(1, -1);
  return inner.replace(/\\u([\da-f]{4})|\\U([\da-f]{8})|\\(.)|([$%])\4\{/g, (_, four: string | undefined, eight: string | undefined, one: string | undefined, mark: string | undefined) => (four ?? eight) !== undefined ? String.fromCodePoint(parseInt(four ?? eight ?? "", 16)) : (one ?? `${mark}{`));
}

const text = fc.string({ unit: fc.oneof(fc.constantFrom('"', "\\", ";", "$", "%", "{", "'", "`", "#", " ", "é", "日", "\u202e", "\n", "\u0000"), fc.string({ minLength: 1, maxLength: 1 })), minLength: 1, maxLength: 600 });

describe("a zone file", () => {
  test("says what comes, in strings of 255 octets, and what goes in comments", () => {
    expect(zoneFileSnippet([change({ set: [LONG], remove: ["v=spf1 -all"], keep: ["other"] })], WORDS)).toBe(`; shop.test\n\n; The others stay.\n; Delete:\n; shop.test. 300 IN TXT "v=spf1 -all"\nshop.test. 300 IN TXT "${LONG[0]}" "${LONG[1]}"\n`);
  });

  test("read by a name server, is what was proposed", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), text, text, (values, old, other) => {
        const set = values.map(characterStrings);
        const served = servedOf(zoneFileSnippet([change({ set, remove: [old], keep: [other] })], { ...WORDS, head: [old], remove: other }));
        expect(served).toEqual(set.map((strings) => ({ name: "shop.test", ttl: 300, strings })));
      }),
    );
  });

  test("names that are no host names stay names", () => {
    expect(servedOf(zoneFileSnippet([change({ name: "$a;b@c(d).shop.test" })], WORDS)).map(({ name }) => name)).toEqual(["$a;b@c(d).shop.test"]);
  });
});

describe("character-strings", () => {
  test("hold 255 octets at most, and joined are the text", () => {
    fc.assert(
      fc.property(text, (value) => {
        const strings = characterStrings(value);
        expect(strings.join("")).toBe(value);
        for (const string of strings) expect(Buffer.byteLength(string)).toBeLessThanOrEqual(255);
      }),
    );
  });
});

describe("Terraform", () => {
  test.each([
    [["ns-2048.awsdns-64.com"], "route53"],
    [["amy.ns.cloudflare.com"], "cloudflare"],
    [["ns-cloud-a1.googledomains.com"], "google"],
    [["amy.ns.cloudflare.com", "ns1.zone-host.test"], "cloudflare"],
    [["ns1.xserver.jp"], "route53"],
    [[], "route53"],
  ] as const)("%j: %s", (nameServers, provider) => {
    expect(terraformProviderFor(dnsHostOf(nameServers))).toBe(provider);
  });

  test("Route 53: the whole set of the name, strings joined as the provider wants, macros not taken for templates", () => {
    expect(terraformSnippet([change({ set: [[SPF]], keep: ["site=1", "x".repeat(256)], remove: ["v=spf1 -all"] })], "route53", WORDS)).toBe(
      [
        "# shop.test\n",
        "# The others stay.",
        "# Delete:",
        '# "v=spf1 -all"',
        'resource "aws_route53_record" "txt_shop_test" {',
        "  zone_id = var.zone_id",
        '  name    = "shop.test"',
        '  type    = "TXT"',
        "  ttl     = 300",
        "  records = [",
        '    "v=spf1 include:_spf.google.com exists:%%{i}.spf.shop.test ~all",',
        '    "site=1",',
        String.raw`    "${"x".repeat(255)}\"\"x",`,
        "  ]",
        "}\n",
      ].join("\n"),
    );
  });

  test("Cloudflare: a resource for each record, quoted as in a zone file", () => {
    const said = terraformSnippet([change({ set: [LONG], keep: ["site=1"] })], "cloudflare", WORDS);
    expect(said).toContain(String.raw`  content = "\"${LONG[0]}\" \"${LONG[1]}\""`);
    expect(said).not.toContain("site=1");
  });

  test("Google Cloud DNS: whole names with their dot, quoted strings, the whole set", () => {
    const said = terraformSnippet([change({ name: "_dmarc.shop.test", set: [["v=DMARC1; p=none"]], keep: ["other"] })], "google", WORDS);
    expect(said).toContain('  name         = "_dmarc.shop.test."\n');
    expect(said).toContain(String.raw`    "\"v=DMARC1; p=none\"",` + "\n" + String.raw`    "\"other\"",`);
  });

  test("a deletion is what is left, or nothing but the comment", () => {
    expect(terraformSnippet([change({ set: [], remove: ["old"], keep: ["left"] })], "route53", WORDS)).toContain('    "left",\n  ]');
    expect(terraformSnippet([change({ set: [], remove: ["old"], keep: [] })], "route53", WORDS)).not.toContain("resource");
  });

  test("a quoted template says the text, whatever stands in it", () => {
    fc.assert(
      fc.property(text, (value) => {
        const said = hclText(value);
        expect(said).toMatch(/^"[\x20-\x7e]*"$/);
        // `$${` before `{` would be read as one mark and a template: no SPF, DKIM or DMARC record holds a "$" before a brace.
        fc.pre(!/[$%][$%]\{/.test(value));
        expect(said.replace(/\\./g, "").replace(/\$\$\{|%%\{/g, "")).not.toMatch(/[$%]\{/);
        expect(hclRead(said)).toBe(value);
      }),
    );
  });
});

describe("octoDNS", () => {
  test("one value, several values, names relative to the zone, semicolons escaped", () => {
    expect(octodnsSnippet([change({ keep: ["it's"] }), change({ name: "_dmarc.shop.test", relative: "_dmarc", set: [["v=DMARC1; p=none"]], ttl: 3600, keep: null, remove: ["v=DMARC1;p=no"] })], WORDS)).toBe(
      [
        "# shop.test",
        "---",
        "# The others stay.",
        "'':",
        "  type: TXT",
        "  ttl: 300",
        "  values:",
        `    - '${SPF}'`,
        "    - 'it''s'",
        "# Others unseen.",
        "# Delete:",
        String.raw`# 'v=DMARC1\;p=no'`,
        "'_dmarc':",
        "  type: TXT",
        "  ttl: 3600",
        String.raw`  value: 'v=DMARC1\; p=none'`,
        "",
      ].join("\n"),
    );
  });

  test("a name in another zone has no place in the file", () => {
    expect(octodnsSnippet([change({ relative: null })], WORDS)).toBeNull();
  });

  test("scalars are one line of printable ASCII, and read back", () => {
    fc.assert(
      fc.property(text, (value) => {
        const said = yamlText(value);
        expect(said).toMatch(/^[\x20-\x7e]+$/);
        const read = said.startsWith("'") ? said.slice(1, -1).replaceAll("''", "'") : said.slice(1, -1).replace(/\\u([\da-f]{4})|\\U([\da-f]{8})|\\(.)/g, (_, four: string | undefined, eight: string | undefined, one: string | undefined) => one ?? String.fromCodePoint(parseInt(four ?? eight ?? "", 16)));
        expect(read).toBe(value);
      }),
    );
  });
});

test.each(["zone", "terraform", "octodns"])("%s: no comment runs into the next line", (form) => {
  fc.assert(
    fc.property(text, (hostile) => {
      const words = { ...WORDS, head: [hostile], remove: hostile, keep: hostile };
      const changes = [change({ remove: [hostile], keep: ["x"] })];
      const said = form === "zone" ? zoneFileSnippet(changes, words) : form === "terraform" ? terraformSnippet(changes, "cloudflare", words) : (octodnsSnippet(changes, words) ?? "");
      const bare = said.split(/[\n\r\u0085\u2028\u2029]/).filter((line) => !/^[;#]/.test(line));
      const plain = form === "zone" ? zoneFileSnippet([change({ keep: ["x"] })], WORDS) : form === "terraform" ? terraformSnippet([change({ keep: ["x"] })], "cloudflare", WORDS) : (octodnsSnippet([change({ keep: ["x"] })], WORDS) ?? "");
      expect(bare).toEqual(plain.split("\n").filter((line) => !/^[;#]/.test(line)));
    }),
  );
});
