/** Services that people send newsletters and campaigns with. */

import { provider, type Provider } from "../provider.ts";

export const NEWSLETTER_SERVICES: readonly Provider[] = [
  provider("mailchimp", "Mailchimp", {
    sources: ["https://mailchimp.com/help/set-up-email-domain-authentication/"],
    includes: ["servers.mcsv.net"],
    ptr: ["mcsv.net", "rsgsv.net", "mcdlv.net"],
    selectors: ["k1", "k2", "k3"],
    dkimCname: ["mcsv.net"],
    includeAt: "return-path",
  }),
  provider("brevo", "Brevo", {
    sources: ["https://help.brevo.com/hc/en-us/articles/12163873383186-Authenticate-your-domain-with-Brevo-Brevo-code-DKIM-DMARC"],
    includes: ["spf.brevo.com", "spf.sendinblue.com"],
    ptr: ["sendinblue.com", "sender-sib.com", "mailin.fr", "brevo.com"],
    selectors: ["brevo1", "brevo2", "mail"],
    dkimCname: ["dkim.brevo.com"],
    includeAt: "return-path",
  }),
  provider("mailerlite", "MailerLite", {
    sources: ["https://www.mailerlite.com/help/how-to-verify-and-authenticate-your-domain"],
    includes: ["_spf.mlsend.com"],
    ptr: ["mlsend.com"],
    selectors: ["litesrv", "ml"],
    dkimCname: ["_domainkey.mlsend.com"],
  }),
  // The envelope sender is always the provider's: an include aligns nothing, and it proposes none.
  provider("constant-contact", "Constant Contact", {
    sources: ["https://knowledgebase.constantcontact.com/email-digital-marketing/tutorials/KnowledgeBase/5932-Self-authenticate-your-emails-using-your-own-domain"],
    includeSuffixes: ["spf.constantcontact.com"],
    ptr: ["constantcontact.com", "ccsend.com"],
    selectors: ["ctct1", "ctct2"],
    dkimCname: ["ccsend.com"],
    includeAt: "return-path",
  }),
  provider("campaign-monitor", "Campaign Monitor", {
    sources: ["https://help.campaignmonitor.com/"],
    includes: ["_spf.createsend.com"],
    ptr: ["createsend.com"],
    selectors: ["cm"],
    includeAt: "return-path",
  }),
  provider("activecampaign", "ActiveCampaign", {
    sources: ["https://help.activecampaign.com/hc/en-us"],
    includes: ["emsd1.com"],
    ptr: ["emsd1.com", "acems1.com", "acems2.com"],
    selectors: ["acdkim1", "acdkim2", "dk"],
    dkimCname: ["acems1.com"],
    includeAt: "return-path",
    ownReturnPath: true,
  }),
  provider("klaviyo", "Klaviyo", {
    sources: ["https://help.klaviyo.com/hc/en-us/articles/115000357752"],
    // On the subdomain that it sends from.
    includeSuffixes: ["klaviyodns.com"],
    ptr: ["klaviyomail.com"],
    selectors: ["kl", "kl2"],
    includeAt: "return-path",
    ownReturnPath: true,
  }),
  provider("customer-io", "Customer.io", { sources: ["https://docs.customer.io/"], includes: ["customeriomail.com"], ptr: ["customeriomail.com"], includeAt: "return-path" }),
  // Each customer is given an include of its own.
  provider("hubspot", "HubSpot", {
    sources: ["https://knowledge.hubspot.com/marketing-email/manage-email-authentication-in-hubspot"],
    includeSuffixes: ["hubspotemail.net"],
    ptr: ["hubspotemail.net"],
    dkimCname: ["dkim.hubspotemail.net"],
  }),
  provider("salesforce-marketing-cloud", "Salesforce Marketing Cloud", {
    sources: ["https://help.salesforce.com/"],
    includes: ["cust-spf.exacttarget.com"],
    ptr: ["exacttarget.com"],
    includeAt: "return-path",
  }),
  provider("pardot", "Salesforce Account Engagement (Pardot)", {
    sources: ["https://help.salesforce.com/"],
    includes: ["et._spf.pardot.com", "aspmx.pardot.com"],
    includeSuffixes: ["_spf.pardot.com"],
    ptr: ["pardot.com"],
    selectors: ["200608"],
  }),
  provider("marketo", "Adobe Marketo Engage", {
    sources: ["https://experienceleague.adobe.com/en/docs/marketo/using/home"],
    includes: ["mktomail.com"],
    ptr: ["mktomail.com"],
    selectors: ["m1"],
    includeAt: "return-path",
  }),
  // What its include names is nobody: it is recognised, and not proposed.
  provider("shopify", "Shopify", {
    sources: ["https://help.shopify.com/en/manual/intro-to-shopify/initial-setup/setup-your-email"],
    includeSuffixes: ["shops.shopify.com"],
    ptr: ["shopify.com", "shopifyemail.com"],
    dkimCname: ["email.myshopify.com"],
  }),
  provider("benchmark-email", "Benchmark Email", { sources: ["https://kb.benchmarkemail.com/jp/what-are-spf-records/"], includes: ["bmsend.com"], ptr: ["bmsend.com"] }),
];
