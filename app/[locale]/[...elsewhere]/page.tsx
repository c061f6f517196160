/** Every address that no page has. */

import { notFound } from "next/navigation";

export default function Elsewhere(): never {
  notFound();
}
