/** Gmail's own report to its users, as its page shows it and as it is sent. */

import { written } from "./written.ts";

export const gmailBounce = written(
  "gmail-bounce",
  /The response (?:from the remote server )?was:|Your message wasn't delivered to|Delivery to the following recipients? failed permanently|has been blocked\. See technical details|リモート ?サーバーからの応答|(?:^|\n)(?:応答|レスポンス)(?:は次のとおりです)?:|アドレス(?:不明|が見つかりません)|メール(?:は|が)ブロックされました|メッセージ(?:は|が)ブロックされました|の技術的な詳細をご覧ください|Die Antwort (?:des Remote-Servers )?lautete:|La réponse (?:du serveur distant )?(?:était|a été) :|La respuesta (?:del servidor remoto )?fue:/i,
);
