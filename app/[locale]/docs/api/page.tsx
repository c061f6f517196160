/** `/docs/api`: the interface for programs, an example for each of its operations. */

import type { Metadata } from "next";
import { API_EXAMPLES, API_STREAM_EXAMPLE } from "../../../../components/docs/api-examples.ts";
import { DocPage, DocSection } from "../../../../components/docs/doc-page.tsx";
import { copyLabels } from "../../../../components/site/copy-labels.ts";
import { CodeBlock } from "../../../../components/ui/code-block.tsx";
import { RichText } from "../../../../components/ui/rich-text.tsx";
import { environment } from "../../../../lib/environment/index.ts";
import { OPERATIONS } from "../../../_http/openapi.ts";
import { requestedSite } from "../../../_page/site.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await requestedSite();
  return { title: t("docs.api.title"), description: t("docs.api.lead") };
}

export default async function Api() {
  const site = await requestedSite();
  const { t } = site;
  const { publicUrl, port } = environment();
  const origin = publicUrl ?? `http://localhost:${port}`;
  const stream = API_STREAM_EXAMPLE(origin);
  return (
    <DocPage site={site} kind={t("docs.api.label")} title={t("docs.api.title")}>
      <p className="mt-3 text-lg text-pretty text-soft">{t("docs.api.lead")}</p>
      <p className="mt-3">
        <RichText t={t} id="docs.api.document" />{" "}
        <a href="/api/openapi.json" className="underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent">
          {t("docs.api.open")}
        </a>
      </p>
      {OPERATIONS.map(({ id, method, path }) => {
        const example = API_EXAMPLES[id](origin);
        return (
          <DocSection key={id} title={t(`docs.api.operation.${id}`)}>
            <p className="font-mono text-[0.9375rem] wrap-anywhere">
              <span className="font-semibold">{method}</span> {path}
            </p>
            <CodeBlock text={example} copy={copyLabels(t, example)} className="mt-2" />
            {id === "diagnose" ? (
              <>
                <p className="mt-4">
                  <RichText t={t} id="docs.api.stream" />
                </p>
                <CodeBlock text={stream} copy={copyLabels(t, stream)} className="mt-2" />
              </>
            ) : null}
          </DocSection>
        );
      })}
      <DocSection title={t("docs.api.errors")}>
        <p>
          <RichText t={t} id="docs.api.errorShape" />
        </p>
      </DocSection>
    </DocPage>
  );
}
