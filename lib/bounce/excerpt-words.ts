/** Words that may stand in an excerpt of anybody's paste: those of protocols, logs and header fields. None of them tells of a person. */

export const PLAIN_WORDS: ReadonlySet<string> = new Set(
  `
  a an and at be been by could did does end error errors explanation failed following for from has have in is it message messages not of on or original reason reply report returned said server the there this to via was were with you your
  host domain domains address addresses recipient recipients sender envelope header headers code codes status result results command commands response rejected refused blocked delivery delivered undelivered undeliverable deferred delayed bounced bounce expired sent permanent temporary failure remote local transport diagnostic information administrators generating technical details
  smtp esmtp esmtps esmtpa lmtp starttls tls dns rfc822 utf-8 data rcpt mail ehlo helo lhlo auth noop rset quit size 8bitmime pipelining
  x-postfix x-postfix-queue-id x-postfix-sender reporting-mta remote-mta received-from-mta arrival-date last-attempt-date final-recipient original-recipient diagnostic-code action will-retry-until original-envelope-id
  return-path received date message-id dkim-signature authentication-results arc-authentication-results received-spf reply-to delivered-to x-failed-recipients content-type
  message/delivery-status message/rfc822 text/plain multipart/report report-type delivery-status
  spf dkim dmarc arc pass fail softfail neutral none permerror temperror bestguesspass header.from header.i header.d header.s header.b smtp.mailfrom smtp.helo envelope-from client-ip policy designates permitted nor denied
  v d s i b bh c h q t x l p r dis sp rsa rsa-sha256 ed25519-sha256 relaxed simple relaxed/relaxed relaxed/simple simple/simple
  postfix qmgr cleanup smtpd pickup bounce queue relay delay delays dsn conn_use nrcpt orig_to ctladdr mailer pri stat xdelay proto removed active status queued
  exim remote_smtp dnslookup retry timeout u f r h m dn cv completed
  qmail starting ended msg new info msg delivery failure success uid
  google gmail gsmtp gcdp smtp-in
  bouncetype bouncesubtype bouncedrecipients diagnosticcode emailaddress notificationtype source sourceip sourcearn timestamp feedbackid reportingmta event reason email ip type smtp-id sg_event_id sg_message_id severity recipient-domain delivery-status mx-host bounceclass bounce_class raw_reason raw_rcpt_to rcpt_to friendly_from msg_from sending_ip mailserver hardbounce description messageid subject_domain hard_bounce soft_bounce
  lt gt amp quot nbsp br div p pre td tr span n u003c u003e 3d 20
  `.split(/\s+/).filter((word) => word !== ""),
);
