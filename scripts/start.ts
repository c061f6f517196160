/** `npm start`: the built app on PORT. */

import { serve } from "./serve.ts";
import { settingsOrExit } from "./settings.ts";

await serve(settingsOrExit().port);
