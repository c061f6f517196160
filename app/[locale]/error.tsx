"use client";

/** Something that nobody foresaw went wrong while a page was made. */

import { DeadEnd } from "../../components/site/dead-end.tsx";
import { useErrorWords } from "../../components/site/error-words.tsx";
import { Button, LinkButton } from "../../components/ui/button.tsx";

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  const words = useErrorWords();
  if (words === null) return null;
  return (
    <DeadEnd title={words.title} text={words.text}>
      <Button variant="primary" onClick={reset}>
        {words.again}
      </Button>
      <LinkButton href={words.home}>{words.back}</LinkButton>
    </DeadEnd>
  );
}
