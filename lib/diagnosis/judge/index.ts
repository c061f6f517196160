/** All rules, one file for each area: each takes the assessment and says what it finds. */

import type { Assessment } from "../assessment.ts";
import type { Finding } from "../report.ts";
import { judgeBounce } from "./bounce.ts";
import { judgeDkim } from "./dkim.ts";
import { judgeDmarc } from "./dmarc.ts";
import { judgeDelegation } from "./delegation.ts";
import { judgeHosts } from "./hosts.ts";
import { judgeMessage } from "./message.ts";
import { judgePolicy } from "./policy.ts";
import { judgeSpf } from "./spf.ts";
import { judgeSpfPlaces } from "./spf-places.ts";
import { judgeSpfTraps } from "./spf-traps.ts";
import { judgeTransport } from "./transport.ts";

const RULES: readonly ((assessment: Assessment) => Finding[])[] = [judgeBounce, judgeSpf, judgeSpfPlaces, judgeSpfTraps, judgeDkim, judgeMessage, judgeDmarc, judgeTransport, judgeHosts, judgeDelegation, judgePolicy];

export function judge(assessment: Assessment): Finding[] {
  return RULES.flatMap((rule) => rule(assessment));
}
