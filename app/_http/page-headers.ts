/** What a browser may do with a page, whoever sends it: Next, or we from what it drew before. */

const ALWAYS = [
  ["X-Content-Type-Options", "nosniff"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Permissions-Policy", "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"],
] as const;

/** 122 random bits. */
export function newNonce(): string {
  return crypto.randomUUID().replaceAll("-", "");
}

/** `path`: without its language. */
export function pageHeaders(policy: string, path: string): readonly (readonly [name: string, value: string])[] {
  // The address of a report is the key to it, and that of a test mail too.
  const isKey = path.startsWith("/r/") || path.startsWith("/test/");
  return [
    ["Content-Security-Policy", policy],
    ...ALWAYS,
    ["Referrer-Policy", isKey ? "no-referrer" : "same-origin"],
    ...(isKey ? ([["X-Robots-Tag", "noindex"]] as const) : []),
  ];
}

export function contentSecurityPolicy(nonce: string): string {
  // In development React rebuilds stack traces by `eval`, and styles are put in by script.
  const developing = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${developing ? " 'unsafe-eval'" : ""}`,
    developing ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
