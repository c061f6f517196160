/** Three steps, three pictures. */

import type { ReactNode } from "react";
import type { Translator } from "../../lib/messages/translate.ts";
import { Explained } from "../terms/explained.tsx";
import { AskPicture, ReadPicture, WritePicture } from "./pictures.tsx";

export function HowItWorks({ t }: { t: Translator }) {
  return (
    <section aria-labelledby="how" className="mt-20">
      <h2 id="how" className="text-xl font-semibold tracking-tight">
        {t("form.how.title")}
      </h2>
      <ol className="mt-5 grid gap-8 sm:grid-cols-3 sm:gap-6">
        <Step picture={<ReadPicture />} title={t("form.how.read.title")} text={<Explained t={t} id="form.how.read.text" />} />
        <Step picture={<AskPicture />} title={t("form.how.ask.title")} text={<Explained t={t} id="form.how.ask.text" />} />
        <Step picture={<WritePicture />} title={t("form.how.write.title")} text={<Explained t={t} id="form.how.write.text" />} />
      </ol>
    </section>
  );
}

function Step({ picture, title, text }: { picture: ReactNode; title: string; text: ReactNode }) {
  return (
    <li>
      <div className="flex h-28 items-center justify-center rounded-card bg-sunken">{picture}</div>
      <h3 className="mt-4 font-semibold">{title}</h3>
      <p className="mt-1 text-[0.9375rem] text-soft">{text}</p>
    </li>
  );
}
