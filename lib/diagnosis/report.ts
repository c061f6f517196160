/** The report: the one document that the API answers, the store keeps and the pages show. The contract's shape, as a schema. */

import { z } from "zod";
import { FORM_FAULTS, SINGLE_FIELDS, UNSUBSCRIBE_STATES } from "../bounce/message-form.ts";
import { BOUNCE_RULES, PLACE_FIELDS, SENDING_IP_SOURCES } from "../bounce/reading.ts";
import { DMARC_POLICIES, DMARC_STAGES, PATH_CONDITIONS } from "../dmarc/index.ts";
import { SPF_ASSUMPTIONS, SPF_CHANGE_REASONS, SPF_MOVE_STEPS, SPF_RESULTS, spfNodeSchema } from "../spf/types.ts";
import { AREAS, FINDING_CODES, SEVERITIES } from "./finding-codes.ts";
import { REQUIREMENT_SCOPES, REQUIREMENT_STATES, REQUIREMENTS } from "./requirement-codes.ts";

const claim = z.object({ result: z.string(), domain: z.string().nullable() });

export const subjectSchema = z.object({
  kind: z.enum(["domain", "bounce", "message"]),
  domain: z.string(),
  organizationalDomain: z.string(),
  sendingIp: z.string().nullable(),
  /** Added: where the address was taken from. */
  sendingIpFrom: z.enum(SENDING_IP_SOURCES).nullable().default(null),
  mailFrom: z.string().nullable(),
  headerFrom: z.string().nullable(),
  helo: z.string().nullable(),
  dkim: z.array(z.object({ domain: z.string(), selector: z.string() })),
  /** Added to the contract: selectors that the user named, so that a re-check asks the same. */
  selectors: z.array(z.string()).default([]),
  headersSeen: z.boolean().default(false),
  /** Added: the `Received` hops that were shown, so that a re-check tells a forwarder as the first look did. */
  relays: z.array(z.object({ helo: z.string().nullable(), name: z.string().nullable(), ip: z.string().nullable(), by: z.string().nullable() })).default([]),
});

export const bounceSchema = z.object({
  reporter: z.enum(["gmail", "other", "unknown"]),
  format: z.string(),
  code: z.number().int().nullable(),
  enhancedCode: z.string().nullable(),
  rule: z.enum(BOUNCE_RULES),
  permanent: z.boolean().nullable(),
  text: z.string(),
  claims: z.object({
    spf: claim.extend({ ip: z.string().nullable() }).nullable(),
    dkim: claim.nullable(),
    dmarc: claim.nullable(),
  }),
  /** Added to the contract: what else the bounce tells, and how sure the reader is of its reading. */
  details: z
    .object({
      confidence: z.enum(["high", "medium", "low"]),
      /** A domain. */
      recipient: z.string().nullable(),
      provider: z.string().nullable(),
      time: z.string().nullable(),
      queueId: z.string().nullable(),
      messageIdHost: z.string().nullable(),
    })
    .nullable()
    .default(null),
  /** Added: true where whoever made the report asked for mailbox names to be kept in the reply. */
  addressesKept: z.boolean().default(false),
  /** Added: the lines in which something was found, redacted; `at` and `length` in UTF-16 code units of `text`. */
  excerpt: z
    .object({ text: z.string(), marks: z.array(z.object({ field: z.enum(PLACE_FIELDS), value: z.string(), at: z.number().int().min(0), length: z.number().int().min(1) })), cut: z.boolean() })
    .nullable()
    .default(null),
  /** Added: refusals of the same paste that are not judged here, by domain, address and rule; each with a redacted reply that can be diagnosed. */
  others: z.array(z.object({ count: z.number().int().min(1), domain: z.string().nullable(), sendingIp: z.string().nullable(), rule: z.enum(BOUNCE_RULES), enhancedCode: z.string().nullable(), text: z.string() })).default([]),
});

export const findingSchema = z.object({
  code: z.enum(FINDING_CODES),
  area: z.enum(AREAS),
  severity: z.enum(SEVERITIES),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  cost: z.number().int().min(0).max(100),
  evidence: z.array(z.number().int().min(0)),
  reference: z.string(),
});

export const FIX_NOTES = [...SPF_ASSUMPTIONS, "dmarc-start-with-none", "dmarc-mended-as-meant", "ask-ip-owner", "ask-mail-provider", "key-from-provider", "key-mended", "key-from-elsewhere", "envelope-domain-assumed", "sends-no-mail", "record-from-elsewhere", "name-is-alias"] as const;

const proofSchema = z.object({
  result: z.enum(SPF_RESULTS),
  ip: z.string().nullable(),
  lookups: z.number().int(),
  voidLookups: z.number().int(),
  /** Of the address ranges that today's records authorise, all of them: how many still pass whole, and of how many. */
  kept: z.number().int(),
  of: z.number().int(),
});

