/** Every address that no page has; `proxy.ts` gives it the status 404. */

import NotFound, { generateMetadata } from "../not-found.tsx";

export { generateMetadata };
export default NotFound;
