/** The picture beside a link to a report, in the language of the link. */

import { isLocale } from "../../../../lib/messages/translate.ts";
import { findReport } from "../../../_http/stored-report.ts";
import { PICTURE_SIZE, reportPicture } from "../../../_page/report-picture.tsx";

export const size = PICTURE_SIZE;
export const contentType = "image/png";

export default async function Image({ params }: { params: Promise<{ locale: string; id: string }> }) {
  const { locale, id } = await params;
  const found = await findReport(id);
  if (!found.ok) return new Response(null, { status: found.error.code === "not-found" ? 404 : 503 });
  return reportPicture(found.report, isLocale(locale) ? locale : "en");
}