const changeSchema = z.object({
  kind: z.enum(["kept", "added", "removed", "changed"]),
  before: z.string().nullable(),
  after: z.string().nullable(),
  reason: z.enum(SPF_CHANGE_REASONS).nullable(),
  /** What the reason names: covering terms, a provider, a subdomain. */
  by: z.string().optional(),
});

/** The lasting cure of a record over ten look-ups: services move to subdomains of their own. */
const alternativeSchema = z.object({
  kind: z.literal("own-subdomain"),
  moves: z.array(z.object({ provider: z.string(), domain: z.string(), record: z.object({ name: z.string(), value: z.string(), strings: z.array(z.string()) }), proof: proofSchema })),
  main: z.object({ value: z.string(), strings: z.array(z.string()), changes: z.array(changeSchema), proof: proofSchema }),
  steps: z.array(z.enum(SPF_MOVE_STEPS)),
  assumptions: z.array(z.enum(SPF_ASSUMPTIONS)),
});

export const fixSchema = z.object({
  finding: z.enum(FINDING_CODES),
  action: z.enum(["create", "replace", "delete", "ask-provider"]),
  name: z.string(),
  type: z.enum(["TXT", "CNAME", "PTR", "MX"]).nullable(),
  value: z.string().nullable(),
  strings: z.array(z.string()),
  replaces: z.array(z.string()),
  assumptions: z.array(z.enum(FIX_NOTES)),
  proof: proofSchema.nullable(),
  /** Added to the contract: today's record to the proposed one, term by term, with a reason for each change. */
  changes: z.array(changeSchema).default([]),
  /** Added: true for a change that is worth making but is not the cure of the refusal. */
  advice: z.boolean().default(false),
  /** Added: whose addresses were copied into the record, by name. */
  copiedFrom: z.array(z.string()).default([]),
  /** Added: what to do for good, where the record holds copies of others' addresses; with `value` null, all that can be done. */
  alternative: alternativeSchema.nullable().default(null),
});

/** Who answers for the domain. Times in seconds. */
export const delegationSchema = z.object({
  zone: z.string(),
  /** Whose SPF record, and where the DMARC record, was asked for at each server. */
  domain: z.string(),
  dmarcName: z.string(),
  /** Resolvers that check DNSSEC signatures refuse the zone's answers. */
  bogus: z.boolean(),
  /** How long others may remember that a record is not there. */
  negativeTtl: z.number().int().nullable(),
  /** How long others may remember today's records. */
  ttls: z.array(z.object({ name: z.string(), type: z.literal("TXT"), seconds: z.number().int() })),
  /** Four at most. `spf`, `dmarc`: the records that this server holds; null where it did not say. */
  servers: z.array(
    z.object({
      host: z.string(),
      address: z.string().nullable(),
      /** `lame`: it does not speak for the zone. `not-asked`: its address is not out on the internet. */
      status: z.enum(["answered", "lame", "unanswered", "no-address", "not-asked"]),
      reason: z.enum(["refused", "server-failure", "not-authoritative"]).nullable(),
      serial: z.number().int().nullable(),
      spf: z.array(z.string()).nullable(),
      dmarc: z.array(z.string()).nullable(),
    }),
  ),
});
export type Delegation = z.infer<typeof delegationSchema>;

const policyRecord = { name: z.string(), status: z.enum(["valid", "invalid", "none", "unanswered"]), record: z.string().nullable() };

