/** `/robots.txt`. Reports are not listed here: whoever may not fetch them would not see their `noindex` either. */

import type { MetadataRoute } from "next";

export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: "*", allow: "/", disallow: ["/api/", "/submit"] } };
}
