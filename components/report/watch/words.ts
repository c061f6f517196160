/** Every word that a watch shows in the browser, put there by the server: the catalogues stay where they are. */

import type { Report } from "../../../lib/diagnosis/report.ts";
import type { Translator } from "../../../lib/messages/translate.ts";

const COUNTED = { seen: "{seen}", all: "{all}" } as const;

export function watchWords(t: Translator, { domain, sendingIp }: Report["subject"]) {
  const remembered = (what: "old" | "absent") => ({
    seconds: t(`report.watch.left.${what}`, { time: t("report.watch.time.seconds") }),
    minutes: t(`report.watch.left.${what}`, { time: t("report.watch.time.minutes", { count: "{count}" }) }),
    hours: t(`report.watch.left.${what}`, { time: t("report.watch.time.hours", { count: "{count}" }) }),
  });
  return {
    start: t("report.watch.start"),
    again: t("report.watch.again"),
    stop: t("report.watch.stop"),
    notify: t("report.watch.notify"),
    notified: t("report.watch.notified"),
    notifyRefused: t("report.watch.notifyRefused"),
    starting: t("report.watch.starting"),
    progress: t("report.watch.progress", COUNTED),
    checking: t("report.watch.checking"),
    next: t("report.watch.next", { seconds: "{seconds}" }),
    lost: t("report.watch.lost"),
    servers: t("report.watch.servers"),
    open: t("report.watch.open"),
    kind: { own: t("report.watch.kind.own"), public: t("report.watch.kind.public"), ours: t("report.watch.kind.ours") },
    state: {
      seen: t("report.watch.state.seen"),
      works: t("report.watch.state.works"),
      other: t("report.watch.state.other"),
      several: t("report.watch.state.several"),
      old: t("report.watch.state.old"),
      absent: t("report.watch.state.absent"),
      silent: t("report.watch.state.silent"),
      unasked: t("report.watch.state.unasked"),
      waiting: t("report.watch.state.waiting"),
    },
    left: { old: remembered("old"), absent: remembered("absent") },
    result: {
      accepted: sendingIp === null ? t("report.watch.result.acceptedDomain", { domain }) : t("report.watch.result.accepted", { ip: sendingIp }),
      "at-risk": t("report.watch.result.at-risk"),
      refused: t("report.watch.result.refused"),
      unknown: t("report.watch.result.unknown"),
    },
    outcome: { accepted: t("word.outcome.accepted"), "at-risk": t("word.outcome.at-risk"), refused: t("word.outcome.refused"), unknown: t("word.outcome.unknown") },
    stopped: { nobody: t("report.watch.stopped.nobody"), time: t("report.watch.stopped.time"), questions: t("report.watch.stopped.questions"), failed: t("report.watch.stopped.failed") },
    title: { watching: t("report.watch.title.watching", COUNTED), live: t("report.watch.title.live"), stillWrong: t("report.watch.title.stillWrong"), stopped: t("report.watch.title.stopped") },
  };
}

export type WatchWords = ReturnType<typeof watchWords>;
