/** The settings for taking test mails. Without a mail domain there are none, and nothing listens. */

import { z } from "zod";
import { parseDomain, parseIp } from "../address/index.ts";

export interface MailSettings {
  /** Test mails go to `check-{token}` at this domain; its MX leads here. */
  readonly domain: string;
  /** Where SMTP is listened for. */
  readonly port: number;
  /** For STARTTLS; null: not offered. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** Addresses of balancers that name the client by the PROXY protocol: from them it is demanded, from others refused. */
  readonly trustProxy: readonly string[];
}

const file = z.string().trim().optional();

export const mailVariables = {
  REBOUND_MAIL_DOMAIN: z
    .string()
    .trim()
    .optional()
    .superRefine((text, context) => {
      if (text !== undefined && !parseDomain(text).ok) context.addIssue({ code: "custom", message: "a domain such as check.rebound.example" });
    }),
  REBOUND_SMTP_PORT: z
    .string()
    .trim()
    .default("2525")
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535, "a whole number from 1 to 65535")
    .transform(Number),
  REBOUND_SMTP_CERT: file,
  REBOUND_SMTP_KEY: file,
  REBOUND_SMTP_TRUST_PROXY: z
    .string()
    .default("")
    .refine((text) => addresses(text).every((address) => parseIp(address) !== null), "a comma list of IP addresses")
    .transform((text) => addresses(text).flatMap((address) => parseIp(address) ?? [])),
};

type MailVariables = z.output<z.ZodObject<typeof mailVariables>>;

function addresses(text: string): readonly string[] {
  return text.split(",").map((entry) => entry.trim()).filter((entry) => entry !== "");
}

/** One line; null where the settings fit together. */
export function faultOfMail({ REBOUND_SMTP_CERT: cert, REBOUND_SMTP_KEY: key }: MailVariables): string | null {
  if (cert !== undefined && key === undefined) return "REBOUND_SMTP_KEY is missing; REBOUND_SMTP_CERT needs it.";
  return key !== undefined && cert === undefined ? "REBOUND_SMTP_CERT is missing; REBOUND_SMTP_KEY needs it." : null;
}

export function mailSettings({ REBOUND_MAIL_DOMAIN, REBOUND_SMTP_PORT, REBOUND_SMTP_CERT: certFile, REBOUND_SMTP_KEY: keyFile, REBOUND_SMTP_TRUST_PROXY }: MailVariables): MailSettings | null {
  const domain = REBOUND_MAIL_DOMAIN === undefined ? null : parseDomain(REBOUND_MAIL_DOMAIN);
  if (domain?.ok !== true) return null;
  return { domain: domain.domain, port: REBOUND_SMTP_PORT, tls: certFile === undefined || keyFile === undefined ? null : { certFile, keyFile }, trustProxy: REBOUND_SMTP_TRUST_PROXY };
}