/** Added to the contract: Gmail's requirements of senders, and how far each is met. */
export const requirementSchema = z.object({
  code: z.enum(REQUIREMENTS),
  scope: z.enum(REQUIREMENT_SCOPES),
  state: z.enum(REQUIREMENT_STATES),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** One domain that SPF or DKIM vouched for, beside the header's. `wouldRelaxed`: the organizational domain is the same. */
const alignmentPairSchema = z.object({ domain: z.string(), organizationalDomain: z.string(), mode: z.enum(["r", "s"]), aligned: z.boolean(), wouldRelaxed: z.boolean() });

/** Added: what the header of the pasted message showed of its form. Codes only: a re-check has no message to read. */
const messageFormSchema = z.object({
  faults: z.array(z.object({ code: z.enum(FORM_FAULTS), field: z.enum(SINGLE_FIELDS) })),
  unsubscribe: z.enum(UNSUBSCRIBE_STATES),
  fromList: z.boolean(),
  sealed: z.boolean(),
  overTls: z.boolean().nullable(),
});

/** Added: from today's DMARC policy to the next one, and what must be true first. Never the cure of a refusal. */
const dmarcPathSchema = z.object({
  stage: z.enum(DMARC_STAGES),
  partly: z.boolean(),
  name: z.string(),
  next: z
    .object({
      policy: z.enum(DMARC_POLICIES),
      value: z.string(),
      strings: z.array(z.string()),
      conditions: z.array(z.object({ code: z.enum(PATH_CONDITIONS), met: z.boolean().nullable() })),
    })
    .nullable(),
});

export const DNS_STATUSES = ["ok", "no-name", "no-data", "server-failure", "timeout", "refused", "malformed", "not-asked"] as const;

export const ANSWER_OUTCOMES = ["accepted", "refused", "open"] as const;
/** Accepted: `authenticated`, `spam-folder` (the header domain asks for quarantine). Open: `arc` (it depends on whether Gmail trusts who sealed), `form` (no valid Message-ID or Date, which Gmail takes from some and refuses from others), `private-address`, `unanswered`. Refused: `rule`. */
export const ANSWER_REASONS = ["authenticated", "spam-folder", "arc", "form", "private-address", "unanswered", "rule"] as const;

/** What Gmail is likely to have said: the rule, and the reply in its words. */
const simulatedReply = z.object({ rule: z.enum(BOUNCE_RULES), text: z.string() });

/** Added: how a test mail came in, and how Gmail would have answered it. Null for everything that was pasted. */
export const testMailSchema = z.object({
  ip: z.string(),
  tls: z.object({ protocol: z.string(), cipher: z.string() }).nullable(),
  /** False: this server has no certificate, so that nobody could have used TLS. */
  tlsOffered: z.boolean(),
  /** `MAIL FROM:<>`: SPF goes by the greeting (RFC 7208 section 2.4). */
  nullSender: z.boolean(),
  octets: z.number().int(),
  answer: z.object({ outcome: z.enum(ANSWER_OUTCOMES), reason: z.enum(ANSWER_REASONS), reply: simulatedReply.nullable() }),
  /** What a sender of more than 5,000 messages a day would have been told, where it is not that already. */
  bulk: simulatedReply.nullable(),
});
export type TestMail = z.infer<typeof testMailSchema>;

export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  url: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  previous: z.string().nullable(),
  deleteToken: z.string().optional(),
  subject: subjectSchema,
  bounce: bounceSchema.nullable(),
  verdict: z.object({ outcome: z.enum(["refused", "at-risk", "accepted", "unknown"]), cause: z.enum(FINDING_CODES) }),
  scores: z.object({ total: z.number().int(), spf: z.number().int().nullable(), dkim: z.number().int().nullable(), dmarc: z.number().int().nullable() }),
  findings: z.array(findingSchema),
  fixes: z.array(fixSchema),
  spf: z.object({ result: z.enum(SPF_RESULTS).nullable(), record: z.string().nullable(), lookups: z.number().int(), voidLookups: z.number().int(), tree: spfNodeSchema }).nullable(),
  dkim: z.array(
    z.object({
      domain: z.string(),
      selector: z.string(),
      status: z.enum(["valid", "missing", "revoked", "invalid", "weak", "testing", "unknown"]),
      keyType: z.string().nullable(),
      bits: z.number().int().nullable(),
      verified: z.boolean().nullable(),
      /** Added: where the selector came from; a "guessed" one that finds nothing proves nothing. */
      source: z.enum(["paste", "user", "guessed"]).default("paste"),
    }),
  ),
  dmarc: z
    .object({
      domain: z.string(),
      record: z.string().nullable(),
      policy: z.enum(["none", "quarantine", "reject"]).nullable(),
      spfAligned: z.boolean().nullable(),
      dkimAligned: z.boolean().nullable(),
      result: z.enum(["pass", "fail", "none", "unknown"]),
      /** Added: how the domains were held against each other. Null in reports from before. */
      alignment: z
        .object({
          spf: alignmentPairSchema.nullable(),
          dkim: z.array(alignmentPairSchema),
          organizationalDomain: z.string(),
        })
        .nullable()
        .default(null),
    })
    .nullable(),
  transport: z.object({
    mx: z.array(z.object({ host: z.string(), preference: z.number().int(), addresses: z.array(z.string()) })),
    ptr: z.object({ names: z.array(z.string()), confirmed: z.boolean() }).nullable(),
    /** Added: what the name that the sender greeted with leads to. */
    helo: z.object({ name: z.string(), status: z.enum(["ok", "literal", "local", "unresolved", "unanswered"]), matches: z.boolean().nullable() }).nullable().default(null),
    /** Added: TLS for mail that the domain receives, as far as DNS shows it. */
    mtaSts: z.object({ ...policyRecord, host: z.object({ name: z.string(), addresses: z.array(z.string()) }).nullable() }).nullable().default(null),
    tlsRpt: z.object(policyRecord).nullable().default(null),
  }),
  /** Added: null where it could not be looked at. */
  delegation: delegationSchema.nullable().default(null),
  dns: z.object({
    queries: z.number().int(),
    elapsedMs: z.number().int(),
    servers: z.array(z.string()),
    answers: z.array(z.object({ name: z.string(), type: z.string(), status: z.enum(DNS_STATUSES), records: z.array(z.string()), ms: z.number().int() })),
  }),
  requirements: z.array(requirementSchema).default([]),
  messageForm: messageFormSchema.nullable().default(null),
  dmarcPath: dmarcPathSchema.nullable().default(null),
  testMail: testMailSchema.nullable().default(null),
  /** Added: with `previous`, what is different since (finding codes gone, come, and the verdicts). */
  changed: z
    .object({
      outcomeBefore: z.string(),
      causeBefore: z.string(),
      gone: z.array(z.string()),
      come: z.array(z.string()),
      records: z.array(z.object({ name: z.string(), type: z.string(), before: z.array(z.string()), after: z.array(z.string()) })),
    })
    .nullable()
    .default(null),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportBounce = z.infer<typeof bounceSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type Fix = z.infer<typeof fixSchema>;
export type ReportSubject = z.infer<typeof subjectSchema>;

export const STEPS = ["reading", "spf", "dkim", "dmarc", "transport", "judging"] as const;
export type Step = (typeof STEPS)[number];

export const diagnosisRequestSchema = z.object({
  input: z.string(),
  sendingIp: z.string().optional(),
  selectors: z.array(z.string()).max(20).optional(),
  keepAddresses: z.boolean().optional(),
  /** Added to the contract: names the sender's domain when the text holds none, or several. */
  domain: z.string().optional(),
});
export type DiagnosisRequest = z.infer<typeof diagnosisRequestSchema>;

export const apiErrorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    hint: z.string(),
    ask: z.enum(["input", "domain", "ip", "selectors"]).optional(),
    /** Added: where the text has no sender but a code or words of Gmail, the replies that it can be, and the page on each. */
    replies: z.array(z.object({ rule: z.string(), title: z.string(), url: z.string() })).optional(),
  }),
  /** Added: with "not-saved" the diagnosis itself. The server keeps it in memory, and saves it under its id once it can. */
  report: reportSchema.optional(),
});
export type ApiError = z.infer<typeof apiErrorSchema>;

