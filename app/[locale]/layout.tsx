/** Every page: language, landmarks, header and footer. */

import "../globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { ErrorWordsProvider } from "../../components/site/error-words.tsx";
import { Footer } from "../../components/site/footer.tsx";
import { Header } from "../../components/site/header.tsx";
import { pageHref } from "../../components/site/site.ts";
import { requestedOrigin, requestedSite } from "../_page/site.ts";
import { IconSheet } from "../../components/ui/icon-sheet.tsx";
import { BUILD } from "../../lib/environment/build.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { t, locale, path } = await requestedSite();
  const name = t("site.name");
  return {
    metadataBase: await requestedOrigin(),
    title: { template: `%s – ${name}`, default: `${t("site.title")} – ${name}` },
    description: t("site.description"),
    applicationName: name,
    formatDetection: { telephone: false, address: false, email: false },
    openGraph: { siteName: name, type: "website", locale: locale === "ja" ? "ja_JP" : "en_GB", title: t("site.title"), description: t("site.description") },
    alternates: path.startsWith("/r/") ? {} : { languages: { en: pageHref({ prefix: "/en" }, path), ja: pageHref({ prefix: "/ja" }, path), "x-default": path } },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#151d1f" },
  ],
};

export default async function Layout({ children }: { children: ReactNode }) {
  const site = await requestedSite();
  const { t, locale } = site;
  const words = { title: t("site.error.title"), text: t("site.error.text"), again: t("site.error.again"), back: t("site.back"), home: pageHref(site, "/") };
  return (
    <html lang={locale}>
      <body className="flex min-h-dvh flex-col bg-page font-sans text-base leading-relaxed text-ink antialiased">
        <IconSheet />
        <a href="#content" className="sr-only rounded-lg bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10">
          {t("site.skip")}
        </a>
        <Header site={site} />
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl grow px-4 outline-none sm:px-6">
          <ErrorWordsProvider words={words}>{children}</ErrorWordsProvider>
        </main>
        <Footer site={site} build={BUILD} />
      </body>
    </html>
  );
}
