/** `npm run dev`: the app as it is edited, on PORT. */

import { becomeNext } from "./serve.ts";
import { settingsOrExit } from "./settings.ts";

await becomeNext("dev", "development", settingsOrExit().port);