/** The areas that fill in, one after another, while a diagnosis is made. */
export const LIVE_AREAS = ["spf", "dkim", "dmarc", "transport"] as const;
export type LiveArea = (typeof LIVE_AREAS)[number];

export const FACT_CODES = [
  "spf-unanswered", "spf-none", "spf-several", "spf-found", "spf-allows", "spf-allows-not", "spf-unusable", "spf-part-unanswered",
  "dkim-keys", "dkim-none", "dkim-no-selector", "dkim-unanswered",
  "dmarc-policy", "dmarc-no-policy", "dmarc-none", "dmarc-unanswered",
  "mx", "mx-null", "mx-none", "mx-unanswered", "ptr-confirmed", "ptr-unconfirmed", "ptr-missing", "ptr-unanswered",
] as const;
const factSchema = z.object({ code: z.enum(FACT_CODES), params: z.record(z.string(), z.union([z.string(), z.number()])) });
export type AreaFact = z.infer<typeof factSchema>;

export const AREA_STATES = ["critical", "warning", "pass", "unknown"] as const;

export const diagnosisEventSchema = z.discriminatedUnion("event", [
  z.object({ event: z.literal("subject"), subject: subjectSchema, bounce: bounceSchema.nullable() }),
  z.object({ event: z.literal("progress"), step: z.enum(STEPS), done: z.number().int(), of: z.number().int() }),
  /** Added: an area's questions are answered; what was seen, not yet judged. Once an area. */
  z.object({ event: z.literal("area"), area: z.enum(LIVE_AREAS), facts: z.array(factSchema) }),
  /** Added: everything is in and judged; the fixes are still being proven. The same as the report will say. */
  z.object({ event: z.literal("verdict"), verdict: reportSchema.shape.verdict }),
  /** Added: an area as it is judged. `score`: 0 to 100; null where there is none. `state`: the worst thing found. */
  z.object({ event: z.literal("score"), area: z.enum(LIVE_AREAS), score: z.number().nullable(), state: z.enum(AREA_STATES) }),
  z.object({ event: z.literal("report"), report: reportSchema }),
  z.object({ event: z.literal("error"), ...apiErrorSchema.shape }),
]);
export type DiagnosisEvent = z.infer<typeof diagnosisEventSchema>;
