/** The four records that the docs explain: an example of each, and how to look it up. */

export const RECORDS = ["spf", "dkim", "dmarc", "ptr"] as const;
export type RecordKind = (typeof RECORDS)[number];

interface DocumentedRecord {
  readonly host: string;
  readonly type: "TXT" | "PTR";
  readonly example: string;
  readonly windows: string;
  readonly elsewhere: string;
}

const text = (host: string, example: string): DocumentedRecord => ({ host, type: "TXT", example, windows: `nslookup -type=TXT ${host}`, elsewhere: `dig ${host} TXT +short` });

export const DOCUMENTED_RECORDS: Readonly<Record<RecordKind, DocumentedRecord>> = {
  spf: text("shop.example", "v=spf1 mx ip4:203.0.113.7 include:_spf.google.com ~all"),
  dkim: text("s1._domainkey.shop.example", "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A…IDAQAB"),
  dmarc: text("_dmarc.shop.example", "v=DMARC1; p=none; rua=mailto:dmarc@shop.example"),
  ptr: { host: "7.113.0.203.in-addr.arpa", type: "PTR", example: "mail.shop.example.", windows: "nslookup 203.0.113.7", elsewhere: "dig -x 203.0.113.7 +short" },
};

export function recordKind(slug: string): RecordKind | undefined {
  return RECORDS.find((kind) => kind === slug);
}
